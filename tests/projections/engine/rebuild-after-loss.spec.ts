import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allStand } from '../../../event-store/checkpoints.ts'
import type { EventStore } from '../../../event-store/port.ts'
import { openPostgresStore } from '../../../event-store/postgres/postgres-store.ts'
import type { Projection } from '../../../projections/definition.ts'
import { forgetUnconfirmed, placesRead } from '../../../projections/engine/checkpoints.ts'
import { connect } from '../../../projections/engine/connections.ts'
import { replayInMemory } from '../../../projections/engine/in-memory.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { ProjectionRunner } from '../../../projections/engine/runner.ts'
import { ProjectionWatch } from '../../../projections/engine/watch.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'
import { until } from '../../support/wait.ts'
import { append, bank, bankCodec, moved, noted, opened, tally } from '../support/bank.ts'
import { query, stateOf, storedState, wholeRecordedLog } from '../support/read-model.ts'

let database: FreshDatabase
let store: EventStore
let watch: ProjectionWatch
let runner: ProjectionRunner

/** Live rows that have read four events. */
beforeEach(async () => {
  database = await freshDatabase()
  store = await openPostgresStore({ connectionString: database.url })
  watch = await ProjectionWatch.open(database.url)
  runner = new ProjectionRunner({ ...common(), takeOverMs: 20 })
  runner.start()
  await append(store, [opened('a'), opened('b'), noted('x'), moved('a', 'b', 4n)])
  await watch.waitFor({ projections: [bank, tally], ordinal: 4 }, 20_000)
})
afterEach(async () => {
  await runner.close()
  await watch.close()
  await store.close()
  await database.drop()
})

const common = () => ({
  databaseUrl: database.url,
  store,
  codec: bankCodec,
  projections: [bank, tally] as readonly Projection[],
})
const replayed = async (projection: Projection) => {
  const events = await wholeRecordedLog(store, bankCodec)
  return stateOf(projection, (await replayInMemory(projection, [events])).rows)
}

describe('a rebuild on a log that lost events which the live rows had read', () => {
  const lose = (position: number) =>
    query(
      database.url,
      `alter table log.events disable trigger append_only;
       delete from log.events where position = ${position};
       alter table log.events enable always trigger append_only`,
    )
  /** As whoever comes later: a store that had read what was lost reads nothing more. */
  const openAgain = async (): Promise<void> => {
    await runner.close()
    await store.close()
    store = await openPostgresStore({ connectionString: database.url })
  }
  const isRead = async (): Promise<boolean> => {
    const client = await connect(database.url, 'test')
    try {
      return await allStand(store, await placesRead(client, [bank, tally]))
    } finally {
      await client.end()
    }
  }

  it('PROTOCOL 15, 33: its end: begins from nothing, ends, and leaves the next start to hear of it, once', async () => {
    await lose(4)
    await openAgain()
    const report = await rebuild(common())
    expect(report).toMatchObject({
      events: 3,
      projections: [
        { swapped: true, ofAnotherLog: true, differences: undefined },
        { swapped: true, ofAnotherLog: true, differences: undefined },
      ],
    })
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
    expect(await query(database.url, `select projection, code from engine.notice order by id`)).toEqual([
      { projection: 'bank', code: 'CHECKPOINT_NOT_IN_LOG' },
      { projection: 'tally', code: 'CHECKPOINT_NOT_IN_LOG' },
    ])
    expect(await isRead()).toBe(false)
    const client = await connect(database.url, 'test')
    await forgetUnconfirmed(client)
    await client.end()
    expect(await isRead()).toBe(true)
  })

  it('PROTOCOL 15, 33: one in its midst: what counted more events than there are is no measure', async () => {
    await lose(3)
    const report = await rebuild(common())
    expect(report.projections.map(p => p.ofAnotherLog)).toEqual([true, true])
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
    await append(store, [moved('b', 'a', 1n)])
    await until('the live rows go on', async () => (await watch.current()).get('bank_v1')?.ordinal === 4)
    expect(await storedState(database.url, bank)).toEqual(await replayed(bank))
    const again = await rebuild(common())
    expect(again.projections).toMatchObject([
      { ofAnotherLog: false, differences: [] },
      { ofAnotherLog: false, differences: [] },
    ])
  })

  it('PROTOCOL 15, 33: a new version does not wait for an older one that read what is lost', async () => {
    await lose(4)
    await openAgain()
    const report = await rebuild({ ...common(), projections: [{ ...bank, version: 2 }] })
    expect(report.projections).toMatchObject([{ swapped: true, ofAnotherLog: false }])
  })
})
