import { randomUUID } from 'node:crypto'
import { EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LogEndangered } from '../../event-store/errors.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { until } from '../support/wait.ts'
import { draft, openTestProgram, setUpBusiness } from './program.ts'
import type { Client, TestProgram } from './program.ts'

/** What a caller and an operator are told when something is done to the log on its own server, while it is worked on. */

let server: EventStoreDbServer
let database: FreshDatabase
let test: TestProgram
let billing: Client
const faults: unknown[] = []
const lines: string[] = []

beforeAll(async () => {
  server = await startEventStoreDb()
  database = await freshDatabase()
  test = await openTestProgram(database.url, 'still', ['projections', 'reactions'], {
    eventStoreUrl: server.connectionString,
    onFault: error => faults.push(error),
    write: line => lines.push(line),
  })
  await setUpBusiness(test)
  billing = await test.user({ role: 'billing', entityId: 'all' })
})
afterAll(async () => {
  await test?.close()
  await database.drop()
  await server.stop()
})

const drafted = async (): Promise<{ readonly invoiceId: string; readonly stream: string }> => {
  const invoiceId = randomUUID()
  expect(await billing.send('invoicing.draftInvoice', draft(invoiceId))).toMatchObject({ status: 200 })
  return { invoiceId, stream: `invoice-${invoiceId}` }
}
const told = (words: string): boolean =>
  faults.some(fault => fault instanceof LogEndangered && fault.sentence.en.includes(words))

type Act = (client: EventStoreDBClient, stream: string) => Promise<unknown>

describe('a stream', () => {
  it.each<[string, Act]>([
    ['that was cut off', (client, stream) => client.setStreamMetadata(stream, { truncateBefore: 1 })],
    ['that is limited in number', (client, stream) => client.setStreamMetadata(stream, { maxCount: 100 })],
    ['that was deleted', (client, stream) => client.deleteStream(stream)],
    ['that was ended for ever', (client, stream) => client.tombstoneStream(stream)],
  ])('%s is written to no more: 503 by name in both languages, and an alarm', async (_, act) => {
    const { invoiceId, stream } = await drafted()
    const client = EventStoreDBClient.connectionString(server.connectionString)
    await act(client, stream)
    await client.dispose()
    await until('the operator is told', () => told(stream))
    const head = (await test.program.log.store.head())?.id
    const send = (language: string) =>
      billing.send('invoicing.issueInvoice', { invoiceId }, { 'accept-language': language })
    const [french, english] = [await send('fr'), await send('en')]
    for (const answer of [french, english])
      expect(answer).toMatchObject({ status: 503, body: { code: 'STREAM_DAMAGED', data: { stream } } })
    expect(french.body['detail']).toMatch(/^Le flux .* rien n'y est ajouté\./)
    expect(english.body['detail']).toMatch(/^The stream .* nothing is appended to it\./)
    expect(lines.filter(line => line.includes('stream damaged') && line.includes(stream))).toHaveLength(2)
    expect((await test.program.log.store.head())?.id).toBe(head)
  })

  it('elsewhere goes on', async () => {
    const { invoiceId } = await drafted()
    expect(await billing.send('invoicing.issueInvoice', { invoiceId })).toMatchObject({ status: 200 })
  })

  it('is a warning where the program says that it is ready', async () => {
    const ready = await fetch(`${test.address}/ready`)
    expect({ status: ready.status, body: await ready.json() }).toStrictEqual({
      status: 200,
      body: {
        status: 'ready',
        failing: [],
        logDangers: ['STREAM_DELETED', 'STREAM_ENDED', 'STREAM_LIMITED', 'STREAM_TRUNCATED'],
      },
    })
  })
})

describe('PROTOCOL 15: a server that lost its newest events', () => {
  it('is answered for no more: 503, not ready, an alarm, and the program knows that it has to end', async () => {
    await drafted()
    const { invoiceId } = await drafted()
    await server.comeBack({ lost: 2 })
    await test.program.replaced
    expect(told('is not the one that was read before')).toBe(true)
    const answer = await billing.send('invoicing.draftInvoice', draft(randomUUID()), {
      'accept-language': 'en',
    })
    expect(answer).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('This log is not the one that was read before') as string },
    })
    expect(await billing.send('invoicing.issueInvoice', { invoiceId })).toMatchObject({ status: 503 })
    const ready = await fetch(`${test.address}/ready`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({
      failing: expect.arrayContaining(['log']) as string[],
      logDangers: expect.arrayContaining(['LOG_REPLACED']) as string[],
    })
  })
})
