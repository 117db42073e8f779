import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProgram } from '../../cli/composition.ts'
import type { Program } from '../../cli/composition.ts'
import { exitCodes } from '../../cli/failure.ts'
import { main } from '../../cli/main.ts'
import { openStore } from '../../cli/open-store.ts'
import { settle } from '../../cli/commands/log/settling.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { LogReopened } from '../../domain/organisation/log.events.ts'
import type { Sentence } from '../../event-store/errors.ts'
import { APPEND_DEADLINE_MS, CLOCKS_APART_MS_MAX } from '../../event-store/eventstoredb/deadline.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import { projections } from '../../projections/all.ts'
import { trialBalance } from '../../projections/ledger/trial-balance.queries.ts'
import { REGISTER, businessOn, draftedInvoice, entityId, openBusiness } from '../commands/support/business.ts'
import type { Business } from '../commands/support/business.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { wholeLog } from '../support/test-events.ts'
import { until } from '../support/wait.ts'

/** A business whose log is moved while it works: PostgreSQL → EventStoreDB → PostgreSQL, and on to another database. */

const OPENED_AT = '2026-01-02T03:04:05.678Z'
let server: EventStoreDbServer
let database: FreshDatabase
let other: FreshDatabase
let home: string
const programs: Program[] = []

beforeAll(async () => {
  server = await startEventStoreDb()
  database = await freshDatabase()
  other = await freshDatabase()
  home = await mkdtemp(join(tmpdir(), 'grandlivre-move-'))
  await mkdir(join(home, 'vault'), { mode: 0o700 })
})
afterAll(async () => {
  for (const program of programs) await program.close()
  await server.stop()
  await Promise.all([database.drop(), other.drop()])
  await rm(home, { recursive: true })
})

const open = async (eventStoreUrl?: string, create = false): Promise<Program> => {
  const program = await openProgram({
    databaseUrl: database.url,
    eventStoreUrl,
    masterKeyFile: join(home, 'vault', 'main.key'),
    ...(create && { create: { kind: 'sandbox', name: 'essai', at: OPENED_AT } as const }),
    roles: ['projections', 'reactions'],
    sandboxTime: 'still',
    gatherMs: 8,
    onFault: () => undefined,
  })
  programs.push(program)
  return program
}

const capture = () => {
  const stream = new PassThrough()
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => Buffer.concat(parts).toString() }
}

const run = (...args: readonly string[]) => runWith({}, ...args)
const runWith = async (more: NodeJS.ProcessEnv, ...args: readonly string[]) => {
  const [stdout, stderr] = [capture(), capture()]
  const environment = { DATABASE_URL: database.url, GRANDLIVRE_HOME: home, LANG: 'en', ...more }
  const code = await main(args, { environment, stdout: stdout.stream, stderr: stderr.stream })
  return { code, out: stdout.text(), err: stderr.text() }
}
const copy = async (from: string, to: string, ...more: readonly string[]) => {
  const { code, out, err } = await run('log', 'copy', '--from', from, '--to', to, '--json', ...more)
  expect({ code, err: err.replace(/^Waiting for .*\n/gm, '') }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as { outcome: string; events: number; copied: number }
}
const verifySound = async (eventStoreUrl?: string): Promise<void> => {
  const at = eventStoreUrl === undefined ? [] : ['--eventstore', eventStoreUrl]
  const { code, out } = await run('replay', 'verify', ...at)
  expect(out.trimEnd().split('\n').at(-1), out).toBe('Sound.')
  expect(code).toBe(exitCodes.ok)
}

const caughtUp = async (program: Program): Promise<void> => {
  const head = await program.log.store.head()
  const reached = await program.watch.waitFor({ projections, position: head!.position }, 30_000)
  expect(reached).toEqual({ reached: true })
}
const balanceOf = async (program: Program) => {
  await caughtUp(program)
  return (await trialBalance(program.readModels, { entityId, from: '2026-01', to: '2026-12' })).lines
}
const issue = async (business: Business, invoiceId: string, key: string = randomUUID()) => {
  const outcome = await business.done('invoicing.issueInvoice', { invoiceId }, key)
  return outcome.issued!.number
}
const businessOf = ({ log, writeSide }: Program): Business => businessOn(log, writeSide)
const contentOf = (events: readonly StoredEvent[]) => events.map(({ position: _, ...event }) => event)

/** What roles do by themselves after a start is done by then. */
const atRest = async ({ writeSide, log, readModels }: Program): Promise<void> => {
  await until('registrars and reactions have read the log', async () => {
    const head = await log.store.head()
    const { rows } = await readModels.query<{ role: string; read: string }>(
      'select role, read_position as read from engine.watermark',
    )
    const roles = writeSide.registrars().length + writeSide.reactions().length
    return roles > 0 && rows.length === roles && rows.every(({ read }) => read >= head!.position)
  })
}

describe('PROTOCOL 12, 15: a business whose log is moved', () => {
  const numbers: string[] = []
  const first = { key: randomUUID(), invoiceId: '', outcome: undefined as Outcome | undefined }

  /** Goes on where it was opened: nothing is done again, the next number is the next, the first command is done. */
  const goesOn = async (program: Program): Promise<void> => {
    expect(program.writeSide.held()).toBeUndefined()
    const business = businessOf(program)
    await atRest(program)
    expect((await program.log.store.head())?.type).toBe(LogReopened.type)
    expect(program.writeSide.reactions().map(({ state }) => state)).not.toContain('stopped')
    expect(
      await business.send('invoicing.issueInvoice', { invoiceId: first.invoiceId }, first.key),
    ).toMatchObject({
      kind: 'done',
      issued: { number: numbers[0] },
    })
    numbers.push(await issue(business, await draftedInvoice(business)))
    const { events } = await program.log.load(REGISTER)
    expect(events.map(event => (event.data as { number: string }).number)).toEqual(numbers)
    expect(new Set(numbers).size).toBe(numbers.length)
    const { rowCount } = await program.readModels.query('select from commands.task')
    expect(rowCount).toBe(0)
  }

  it('works on PostgreSQL first', async () => {
    const program = await open(undefined, true)
    const business = businessOf(program)
    await openBusiness(business)
    first.invoiceId = await draftedInvoice(business)
    numbers.push(await issue(business, first.invoiceId, first.key))
    numbers.push(await issue(business, await draftedInvoice(business)))
  })

  it('is copied ahead while it works', async () => {
    expect(await copy(database.url, server.connectionString, '--ahead')).toMatchObject({ outcome: 'ahead' })
    await expect(open(server.connectionString)).rejects.toMatchObject({ code: 'LOG_COPY_UNFINISHED' })
    const business = businessOf(programs[0]!)
    numbers.push(await issue(business, await draftedInvoice(business)))
  })

  it('goes to EventStoreDB; its program hears of it, records nothing more and makes room', async () => {
    const [program] = programs.splice(0) as [Program]
    const balance = await balanceOf(program)
    const business = businessOf(program)
    const invoiceId = await draftedInvoice(business)
    const ended = program.moved.then(async target => {
      expect(target).toBe(`esdb://127.0.0.1:${server.port}`)
      const refused = await business.send('invoicing.issueInvoice', { invoiceId })
      expect(refused).toMatchObject({
        kind: 'unavailable',
        sentence: { en: expect.stringContaining('shut here') as string },
      })
      await program.close()
    })
    expect(await copy(database.url, server.connectionString)).toMatchObject({ outcome: 'moved' })
    await ended
    await expect(open()).rejects.toMatchObject({ code: 'LOG_MOVED' })
    const moved = await open(server.connectionString)
    expect(await balanceOf(moved)).toEqual(balance)
    await goesOn(moved)
    numbers.push(await issue(businessOf(moved), invoiceId))
    await caughtUp(moved)
    await verifySound(server.connectionString)
  })

  it('is sound where it was, with a word on where it goes on; the command that opens it there is told as it works', async () => {
    const target = `esdb://127.0.0.1:${server.port}`
    const { code, out } = await run('replay', 'verify', '--log-only')
    expect(out.trimEnd().split('\n').at(-1)).toContain(`this log was moved to ${target} and goes on there`)
    expect(code).toBe(exitCodes.ok)
    const json = await run('replay', 'verify', '--log-only', '--json')
    expect(JSON.parse(json.out)).toMatchObject({ sound: true, movedTo: target })
    const LOG_TO_FILE = join(home, 'journal')
    await writeFile(LOG_TO_FILE, server.connectionString, { mode: 0o600 })
    const ways: readonly (readonly [NodeJS.ProcessEnv, readonly string[], string])[] = [
      [{}, ['--to', server.connectionString], `start --eventstore '${server.connectionString}'`],
      [{ LOG_TO: server.connectionString }, [], 'EVENTSTORE_URL="$LOG_TO" npx grandlivre start'],
      [{ LOG_TO_FILE }, [], `EVENTSTORE_URL_FILE=${LOG_TO_FILE} npx grandlivre start`],
    ]
    for (const [variables, to, told] of ways) {
      const copied = await runWith(variables, 'log', 'copy', '--from', database.url, ...to)
      expect(copied.out, copied.err).toContain(told)
    }
  })

  it('comes back to PostgreSQL, where it was', async () => {
    const [program] = programs.splice(0) as [Program]
    const balance = await balanceOf(program)
    await program.close()
    const before = contentOf(await logAt(server.connectionString))
    expect(await copy(server.connectionString, database.url, '--settle', '0')).toMatchObject({
      outcome: 'moved',
    })
    await expect(open(server.connectionString)).rejects.toMatchObject({ code: 'LOG_MOVED' })
    const back = await open()
    const now = contentOf(await wholeLog(back.log.store))
    expect(now.slice(0, before.length)).toEqual(before)
    expect(await balanceOf(back)).toEqual(balance)
    await goesOn(back)
    await caughtUp(back)
    await verifySound()
  })

  it('goes on to another database, beside which vault and read models stay', async () => {
    const [program] = programs.splice(0) as [Program]
    await caughtUp(program)
    await program.close()
    expect(await copy(database.url, other.url, '--explanation', 'a disk of its own')).toMatchObject({
      outcome: 'moved',
    })
    expect(await copy(database.url, other.url)).toMatchObject({ outcome: 'alreadyMoved', copied: 0 })
    const moved = await open(other.url)
    await goesOn(moved)
    await caughtUp(moved)
    await verifySound(other.url)
  })
})

const logAt = async (eventStoreUrl: string): Promise<readonly StoredEvent[]> => {
  const { store } = await openStore({ databaseUrl: database.url, eventStoreUrl })
  try {
    return await wholeLog(store)
  } finally {
    await store.close()
  }
}

const NOWHERE = 'postgres://someone:secret@127.0.0.1:1/books'

describe('grandlivre log', () => {
  it('settles for longer than an append can be on its way, and says so', async () => {
    const { out } = await run('log', 'copy', '--help')
    expect(Number(/no program works any more\s+\((\d+)\)/.exec(out.replaceAll(/\s+/g, ' '))?.[1])).toBe(
      (APPEND_DEADLINE_MS + CLOCKS_APART_MS_MAX) / 1_000,
    )
    const said: string[] = []
    const shown: number[] = []
    const progress = {
      to: (done: number) => shown.push(done),
      advance: () => undefined,
      end: () => undefined,
    }
    const context = { say: ({ en }: Sentence) => said.push(en), progress: () => progress }
    await settle(context, 0.01, new AbortController().signal)
    expect(said).toEqual([expect.stringMatching(/^Waiting for 0\.01 s/)])
    expect(shown).toEqual([0.01])
    await settle(context, 0, new AbortController().signal)
    expect(said).toHaveLength(1)
  })

  it('says of a target that is lost what stays, and how to go on, in words of its own', async () => {
    const lost = await startEventStoreDb()
    lost.fillDisk()
    const { code, err } = await run(
      'log',
      'copy',
      '--from',
      other.url,
      '--to',
      lost.connectionString,
      '--ahead',
    )
    await lost.stop()
    expect(err).toContain('What was copied stays: the same command goes on from here.')
    expect(err).toContain('does not answer any more; see that it runs')
    expect(err).not.toMatch(/unexpected|UNAVAILABLE|ECONN/)
    expect(code).toBe(exitCodes.failure)
  })

  it.each([
    ['a place that is none', ['--from', 'http://x', '--to', NOWHERE], 'PLACE_INVALID'],
    ['a name, beside DATABASE_URL', ['--from', 'main', '--to', NOWHERE], 'PLACE_INVALID'],
    ['one place twice', ['--from', NOWHERE, '--to', NOWHERE], 'SAME_PLACE'],
    ['no place at all', ['--from', NOWHERE], 'PLACE_MISSING'],
    ['a password that ends the address', ['--from', 'postgres://x:a?secret@host/b'], 'PLACE_INVALID'],
    ['a password without its host', ['--from', 'postgres://x:secret'], 'PLACE_INVALID'],
    ['a password without its scheme', ['--from', 'x:secret@host/books'], 'PLACE_INVALID'],
  ])('%s is a misuse, told without its password', async (_, args, code) => {
    const { code: exit, err } = await run('log', 'copy', ...args, '--json')
    expect(exit).toBe(exitCodes.usage)
    expect(JSON.parse(err)).toMatchObject({ error: { code } })
    expect(err).not.toContain('secret')
  })

  it('takes its places from variables or files, where no list of processes shows them', async () => {
    const file = join(home, 'target')
    await writeFile(file, `${NOWHERE}\n`, { mode: 0o600 })
    const { err } = await runWith({ LOG_FROM: NOWHERE, LOG_TO_FILE: file }, 'log', 'copy', '--json')
    expect(JSON.parse(err)).toMatchObject({
      error: { code: 'SAME_PLACE', facts: { place: 'postgres://127.0.0.1:1/books' } },
    })
    const reopened = await runWith({ LOG_AT_FILE: file }, 'log', 'reopen', '--json')
    expect(JSON.parse(reopened.err)).toMatchObject({ error: { code: 'PLACE_UNREACHABLE' } })
    for (const said of [err, reopened.err]) expect(said).not.toContain('secret')
  })

  it('says which place cannot be reached, without its password', async () => {
    const { code, err } = await run('log', 'copy', '--from', NOWHERE, '--to', other.url)
    expect(code).toBe(exitCodes.failure)
    expect(err).toContain('postgres://127.0.0.1:1/books cannot be used')
    expect(err).not.toContain('secret')
  })

  it('moves nothing where there is no log', async () => {
    const foreign = await freshDatabase()
    const { code, err } = await run('log', 'copy', '--from', foreign.url, '--to', other.url, '--json')
    expect(code).toBe(exitCodes.refused)
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'LOG_EMPTY' } })
    await foreign.drop()
  })

  it('has nothing to open again where the log is open', async () => {
    const { code, out } = await run('log', 'reopen', '--at', other.url)
    expect(code).toBe(exitCodes.ok)
    expect(out).toContain('was open already')
  })
})
