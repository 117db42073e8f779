import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { verifyPassword } from '../../api/sign-in/password.ts'
import { readCompany } from '../../cli/company-file.ts'
import { openProgram } from '../../cli/composition.ts'
import type { Program, ProgramOptions } from '../../cli/composition.ts'
import { demonstrate } from '../../cli/demonstration.ts'
import { Failure, exitCodes } from '../../cli/failure.ts'
import { main } from '../../cli/main.ts'
import { openBooks } from '../../cli/production.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { KeyClaimed } from '../../domain/organisation/claim.events.ts'
import { user } from '../../domain/organisation/user.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'

/** `grandlivre init --production`, and what start fills by itself. */

const file = {
  code: 'LARGE',
  name: 'Grand Large',
  legalForm: 'SAS',
  siren: '912660347',
  vatNumber: 'FR77912660347',
  address: { line1: '18 quai de la Fosse', postcode: '44000', city: 'Nantes', country: 'FR' },
  fiscalYears: [{ year: '2026', startsOn: '2026-01-01', endsOn: '2026-12-31' }],
}
const company = (change: object = {}) => readCompany('company.json', JSON.stringify({ ...file, ...change }))
const administrator = { login: 'anne@exemple.fr', name: 'Anne Martin', password: 'une clé assez longue' }

const failureOf = async (work: () => unknown): Promise<Failure> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('the file of the company', () => {
  it('is read with what is usual for what it does not say', () => {
    expect(company()).toMatchObject({ code: 'LARGE', currency: 'EUR', series: { series: 'F' } })
  })

  it.each([
    ['no JSON', '{"code":', '', 'Attendu : du JSON.'],
    ['a list', '[]', '', 'Attendu : un objet.'],
    [
      'a SIREN of eight digits',
      JSON.stringify({ ...file, siren: '91266034' }),
      'siren',
      'un SIREN : neuf chiffres',
    ],
    [
      'a year that ends on no day',
      JSON.stringify({
        ...file,
        fiscalYears: [{ year: '2026', startsOn: '2026-01-01', endsOn: '2026-02-30' }],
      }),
      'fiscalYears.0.endsOn',
      'un jour réel AAAA-MM-JJ',
    ],
    [
      'a field that nobody knows',
      JSON.stringify({ ...file, colour: 'red' }),
      'colour',
      'pas de champ de ce nom',
    ],
  ])('that holds %s is refused by the field, in both languages', async (_, json, field, french) => {
    const failure = await failureOf(() => readCompany('company.json', json))
    expect(failure).toMatchObject({
      code: 'COMPANY_FILE_INVALID',
      exitCode: exitCodes.usage,
      facts: { field },
    })
    expect(failure.sentence.fr).toContain(french)
    expect(failure.sentence.en).not.toMatch(/attendu|Champ/i)
    for (const sentence of Object.values(failure.sentence)) expect(sentence).toContain('company.json')
  })
})

const captured = (): { readonly stream: NodeJS.WriteStream; readonly text: () => string } => {
  const stream = new PassThrough()
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => Buffer.concat(parts).toString() }
}

describe('grandlivre init', () => {
  const init = async (...args: readonly string[]) => {
    const [stdout, stderr] = [captured(), captured()]
    const world = { environment: {}, stdout: stdout.stream, stderr: stderr.stream }
    const who = ['--admin-login', 'a@exemple.fr', '--admin-name', 'Anne']
    return { code: await main(['init', ...args, ...who], world), err: stderr.text() }
  }

  it('opens nothing unless it is told that figures will count', async () => {
    const { code, err } = await init('--company', 'company.json')
    expect(code).toBe(exitCodes.usage)
    expect(err).toContain('--production')
  })

  it('says which file cannot be read, before it starts anything', async () => {
    const { code, err } = await init('--production', '--company', '/nowhere/company.json')
    expect(code).toBe(exitCodes.usage)
    expect(err).toContain('/nowhere/company.json')
    expect(err).toContain('ENOENT')
  })
})

/** Events that a log begins with several of. */
const REPEATED: ReadonlySet<string> = new Set([
  'organisation.KeyClaimed',
  'organisation.UserPasswordSet',
  'ledger.AccountOpened',
  'ledger.JournalOpened',
])

describe('on a database', () => {
  let database: FreshDatabase
  let home: string
  const open: Program[] = []

  const opened = async (create?: ProgramOptions['create']): Promise<Program> => {
    const program = await openProgram({
      databaseUrl: database.url,
      masterKeyFile: join(home, `${new URL(database.url).pathname.slice(1)}.key`),
      ...(create && { create }),
      roles: [],
      sandboxTime: 'machine',
      onFault: () => undefined,
    })
    open.push(program)
    return program
  }
  const typesOf = async ({ log }: Program): Promise<readonly string[]> => {
    const types: string[] = []
    for await (const { events } of log.store.readAll()) types.push(...events.map(event => event.type))
    return types
  }

  const signsIn = async ({ writeSide, vault }: Program, userId: string): Promise<void> => {
    const { state } = await writeSide.streams.read(user, userId)
    const kept = await vault.credentials.ofUser(userId)
    expect(state).toMatchObject({ status: 'active', credentialId: kept?.credentialId })
    expect(await verifyPassword(administrator.password, kept?.passwordHash)).toBe(true)
  }

  /** What the reaction does to claims that nobody completed, once they are two minutes old. */
  const endClaims = async ({ log, writeSide }: Program): Promise<void> => {
    const claims: { kind: string; digest: string }[] = []
    for await (const { events } of log.store.readAll())
      for (const { stream, type } of events)
        if (type === KeyClaimed.type) {
          const [kind = '', digest = ''] = stream.replace(/^uniqueKey-/, '').split('.')
          claims.push({ kind, digest })
        }
    for (const input of claims)
      await writeSide.handler.handle({
        name: 'organisation.endUnfinishedClaim',
        input,
        key: randomUUID(),
        actor: { userId: SYSTEM_ACTORS.reactions, grants: [] },
        origin: 'job',
      })
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'grandlivre-init-'))
    await chmod(home, 0o700)
    database = await freshDatabase()
  })
  afterEach(async () => {
    for (const program of open.splice(0)) await program.close()
    await database.drop()
    database = await freshDatabase()
  })
  afterAll(async () => {
    await database.drop()
    await rm(home, { recursive: true })
  })

  it('a production log begins with its entity, its books and its administrator', async () => {
    const program = await opened({ kind: 'production', name: 'main' })
    const { entityId, userId } = await openBooks(program, company(), administrator)
    const types = await typesOf(program)
    expect(types[0]).toBe('organisation.LogOpened')
    expect(types).toEqual(
      expect.arrayContaining([
        'organisation.LegalEntityRegistered',
        'organisation.FiscalYearOpened',
        'organisation.NumberSeriesOpened',
        'ledger.ChartAdopted',
        'ledger.JournalOpened',
        'organisation.UserRegistered',
        'organisation.UserPasswordSet',
      ]),
    )
    expect((await program.log.load(`legalEntity-${entityId}`)).events.length).toBeGreaterThan(0)
    expect((await program.log.load(`user-${userId}`)).events.length).toBeGreaterThan(1)
  })

  it('a second run records nothing, and under another password says that the login is taken', async () => {
    const program = await opened({ kind: 'production', name: 'main' })
    const first = await openBooks(program, company(), administrator)
    const before = await typesOf(program)
    expect(await openBooks(program, company(), administrator)).toStrictEqual(first)
    const other = { ...administrator, password: 'une tout autre clé' }
    const failure = await failureOf(() => openBooks(program, company(), other))
    expect(failure).toMatchObject({ code: 'KEY_TAKEN', exitCode: exitCodes.refused })
    expect(await typesOf(program)).toEqual(before)
    await signsIn(program, first.userId)
  })

  it('PROTOCOL 13, 16: cut short behind any of its events, or before the password is kept, a run goes on when repeated', async () => {
    await opened({ kind: 'production', name: 'main' })
    const types: string[] = []
    // Each run is ended by the first thing that it records, and none of them is told that it was recorded.
    while (!types.includes('organisation.UserPasswordSet')) {
      const program = await opened()
      const append = program.log.append.bind(program.log)
      vi.spyOn(program.log, 'append').mockImplementation(async request => {
        types.push(...request.events.map(({ type }) => type))
        await append(request)
        throw new Error('killed')
      })
      await expect(openBooks(program, company(), administrator)).rejects.toThrow('killed')
    }
    const lost = await opened()
    vi.spyOn(lost.vault.credentials, 'put').mockRejectedValue(new Error('killed'))
    await expect(openBooks(lost, company(), administrator)).rejects.toThrow('killed')

    const program = await opened()
    const { userId } = await openBooks(program, company(), administrator)
    await signsIn(program, userId)
    const once = (await typesOf(program)).filter(type => !REPEATED.has(type))
    expect(once).toStrictEqual([...new Set(once)])
    expect(new Set(await typesOf(program))).toStrictEqual(new Set(['organisation.LogOpened', ...types]))
  })

  it('PROTOCOL 16: an entity and a login that were left lying, and ended for it, are begun again', async () => {
    const program = await opened({ kind: 'production', name: 'main' })
    const append = program.log.append.bind(program.log)
    for (const owner of ['legalEntity-', 'user-']) {
      const cut = vi
        .spyOn(program.log, 'append')
        .mockImplementation(request =>
          request.stream.startsWith(owner) ? Promise.reject(new Error('killed')) : append(request),
        )
      await expect(openBooks(program, company(), administrator)).rejects.toThrow('killed')
      cut.mockRestore()
      await endClaims(program)
    }
    const { userId } = await openBooks(program, company(), administrator)
    await signsIn(program, userId)
  })

  it('a SIREN that its key figure refutes is refused; the corrected file is accepted', async () => {
    const program = await opened({ kind: 'production', name: 'main' })
    const wrong = { siren: '912660348', vatNumber: 'FR80912660348' }
    const failure = await failureOf(() => openBooks(program, company(wrong), administrator))
    expect(failure.exitCode).not.toBe(exitCodes.ok)
    expect(`${failure.code} ${failure.sentence.en}`).toMatch(/siren/i)
    await openBooks(program, company(), administrator)
    expect(
      (await typesOf(program)).filter(type => type === 'organisation.LegalEntityRegistered'),
    ).toHaveLength(1)
  })

  it('a sandbox stays a sandbox: no books of a production log are opened in it', async () => {
    const program = await opened({ kind: 'sandbox', name: 'essai' })
    const before = await typesOf(program)
    const failure = await failureOf(() => openBooks(program, company(), administrator))
    expect(failure).toMatchObject({ code: 'LOG_IS_SANDBOX', exitCode: exitCodes.refused })
    expect(await typesOf(program)).toEqual(before)
  })

  it('the demonstration leaves alone what is no demonstration', async () => {
    const program = await opened({ kind: 'production', name: 'main' })
    const before = await typesOf(program)
    const progress = (): never => {
      throw new Error('nothing is played')
    }
    expect(await demonstrate({ progress }, program)).toBe(false)
    expect(await typesOf(program)).toEqual(before)
  })
})
