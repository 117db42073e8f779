import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointAt, checkpointsIn, moveValues, standing } from '../../event-store/checkpoints.ts'
import { openSnapshots } from '../../event-store/snapshots.ts'
import type { StateCodec } from '../../event-store/snapshots.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import { openTestLog } from '../support/open-log.ts'
import type { OpenedLog } from '../support/open-log.ts'
import { collect, freshStream, numbered, send, testAppend } from '../support/test-events.ts'

let opened: OpenedLog
beforeAll(async () => {
  opened = await openTestLog()
})
afterAll(() => opened.close())

const appended = async (count = 3): Promise<StoredEvent[]> => {
  const append = testAppend(freshStream(), 'noStream', { data: numbered(count) })
  await send(opened.store, append)
  return collect(opened.store.readStream(append.stream))
}

describe('PROTOCOL 15: checkpoints', () => {
  const checkpoints = checkpointsIn('vault')

  it('move by compare-and-set: of two readers at one place, one goes on', async () => {
    const [a, b, c] = (await appended()).map(checkpointAt)
    const { pool } = opened
    const name = 'race'
    expect(await checkpoints.read(pool, name)).toBeUndefined()
    expect(await checkpoints.move(pool, name, undefined, a!)).toBe(true)
    expect(await checkpoints.move(pool, name, undefined, b!)).toBe(false)
    const results = await Promise.all([
      checkpoints.move(pool, name, a, b!),
      checkpoints.move(pool, name, a, c!),
    ])
    expect(results.filter(Boolean)).toHaveLength(1)
    expect([b, c]).toContainEqual(await checkpoints.read(pool, name))
  })

  it('do not move from a place where another event was seen', async () => {
    const [a, b] = (await appended()).map(checkpointAt)
    await checkpoints.move(opened.pool, 'other', undefined, a!)
    const elsewhere = { ...a!, eventId: randomUUID() }
    expect(await checkpoints.move(opened.pool, 'other', elsewhere, b!)).toBe(false)
  })

  it('move in the transaction of the rows, or not at all', async () => {
    const [a] = (await appended()).map(checkpointAt)
    const client = await opened.pool.connect()
    await client.query('begin')
    expect(await checkpoints.move(client, 'rolled back', undefined, a!)).toBe(true)
    await client.query('rollback')
    client.release()
    expect(await checkpoints.read(opened.pool, 'rolled back')).toBeUndefined()
  })

  it('move with their rows in one statement, or neither is written', async () => {
    const [a, b] = (await appended()).map(checkpointAt)
    const { pool } = opened
    await pool.query('create table vault.noted (note text)')
    const text = `${checkpoints.moved}, noted as (insert into vault.noted select $6 where exists (select from moved))
      select from moved`
    const move = async (from: typeof a, to: typeof a, note: string): Promise<boolean> =>
      (await pool.query(text, [...moveValues('with rows', from, to!), note])).rowCount === 1
    expect(await move(undefined, a, 'begun')).toBe(true)
    expect(await move(undefined, b, 'begun twice')).toBe(false)
    expect(await move(b, a, 'from elsewhere')).toBe(false)
    expect(await move(a, b, 'gone on')).toBe(true)
    const { rows } = await pool.query<{ note: string }>('select note from vault.noted order by note')
    expect(rows.map(row => row.note)).toEqual(['begun', 'gone on'])
  })

  it('are believed only after the event at their place was read back', async () => {
    const [a] = (await appended()).map(checkpointAt)
    expect(await standing(opened.store, a)).toBe('matches')
    expect(await standing(opened.store, undefined)).toBe('absent')
    expect(await standing(opened.store, { ...a!, eventId: randomUUID() })).toBe('differs')
    expect(await standing(opened.store, { ...a!, position: '9000000000000000' })).toBe('differs')
  })
})

describe('PROTOCOL 14: snapshots', () => {
  const sum: StateCodec<bigint> = { version: 1, encode: state => state.toString(), decode: BigInt }
  const snapshotsAt = (indexed: string | undefined) =>
    openSnapshots({ pool: opened.pool, store: opened.store, commandIndexPosition: async () => indexed })

  it('give the state back with what the next append expects', async () => {
    const events = await appended()
    const last = events.at(-1)!
    const snapshots = await snapshotsAt(last.position)
    await snapshots.save(last.stream, sum, 42n, last)
    expect(await snapshots.load(last.stream, sum)).toEqual({
      state: 42n,
      revision: 2,
      expected: { revision: 2, hash: (JSON.parse(last.metadata) as { hash: string }).hash },
    })
    expect(await snapshots.load('thing-none', sum)).toBeUndefined()
    expect(await snapshots.load(last.stream, { ...sum, version: 2 })).toBeUndefined()
  })

  it('are not used where the command index has not reached them: a refund would be paid twice', async () => {
    const [first, , last] = (await appended()) as [StoredEvent, StoredEvent, StoredEvent]
    await (await snapshotsAt(last.position)).save(last.stream, sum, 42n, last)
    expect(await (await snapshotsAt(first.position)).load(last.stream, sum)).toBeUndefined()
    expect(await (await snapshotsAt(undefined)).load(last.stream, sum)).toBeUndefined()
    expect(await (await snapshotsAt(last.position)).load(last.stream, sum)).toBeDefined()
  })

  it('are not used where the log says something else at their place', async () => {
    const last = (await appended()).at(-1)!
    const snapshots = await snapshotsAt(last.position)
    const metadata = last.metadata.replace(/"hash":"[0-9a-f]/, '"hash":"_')
    for (const change of [{ id: randomUUID() }, { metadata }, { revision: 7 }]) {
      await snapshots.save(last.stream, sum, 42n, { ...last, ...change })
      expect(await snapshots.load(last.stream, sum)).toBeUndefined()
    }
    await snapshots.save(last.stream, sum, 42n, last)
    expect(await snapshots.load(last.stream, sum)).toBeDefined()
  })

  it('are never replaced by older ones', async () => {
    const [first, , last] = (await appended()) as [StoredEvent, StoredEvent, StoredEvent]
    const snapshots = await snapshotsAt(last.position)
    await snapshots.save(last.stream, sum, 3n, last)
    await snapshots.save(last.stream, sum, 1n, first)
    expect(await snapshots.load(last.stream, sum)).toMatchObject({ state: 3n, revision: 2 })
  })
})
