import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { EventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import { startEventStoreDbProcess } from '../support/eventstoredb/process.ts'
import type { EventStoreDbProcess } from '../support/eventstoredb/process.ts'
import { collect, freshStream, send, testAppend } from '../support/test-events.ts'

/** A process that is too busy to read what the server has answered long ago: that is no silence of the server's. */

const DEADLINE_MS = 1_000

let server: EventStoreDbProcess
let store: EventStoreDb
beforeEach(async () => {
  server = await startEventStoreDbProcess({})
  const deadlines = { appendMsMax: DEADLINE_MS, answerMsMax: DEADLINE_MS }
  store = await openEventStoreDb({ connectionString: server.connectionString, deadlines })
})
afterEach(async () => {
  await store.close()
  await server.kill()
})

/** Reads nothing for longer than any deadline, once what was asked for is on its way. */
const beBusy = async (): Promise<void> => {
  await nextTurn()
  const end = performance.now() + 1.5 * DEADLINE_MS
  while (performance.now() < end);
}

it('an append is answered', async () => {
  const first = testAppend(freshStream())
  await send(store, first)
  const sent = send(store, testAppend(first.stream, first.next))
  await beBusy()
  expect(await sent).toMatchObject({ revision: 1 })
})

it('a read is answered', async () => {
  const a = testAppend(freshStream())
  await send(store, a)
  const read = collect(store.readStream(a.stream))
  await beBusy()
  expect((await read).map(({ id }) => id)).toStrictEqual(a.events.map(({ id }) => id))
})
