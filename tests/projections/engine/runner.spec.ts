import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventStore } from '../../../event-store/port.ts'
import { openPostgresStore } from '../../../event-store/postgres/postgres-store.ts'
import type { Projection } from '../../../projections/definition.ts'
import { replayInMemory } from '../../../projections/engine/in-memory.ts'
import { ProjectionRunner } from '../../../projections/engine/runner.ts'
import { ProjectionWatch } from '../../../projections/engine/watch.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'
import { until } from '../../support/wait.ts'
import { POISON, append, bank, bankCodec, closed, moved, noted, opened, tally } from '../support/bank.ts'
import { query, stateOf, storedState, wholeRecordedLog } from '../support/read-model.ts'

let database: FreshDatabase
let store: EventStore
let watch: ProjectionWatch
const runners: ProjectionRunner[] = []
const errors: unknown[] = []

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

const run = (projections: readonly Projection[] = [bank, tally]): ProjectionRunner => {
  const runner = new ProjectionRunner({
    databaseUrl: database.url,
    store,
    codec: bankCodec,
    projections,
    takeOverMs: 20,
    onError: error => errors.push(error),
  })
  runners.push(runner)
  runner.start()
  return runner
}

const reach = (ordinal: number, projections: readonly Projection[] = [bank, tally]) => {
  return watch.waitFor({ projections, ordinal }, 20_000)
}

const replayed = async (projection: Projection, upTo?: number) => {
  const events = (await wholeRecordedLog(store, bankCodec)).slice(0, upTo)
  return stateOf(projection, (await replayInMemory(projection, [events])).rows)
}

describe('projections run live', () => {
  it('follow the log: rows are the fold of it, also for what was there before they started', async () => {
    await append(store, [opened('a'), opened('b', 'tab\there "and" \\N'), moved('a', 'b', 5n)])
    run()
    await until('the first build', async () => (await reach(3)).reached)
    await append(store, [moved('b', 'a', 2n), opened('c'), closed('c')])
    expect(await reach(6)).toEqual({ reached: true })
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
    expect(await storedState(database.url, tally)).toEqual(await replayed(tally))
  })

  it('move every checkpoint, also where nothing was touched', async () => {
    run()
    await append(store, [noted('nothing for the bank')])
    expect(await reach(1)).toEqual({ reached: true })
  })

  it('keep history: what stood behind any ordinal is what a replay cut there gives', async () => {
    run()
    const events = [
      opened('a'),
      opened('b'),
      moved('a', 'b', 5n),
      closed('a'),
      moved('b', 'a', 5n),
      closed('a'),
    ]
    for (const event of events) await append(store, [event])
    await reach(events.length)
    for (let at = 0; at <= events.length; at++) {
      const { account } = await storedState(database.url, bank, { at })
      expect(account, `at ${at}`).toEqual((await replayed(bank, at)).account)
    }
  })

  it('stop alone at an event they cannot apply, say which, and never skip it', async () => {
    run()
    await append(store, [opened('a'), opened('b')])
    await reach(2)
    await append(store, [moved('a', 'b', 1n), moved('a', 'b', POISON), moved('a', 'b', 2n)])
    expect(await reach(5)).toEqual({ reached: false, behind: ['bank_v1'], stopped: ['bank_v1'] })
    expect(await reach(5, [tally])).toEqual({ reached: true })
    expect(await reach(3, [bank])).toEqual({ reached: true })
    const progress = (await watch.current()).get('bank_v1')
    expect(progress).toMatchObject({
      ordinal: 3,
      failure: { ordinal: 4, type: 'bank.MoneyMoved', stream: 'bank-main' },
    })
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank, 3))
    await append(store, [opened('c')])
    await reach(6, [tally])
    expect((await watch.current()).get('bank_v1')?.ordinal).toBe(3)
  })

  it('tell listeners which rows changed', async () => {
    run()
    await append(store, [opened('a')])
    await reach(1)
    const changes: unknown[] = []
    watch.onChange(change => changes.push(change.projections['bank_v1']))
    await append(store, [opened('z')])
    await until('the change', () => changes.length > 0)
    expect(changes).toEqual([{ account: ['z'] }])
  })
})

describe('PROTOCOL 15: checkpoints', () => {
  it('PROTOCOL 15: a checkpoint whose event the log does not hold is not believed: rebuilt from nothing, with a notice', async () => {
    const first = run()
    await append(store, [opened('a'), opened('b')])
    await reach(2)
    await first.close()
    await query(
      database.url,
      `update engine.checkpoint set event_id = gen_random_uuid() where projection = 'bank'`,
    )
    await query(database.url, `update bank_v1.account set balance = 99`)
    run()
    await until(
      'the rebuild',
      async () => (await storedState(database.url, bank)).account?.[0]?.['balance'] === 0n,
    )
    expect(await reach(2)).toEqual({ reached: true })
    expect(await query(database.url, `select projection, code from engine.notice`)).toEqual([
      { projection: 'bank', code: 'CHECKPOINT_NOT_IN_LOG' },
    ])
    expect(errors.splice(0)).toMatchObject([
      { name: 'LogEndangered', sentence: { en: expect.stringMatching(/built anew: bank\.$/) as string } },
    ])
  })

  it('PROTOCOL 15: a runner whose checkpoint was moved by another writes nothing and goes on from there', async () => {
    run([tally])
    await until('the first build', async () => (await reach(0, [tally])).reached)
    // Applied live, so that its row is in memory.
    await append(store, [opened('a')])
    await reach(1, [tally])
    // Another program was faster: it applied what it saw, and moved the checkpoint.
    await query(
      database.url,
      `update engine.checkpoint set generation = generation + 1 where projection = 'tally'`,
    )
    await query(database.url, `update tally_v1.tally set events = 40`)
    await append(store, [opened('b')])
    await reach(2, [tally])
    expect(await query(database.url, `select events from tally_v1.tally`)).toEqual([{ events: 41 }])
  })

  it('PROTOCOL 33: of two engines one runs a projection; the other takes over when it goes', async () => {
    const first = run()
    await append(store, [opened('a')])
    await reach(1)
    run()
    await append(store, [opened('b')])
    await reach(2)
    await first.close()
    await append(store, [moved('a', 'b', 3n)])
    expect(await reach(3)).toEqual({ reached: true })
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
  })
})
