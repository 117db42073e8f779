import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventStore, Position } from '../../../event-store/port.ts'
import { openPostgresStore } from '../../../event-store/postgres/postgres-store.ts'
import type { Projection } from '../../../projections/definition.ts'
import { replayInMemory } from '../../../projections/engine/in-memory.ts'
import { putCheckpoint } from '../../../projections/engine/checkpoints.ts'
import { connect } from '../../../projections/engine/connections.ts'
import { ProgramRegister } from '../../../projections/engine/programs.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import type { RebuildOptions } from '../../../projections/engine/rebuild.ts'
import { ProjectionRunner } from '../../../projections/engine/runner.ts'
import { swap } from '../../../projections/engine/swap.ts'
import { ProjectionWatch } from '../../../projections/engine/watch.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'
import { wholeLog } from '../../support/test-events.ts'
import { POISON, append, bank, bankCodec, closed, moved, noted, opened, tally } from '../support/bank.ts'
import type { BankEvent } from '../support/bank.ts'
import { query, stateOf, storedState, wholeRecordedLog } from '../support/read-model.ts'

let database: FreshDatabase
let store: EventStore
let watch: ProjectionWatch
const runners: ProjectionRunner[] = []

beforeEach(async () => {
  database = await freshDatabase()
  store = await openPostgresStore({ connectionString: database.url })
  watch = await ProjectionWatch.open(database.url)
})
afterEach(async () => {
  await Promise.all(runners.splice(0).map(r => r.close()))
  await watch.close()
  await store.close()
  await database.drop()
})

const options = (more: Partial<RebuildOptions> = {}): RebuildOptions => ({
  databaseUrl: database.url,
  store,
  codec: bankCodec,
  projections: [bank, tally],
  ...more,
})
const run = (projections: readonly Projection[] = [bank, tally]): ProjectionRunner => {
  const runner = new ProjectionRunner({ ...options(), projections, takeOverMs: 20 })
  runners.push(runner)
  runner.start()
  return runner
}
const reach = (ordinal: number, projections: readonly Projection[] = [bank, tally]) =>
  watch.waitFor({ projections, ordinal }, 20_000)

const replayed = async (projection: Projection) => {
  const events = await wholeRecordedLog(store, bankCodec)
  return stateOf(projection, (await replayInMemory(projection, [events])).rows)
}
const schemas = async (): Promise<readonly string[]> =>
  (
    await query<{ name: string }>(
      database.url,
      `select nspname as name from pg_namespace where nspname ~ '^(bank|tally)_' order by 1`,
    )
  ).map(r => r.name)

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const anyEvent = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...names).map(n => opened(n)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 20 }))
      .map(([n, o]) => opened(n, o.replaceAll('\0', ''))),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...names), fc.constantFrom(...names), fc.bigInt(1n, 9n))
      .map(([from, to, amount]) => moved(from, to, amount)),
  },
  { weight: 2, arbitrary: fc.constantFrom(...names).map(closed) },
  { weight: 1, arbitrary: fc.constant(noted('x')) },
)

describe('a rebuild', () => {
  it('law: gives the rows and the history of live running, for any history and however little memory it has', async () => {
    run()
    await reach(0)
    let total = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyEvent, { minLength: 1, maxLength: 30 }), { maxLength: 4 }),
        async parts => {
          for (const part of parts) {
            await append(store, part)
            total += part.length
            await reach(total)
          }
          const report = await rebuild(options({ rowsMax: 2, batchSize: 3 }))
          expect(report.events).toBe(total)
          expect(report.projections.map(p => p.differences)).toEqual([[], []])
          expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
        },
      ),
      { numRuns: 12 },
    )
  })

  it('mends rows that are not the fold of the log, and says how many there were', async () => {
    run()
    await append(store, [opened('a'), opened('b'), moved('a', 'b', 4n)])
    await reach(3)
    await query(database.url, `update bank_v1.account set balance = 7 where account = 'a'`)
    const report = await rebuild(options())
    expect(report.projections.map(p => p.differences)).toEqual([[{ table: 'account', rows: 2 }], []])
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
    await append(store, [moved('a', 'b', 1n)])
    await reach(4)
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
  })

  it('readers are served all the while, and see the old rows or the new ones', async () => {
    run()
    await append(store, many(2_000))
    await reach(2_000)
    let reading = true
    const seen = new Set<string>()
    const reader = (async () => {
      while (reading) {
        const [row] = await query<{ sum: string }>(
          database.url,
          `select sum(balance)::text as sum from bank_v1.account`,
        )
        seen.add(row?.sum ?? 'none')
      }
    })()
    const writer = (async () => {
      for (let i = 0; i < 20; i++) await append(store, [moved('a', 'b', 1n)])
    })()
    await rebuild(options())
    await rebuild(options())
    await writer
    reading = false
    await reader
    // Money only moves between accounts: a mixture of two builds or a half-filled table would show another sum.
    expect([...seen]).toEqual(['0'])
    await reach(2_020)
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
  })

  for (const phase of ['filling', 'filled', 'swapping'])
    it(`killed while ${phase} leaves the live rows as they were, and the next one succeeds`, async () => {
      run()
      await append(store, many(2_000))
      await reach(2_000)
      const before = await storedState(database.url, bank)
      const program = join(import.meta.dirname, '../support/killed-rebuild.ts')
      const child = spawn(process.execPath, [program, database.url, phase], { stdio: 'inherit' })
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
      expect(signal).toBe('SIGKILL')
      expect(await storedState(database.url, bank)).toEqual(before)
      await append(store, [moved('b', 'a', 2n)])
      expect(await reach(2_001)).toEqual({ reached: true })
      const report = await untilFree(() => rebuild(options()))
      expect(report.projections.map(p => p.differences)).toEqual([[], []])
      expect(await schemas()).toEqual(['bank_v1', 'tally_v1'])
    })

  it('cancelled, leaves nothing behind', async () => {
    run()
    await append(store, many(1_000))
    await reach(1_000)
    const cancel = new AbortController()
    const onProgress = () => {
      cancel.abort(new Error('enough'))
    }
    await expect(rebuild(options({ batchSize: 50, signal: cancel.signal, onProgress }))).rejects.toThrow(
      'enough',
    )
    expect(await schemas()).toEqual(['bank_v1', 'tally_v1'])
    expect(await query(database.url, `select 1 from engine.checkpoint where build = 'scratch'`)).toEqual([])
    await append(store, [opened('z')])
    expect(await reach(1_001)).toEqual({ reached: true })
  })

  it('a first build stops before the event it cannot apply, and serves what lies before', async () => {
    await append(store, [opened('a'), opened('b'), moved('a', 'b', 1n), moved('a', 'b', POISON), opened('c')])
    run()
    expect(await reach(5)).toEqual({ reached: false, behind: ['bank_v1'], stopped: ['bank_v1'] })
    expect((await storedState(database.url, bank)).account).toHaveLength(2)
    expect((await watch.current()).get('bank_v1')).toMatchObject({ ordinal: 3, failure: { ordinal: 4 } })
  })
})

describe('versions', () => {
  const next: Projection = { ...bank, version: 2 }

  it('PROTOCOL 33: a new version is built beside the old one, and swapped in only when it is not behind', async () => {
    run()
    await append(store, [opened('a'), opened('b'), moved('a', 'b', 4n)])
    await reach(3)
    await rebuild(options({ projections: [next] }))
    expect(await schemas()).toEqual(['bank_v1', 'bank_v2', 'tally_v1'])
    const ordinals = await query<{ ordinal: string }>(
      database.url,
      `select ordinal from engine.checkpoint where projection = 'bank' order by version`,
    )
    expect(ordinals).toEqual([{ ordinal: '3' }, { ordinal: '3' }])
  })

  it('PROTOCOL 33: a build that is behind any live version of its projection is not swapped in', async () => {
    run()
    await append(store, [opened('a'), opened('b'), moved('a', 'b', 4n)])
    await reach(3)
    const client = await connect(database.url, 'test')
    const events = await wholeLog(store)
    const put = (ordinal: number) =>
      putCheckpoint(client, 'scratch', {
        projection: 'bank',
        version: 2,
        position: events[ordinal - 1]?.position,
        eventId: events[ordinal - 1]?.id,
        ordinal,
        stage: undefined,
        state: 'running',
        failure: undefined,
      })
    const swapIt = () =>
      swap(client, [next], {
        store,
        scratchSchema: () => 'bank_v2_scratch',
        makeViews: undefined,
        last: true,
      })
    try {
      await client.query('create schema bank_v2_scratch')
      await put(2)
      expect(await swapIt()).toBeUndefined()
      expect(await schemas()).toEqual(['bank_v1', 'bank_v2_scratch', 'tally_v1'])
      await put(3)
      expect(await swapIt()).toMatchObject([{ swapped: true }])
      expect(await schemas()).toEqual(['bank_v1', 'bank_v2', 'tally_v1'])
    } finally {
      await client.end()
    }
  })

  it('PROTOCOL 33: a build that never comes level with what is ahead of it ends by name, and leaves all as it was', async () => {
    run()
    await append(store, [opened('a'), opened('b'), moved('a', 'b', 4n)])
    await reach(3)
    const before = await storedState(database.url, bank)
    const [, second] = await wholeLog(store)
    const shortened = Object.create(store, {
      readAll: { value: readUpTo(store, second!.position) },
    }) as EventStore
    await expect(rebuild(options({ store: shortened }))).rejects.toMatchObject({
      name: 'RebuildOvertaken',
      sentence: {
        en: expect.stringContaining('bank, tally') as string,
        fr: expect.stringContaining('bank, tally') as string,
      },
    })
    expect(await storedState(database.url, bank)).toEqual(before)
    expect(await schemas()).toEqual(['bank_v1', 'tally_v1'])
  })

  it('a version goes when no program that runs declares it', async () => {
    await append(store, [opened('a')])
    await rebuild(options({ projections: [bank, next] }))
    const old = await ProgramRegister.open(database.url, [bank])
    const young = await ProgramRegister.open(database.url, [next])
    expect(await young.dropUnclaimed()).toEqual([])
    await old.close()
    expect(await young.dropUnclaimed()).toEqual(['bank_v1'])
    expect(await schemas()).toEqual(['bank_v2'])
    await young.close()
  })
})

/** The log as whoever reads no further than to a place sees it. */
const readUpTo = (whole: EventStore, end: Position): EventStore['readAll'] =>
  async function* (asked) {
    for await (const batch of whole.readAll(asked)) {
      const events = batch.events.filter(({ position }) => position <= end)
      if (events.length > 0) yield { events, position: end, caughtUp: true }
    }
  }

const many = (count: number): readonly BankEvent[] => [
  ...names.map(n => opened(n)),
  ...Array.from({ length: count - names.length }, (_, i) =>
    moved(names[i % 6] as string, names[(i + 1 + (i % 3)) % 6] as string, BigInt((i % 50) + 1)),
  ),
]

/** The locks of a killed program go when the server notices. */
const untilFree = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'RebuildRunning') throw error
    }
  }
}
