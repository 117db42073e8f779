import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { demonstrationUsers } from '../../../integrations/demonstration/company.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'
import { SENT, TYPED } from './bad-values.ts'
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

type AnyRow = Readonly<Record<string, unknown>>
type Values = Readonly<Record<string, unknown>>
type Line = Values

/** Of the declarations, what is asked of them here. They are written for a browser, and loaded as they stand. */
interface Shape {
  readonly kind: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly search?: (typed: string, signal: AbortSignal) => Promise<readonly AnyRow[]>
  readonly idOf?: (row: AnyRow) => string
}
interface Field {
  readonly name: string
  readonly as: Shape
  readonly fixed?: true
}
interface Beginning {
  readonly entity: AnyRow | undefined
  readonly today: string
  readonly userId: string
}
interface AnyForm {
  readonly command: string
  readonly fields: readonly Field[]
  readonly lines?: { readonly name: string; readonly columns: readonly Field[]; readonly empty?: () => Line }
  readonly begin: (beginning: Beginning, subject: AnyRow | undefined) => Values | Promise<Values>
  readonly input: (values: Values, subject: AnyRow | undefined) => object | undefined
}
interface AnyDocument {
  readonly path: string
  readonly actions: readonly { readonly form: AnyForm; readonly when: (row: AnyRow) => boolean }[]
}
type Screen =
  | { readonly kind: 'form'; readonly load: () => Promise<{ readonly default: AnyForm }> }
  | { readonly kind: 'document'; readonly load: () => Promise<{ readonly default: AnyDocument }> }
  | { readonly kind: 'list' | 'page' }

const fromScreens = async <T>(path: string): Promise<T> =>
  (await import(new URL(`../../../screens/${path}`, import.meta.url).href)) as T

interface Declared {
  readonly form: AnyForm
  readonly document?: AnyDocument
  readonly when?: (row: AnyRow) => boolean
}

const declaredForms = async (): Promise<readonly Declared[]> => {
  const { contexts } = await fromScreens<{
    readonly contexts: readonly { readonly screens: readonly Screen[] }[]
  }>('contexts.ts')
  const declared: Declared[] = []
  for (const screen of contexts.flatMap(({ screens }) => screens)) {
    if (screen.kind === 'form') declared.push({ form: (await screen.load()).default })
    if (screen.kind !== 'document') continue
    const document = (await screen.load()).default
    for (const { form, when } of document.actions) declared.push({ form, document, when })
  }
  return declared
}

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

/** What no text alone would be taken for. */
const PLAUSIBLE: Readonly<Record<string, string>> = {
  siren: '732829320',
  vatNumber: 'FR44732829320',
  country: 'FR',
  account: '6132',
  revenueAccount: '707',
}

const plausible = async ({ as: { kind, options, search, idOf }, name }: Field): Promise<unknown> => {
  if (search && idOf) {
    const [row] = await search('', new AbortController().signal)
    return row && idOf(row)
  }
  if (options) return Object.keys(options)[0]
  const known = PLAUSIBLE[name.slice(name.lastIndexOf('.') + 1)]
  if (known !== undefined) return known
  switch (kind) {
    case 'count':
      return 30
    case 'amount':
      return 100_00
    case 'quantity':
      return 1_0000
    case 'price':
      return 10_000000
    case 'rate':
      return 0
    case 'day':
      return new Date().toISOString().slice(0, 10)
    default:
      return `E${randomUUID().slice(0, 8)}`
  }
}

/** A form that could be sent: what it begins with, and something plausible where it begins with nothing. */
const filled = async (form: AnyForm, beginning: Beginning, subject: AnyRow | undefined): Promise<Values> => {
  const values: Record<string, unknown> = { ...(await form.begin(beginning, subject)) }
  for (const field of form.fields)
    if (values[field.name] === undefined || values[field.name] === '')
      values[field.name] = await plausible(field)
  if (!form.lines) return values
  const { name, columns, empty } = form.lines
  const lines = (values[name] ?? (empty ? [empty()] : [])) as readonly Line[]
  values[name] = await Promise.all(
    lines.map(async line => {
      const whole: Record<string, unknown> = { ...line }
      for (const column of columns)
        if (whole[column.name] === undefined) whole[column.name] = await plausible(column)
      return whole
    }),
  )
  return values
}

interface Place {
  readonly name: string
  readonly as: Shape
  readonly put: (values: Values, value: unknown) => Values
}

const placesOf = (form: AnyForm): readonly Place[] => {
  const fields = form.fields.map(({ name, as }) => ({
    name,
    as,
    put: (values: Values, value: unknown) => ({ ...values, [name]: value }),
  }))
  const { lines } = form
  const cells = (lines?.columns ?? [])
    .filter(({ fixed }) => fixed !== true)
    .map(({ name, as }) => ({
      name: `${lines?.name ?? ''}.${name}`,
      as,
      put: (values: Values, value: unknown) => {
        const [first, ...others] = (values[lines?.name ?? ''] ?? []) as readonly Line[]
        return { ...values, [lines?.name ?? '']: [{ ...first, [name]: value }, ...others] }
      },
    }))
  return [...fields, ...cells]
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'choice', 'reference'])

/** What stands in the form behind something typed: undefined where the field itself says that it is nothing. */
const typedAs = async (as: Shape, typed: string): Promise<unknown> => {
  const { parseAs } = await fromScreens<{
    readonly parseAs: (kind: string, typed: string) => string | number | undefined
  }>('shapes/parsed-input.tsx')
  return TEXTS.has(as.kind) ? typed : parseAs(as.kind, typed)
}

const describeValue = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'undefined'

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
      const value = await typedAs(as, typed)
      const values = put(await filled(form, beginning, subject), value)
      const input = value === undefined ? undefined : form.input(values, subject)
      if (input === undefined) continue
      const { status, errors, detail } = await send(form.command, input, isPreview)
      const where = `${form.command} ${name} = ${describeValue(value)}: ${status} ${errors.join()}`
      if (!ANSWERS.has(status)) faults.push(where)
      else if (status >= 400 && detail === '') faults.push(`${where} says nothing`)
      else if (status === 400 && (errors.length === 0 || !errors.every(mayName))) faults.push(where)
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
