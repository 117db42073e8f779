import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase, refuseUnfit, type Database } from '../../cli/database.ts'
import { Failure } from '../../cli/failure.ts'
import { freshDatabase } from '../support/postgres.ts'
import { ask, openFolder, removeFolders } from './homes.ts'

const database = await freshDatabase()
afterAll(() => database.drop())

const open = (url: string, log?: string): Promise<unknown> =>
  openDatabase({
    environment: { DATABASE_URL: url },
    command: 'test',
    log,
    create: false,
    whenRunning: 'refuse',
    say: () => undefined,
  })
const failureOf = async (work: () => unknown): Promise<Failure> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('nothing failed')
}

describe('a server named by DATABASE_URL', () => {
  it('is used as it is; no other one is started', async () => {
    expect(await open(database.url)).toMatchObject({ url: database.url, embedded: false })
  })

  it('may be unreachable: the sentence names it without its password', async () => {
    const failure = await failureOf(() => open('postgres://someone:secret@127.0.0.1:1/books'))
    expect(failure.code).toBe('DATABASE_UNREACHABLE')
    expect(failure.sentence.en).toContain('127.0.0.1:1/books')
    expect(`${failure.sentence.en}${failure.sentence.fr}`).not.toContain('secret')
  })

  it('may refuse the password', async () => {
    const url = new URL(database.url)
    url.password = 'wrong'
    const failure = await failureOf(() => open(url.href))
    expect(failure.sentence.fr).toContain('password authentication failed')
  })

  it('must be PostgreSQL 15 or later', async () => {
    const failure = await failureOf(() => refuseUnfit({ version: 140_012, encoding: 'UTF8' }))
    expect(failure).toMatchObject({ code: 'DATABASE_TOO_OLD', facts: { found: 14, expected: 15 } })
    expect(() => refuseUnfit({ version: 150_000, encoding: 'UTF8' })).not.toThrow()
  })

  it('must hold its text in UTF-8', async () => {
    const name = `ascii_${Date.now()}`
    await ask(
      database.url,
      `create database ${name} template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'`,
    )
    const url = new URL(database.url)
    url.pathname = `/${name}`
    expect(await failureOf(() => open(url.href))).toMatchObject({
      code: 'DATABASE_ENCODING',
      facts: { encoding: 'SQL_ASCII' },
    })
    await ask(database.url, `drop database ${name}`)
  })

  it('holds one log, so that --log has no place', async () => {
    expect((await failureOf(() => open(database.url, 'other'))).code).toBe('LOG_NOT_CHOSEN_HERE')
  })
})

it('refuses a name of a log that no database could bear, before anything is started', async () => {
  const request = {
    environment: {},
    command: 'test',
    create: true,
    whenRunning: 'refuse',
    say: () => undefined,
  } as const
  const failure = await failureOf(() => openDatabase({ ...request, log: 'Été; drop' }))
  expect(failure).toMatchObject({ code: 'LOG_NAME_INVALID', exitCode: 2 })
})

describe('a log of the embedded server', () => {
  const folder = openFolder()
  afterAll(() => removeFolders(folder))
  const request = {
    environment: { GRANDLIVRE_HOME: folder },
    command: 'test',
    whenRunning: 'refuse',
  } as const
  const openLog = (log: string, create: boolean): Promise<Database> =>
    openDatabase({ ...request, log, create, say: () => undefined })

  it('is made only where a log is opened; a name mistyped is told with the names there are', async () => {
    expect((await failureOf(() => openLog('never', false))).facts).toStrictEqual({ log: 'never', found: '' })
    await (await openLog('books', true)).stop()
    const mistyped = await failureOf(() => openLog('boks', false))
    expect(mistyped).toMatchObject({
      code: 'LOG_UNKNOWN',
      exitCode: 3,
      facts: { log: 'boks', found: 'books' },
    })
    expect(mistyped.sentence.en).toContain('books')
    const opened = await openLog('books', false)
    try {
      expect(
        await ask(
          opened.url,
          `select string_agg(datname, ',') as answer from pg_database where datname like 'grandlivre%'`,
        ),
      ).toBe('grandlivre_books')
    } finally {
      await opened.stop()
    }
  })
})
