import { createHmac, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createCommandHandler } from '../../commands/handler.ts'
import type { CommandHandler } from '../../commands/handler.ts'
import {
  PostgresCommandIndex,
  createCommandTables,
  startCommandIndexReader,
} from '../../commands/postgres-command-index.ts'
import { Answers } from '../../commands/registrar/answers.ts'
import { numberRequests } from '../../commands/registrar/invoice-requests.ts'
import { invoiceNumbering } from '../../commands/registrar/numbering.ts'
import { createRegistry } from '../../commands/registry.ts'
import { postgresRoleLocks } from '../../commands/role-lock.ts'
import { snapshotSource, stateCodec } from '../../commands/snapshots.ts'
import { Streams } from '../../commands/streams.ts'
import { openSnapshots } from '../../event-store/snapshots.ts'
import { EVERYBODY, everywhere } from '../support/command-harness.ts'
import { OPENED_AT, openTestLog } from '../support/open-log.ts'
import type { OpenedLog } from '../support/open-log.ts'
import { until } from '../support/wait.ts'
import { price, testContext } from './support/test-commands.ts'

let opened: OpenedLog
let index: PostgresCommandIndex
beforeEach(async () => {
  opened = await openTestLog()
  await createCommandTables(opened.pool)
  index = new PostgresCommandIndex(opened.pool)
})
afterEach(() => opened.close())

/** A process that keeps snapshots of prices; `reads` counts the events it read. */
const process = async () => {
  const { log, pool, store } = opened
  let reads = 0
  const counting = {
    ...log,
    decode: log.decode.bind(log),
    append: log.append.bind(log),
    store: {
      ...store,
      readStream: async function* (...read: Parameters<typeof store.readStream>) {
        for await (const event of store.readStream(...read)) {
          reads++
          yield event
        }
      },
    },
  }
  const commandIndexPosition = () => index.reached(store)
  const snapshots = await openSnapshots({ pool, store, commandIndexPosition })
  const streams = new Streams(counting, snapshotSource(snapshots, undefined, new Map([['product', 1]])))
  const handler = createCommandHandler({
    registry: createRegistry([testContext]),
    log: counting,
    streams,
    index: new PostgresCommandIndex(pool),
    answers: new Answers(),
    requests: numberRequests(log, invoiceNumbering),
    refusals: { refused: () => undefined },
    now: () => OPENED_AT,
    hmac: (kind, text) => createHmac('sha256', 'tests').update(`${kind}\n${text}`).digest('hex'),
    personalKeys: () => Promise.resolve([]),
    reveal: () => Promise.resolve(undefined),
  })
  return { handler, streams, reads: () => reads }
}

const raise = (handler: CommandHandler, productId: string, key: string) =>
  handler.handle({
    name: 'test.raisePrice',
    input: { productId },
    key,
    origin: 'api',
    actor: { userId: EVERYBODY, grants: everywhere('sales') },
  })

const indexed = async (): Promise<void> => {
  const locks = postgresRoleLocks(opened.databaseUrl)
  const reader = startCommandIndexReader(index, {
    log: opened.log,
    pool: opened.pool,
    locks,
    onReplaced: () => Promise.resolve(),
  })
  await reader.ready()
  await reader.stop()
}

const snapshotTaken = () =>
  until('the snapshot is taken', async () => {
    const { rows } = await opened.pool.query('select 1 from snapshots.streams')
    return rows.length === 1
  })

const EVENTS = 250

it('PROTOCOL 14: a snapshot is folded on from, and what was done before it is not done again', async () => {
  const productId = randomUUID()
  const first = await process()
  const outcomes = []
  for (let i = 0; i < EVENTS; i++) outcomes.push(await raise(first.handler, productId, `k${i}`))
  await (await process()).streams.read(price, productId)
  await snapshotTaken()
  await indexed()
  const second = await process()
  expect(await second.streams.read(price, productId)).toMatchObject({
    revision: EVENTS - 1,
    state: { unitPrice: BigInt(EVENTS) },
  })
  expect(second.reads()).toBe(0)
  expect(await raise(second.handler, productId, 'k3')).toEqual(outcomes[3])
  expect(await raise(second.handler, productId, 'new')).toMatchObject({ events: [{ revision: EVENTS }] })
})

it('PROTOCOL 14: where the command index is behind the snapshot the stream is loaded whole', async () => {
  const productId = randomUUID()
  const first = await process()
  await raise(first.handler, productId, 'k0')
  await indexed()
  for (let i = 1; i < EVENTS; i++) await raise(first.handler, productId, `k${i}`)
  await (await process()).streams.read(price, productId)
  await snapshotTaken()
  const second = await process()
  expect(await raise(second.handler, productId, 'k200')).toMatchObject({ events: [{ revision: 200 }] })
  expect(second.reads()).toBeGreaterThanOrEqual(EVENTS)
})

it('a state comes back from its snapshot as it was', () => {
  const state = { a: 5n, b: new Map([['x', { c: new Set(['y', 2n]) }]]), d: [null, 'e'], f: { g: true } }
  const codec = stateCodec(1)
  expect(codec.decode(codec.encode(state))).toEqual(state)
})
