import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { demonstrationUsers } from '../../../integrations/demonstration/company.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'
import { SENT, TYPED } from './bad-values.ts'
import { declaredForms, filled, isLeftOut, placesOf, typedAs } from './declared-forms.ts'
import type { AnyRow, Declared } from './declared-forms.ts'
import { openDemonstration } from './demonstration.ts'
import type { Demonstration } from './demonstration.ts'

/**
 * Everything wrong that can be typed or sent, into every form that is declared and every command there is: each answer
 * is one of the form itself, or names the field, and none is an error of the server.
 */

/** What an answer may be: done, or a refusal that the form shows. Never a 5xx, never a form that stays dumb. */
const ANSWERS: ReadonlySet<number> = new Set([200, 202, 400, 403, 404, 409, 412, 422])

let database: FreshDatabase
let demonstration: Demonstration
let cookies: ReadonlyMap<string, string>
/** Who the forms are filled in by: what their declarations read is read as this user. */
let present = ''
const realFetch = globalThis.fetch

const asking = (address: string, init: RequestInit, cookie: string): Promise<Response> =>
  realFetch(`${demonstration.address}${address}`, {
    ...init,
    headers: { cookie, 'x-requested-with': 'test', ...(init.headers as Record<string, string>) },
  })

const signIn = async (login: string, password: string): Promise<string> => {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ login, password })
  const response = await asking('/api/session', { method: 'POST', headers, body }, '')
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

interface Answer {
  readonly status: number
  readonly errors: readonly string[]
  readonly detail: string
}

const send = async (command: string, input: unknown, dryRun: boolean): Promise<Answer> => {
  const response = await asking(
    `/api/commands/${command}?dryRun=${dryRun}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(input),
    },
    present,
  )
  const body = (await response.json()) as {
    readonly detail?: string
    readonly errors?: readonly { readonly field: string }[]
  }
  return {
    status: response.status,
    errors: (body.errors ?? []).map(({ field }) => field),
    detail: body.detail ?? '',
  }
}

/** What may be done with a drafted entry wants one: those of the demonstration are all validated. */
const draftAnEntry = async (): Promise<void> => {
  present = cookies.get('accountant') ?? ''
  const entities = await asking('/api/organisation/legal-entities', {}, present)
  const { items } = (await entities.json()) as { readonly items: readonly { readonly entityId: string }[] }
  const day = new Date().toISOString().slice(0, 10)
  const side = (account: string, which: 'debit' | 'credit') => ({
    account,
    label: 'Papeterie',
    side: which,
    amount: 100_00,
  })
  const { status, detail } = await send(
    'ledger.draftManualEntry',
    {
      entryId: randomUUID(),
      entityId: items[0]?.entityId,
      journal: 'OD',
      accountingDate: day,
      documentDate: day,
      documentReference: 'OD-ESSAI',
      label: 'Papeterie',
      lines: [side('6064', 'debit'), side('512', 'credit')],
    },
    false,
  )
  expect(status, detail).toBe(200)
}

beforeAll(async () => {
  database = await freshDatabase()
  demonstration = await openDemonstration(database.url)
  const opened: [string, string][] = []
  for (const { login, password, role } of demonstrationUsers)
    opened.push([role, await signIn(login, password)])
  cookies = new Map(opened)
  await draftAnEntry()
  // What the declarations ask of a browser, and no more.
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  vi.stubGlobal('document', { documentElement: {} })
  vi.stubGlobal('fetch', (address: string, init: RequestInit = {}) =>
    address.startsWith('/') ? asking(address, init, present) : realFetch(address, init),
  )
}, 600_000)
afterAll(async () => {
  vi.unstubAllGlobals()
  await demonstration?.close()
  await database?.drop()
})

interface Me {
  readonly userId: string
  readonly commands: readonly string[]
}
const read = async <T>(address: string): Promise<T> =>
  (await (await asking(address, {}, present)).json()) as T

/** Becomes somebody who may send the command. */
const become = async (command: string): Promise<Me> => {
  for (const cookie of cookies.values()) {
    present = cookie
    const me = await read<Me>('/api/me')
    if (me.commands.includes(command)) return me
  }
  throw new Error(`nobody of the demonstration may send ${command}`)
}

/** The first document that the form is offered on; undefined where the demonstration has none such. */
const subjectOf = async ({ document, when }: Declared): Promise<AnyRow | undefined> => {
  if (!document) return undefined
  const list = document.path.replace('/{id}', '')
  const { items } = await read<{ readonly items: readonly AnyRow[] }>(`${list}?limit=500`)
  return items.find(row => when?.(row) === true)
}

const describeValue = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'undefined'

/** What is wrong with an answer; undefined where nothing is. */
const faultOf = (
  { status, errors, detail }: Answer,
  mayName: (field: string) => boolean,
): string | undefined => {
  const said = `${status} ${errors.join()}`
  if (!ANSWERS.has(status)) return said
  if (status >= 400 && detail === '') return `${said} says nothing`
  return status === 400 && (errors.length === 0 || !errors.every(mayName)) ? said : undefined
}

/** Faults of one form: an answer that none may be, or a refused field that no field of the form shows. */
const faultsOf = async (declared: Declared): Promise<readonly string[]> => {
  const { form } = declared
  const places = placesOf(form)
  if (places.length === 0) return []
  const { userId } = await become(form.command)
  const subject = await subjectOf(declared)
  if (declared.document && !subject) return [`${form.command}: no document of the demonstration has it`]
  const [entity] = (await read<{ readonly items: readonly AnyRow[] }>('/api/organisation/legal-entities'))
    .items
  const beginning = { entity, today: new Date().toISOString().slice(0, 10), userId }
  const faults: string[] = []
  const isPreview = declared.document !== undefined
  const before = form.input(await filled(form, beginning, subject), subject)
  // What is refused of the form as it was filled in here is refused beside every other value, too.
  const refusedAnyway = before ? (await send(form.command, before, true)).errors : []
  for (const { name, as, put } of places) {
    const mayName = (field: string): boolean =>
      field.split('.')[0] === name.split('.')[0] || refusedAnyway.includes(field)
    for (const typed of TYPED) {
      const value = typedAs(as, typed)
      const values = put(await filled(form, beginning, subject), value)
      const said = `${form.command} ${name} = ${describeValue(typed)}`
      if (isLeftOut({ form, put, as }, values, { typed, subject }))
        faults.push(`${said} is left out without a word`)
      const input = form.input(values, subject)
      if (input === undefined || value === undefined) continue
      const answer = await send(form.command, input, isPreview)
      const fault = faultOf(answer, mayName)
      if (fault !== undefined) faults.push(`${said}: ${fault}`)
    }
  }
  return faults
}

describe('every form', () => {
  it('answers whatever is typed into its fields with words beside them', async () => {
    const forms = await declaredForms()
    expect(forms.length).toBeGreaterThan(10)
    const faults: string[] = []
    for (const form of forms) faults.push(...(await faultsOf(form)))
    expect(faults).toEqual([])
  })
})

interface Schema {
  readonly example?: unknown
}
interface Described {
  readonly paths: Readonly<
    Record<
      string,
      { readonly post?: { readonly requestBody?: { readonly content: Record<string, Schema> } } }
    >
  >
}

type Put = (value: unknown) => unknown

/** Every place of an example, with what puts another value there. */
const leavesOf = (example: unknown, put: Put = value => value, path = ''): readonly [string, Put][] => {
  if (example === null || typeof example !== 'object') return [[path, put]]
  const entries = Object.entries(example)
  return [
    [path, put],
    ...entries.flatMap(([key, inner]) =>
      leavesOf(
        inner,
        value => {
          const copy = structuredClone(example) as Record<string, unknown>
          copy[key] = value
          return put(copy)
        },
        path === '' ? key : `${path}.${key}`,
      ),
    ),
  ]
}

describe('every command', () => {
  it('refuses by name what is sent in any of its fields, never by an error of the server', async () => {
    present = cookies.get('administrator') ?? ''
    const { paths } = await read<Described>('/api/openapi.json')
    const faults: string[] = []
    for (const [path, { post }] of Object.entries(paths)) {
      const example = post?.requestBody?.content['application/json']?.example
      if (!path.startsWith('/api/commands/') || example === undefined) continue
      const command = path.slice('/api/commands/'.length)
      await become(command)
      for (const [place, put] of leavesOf(example))
        for (const value of [...SENT, TYPED[2], TYPED[9], TYPED[15], TYPED[16]]) {
          const { status, errors } = await send(command, put(value), true)
          const named = status !== 400 || errors.length > 0
          if (!ANSWERS.has(status) || !named)
            faults.push(`${command} ${place} = ${describeValue(value)}: ${status}`)
        }
    }
    expect(faults).toEqual([])
  })
})
