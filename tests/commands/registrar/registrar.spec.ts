import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Answers } from '../../../commands/registrar/answers.ts'
import { cutByBytes } from '../../../commands/registrar/cut.ts'
import { RegistrarStopped, registrarName, runRegistrar } from '../../../commands/registrar/registrar.ts'
import { createWatermarks } from '../../../commands/watermarks.ts'
import { createCodec } from '../../../event-store/codec.ts'
import { createLog, openLog } from '../../../event-store/log.ts'
import type { Log, RecordedEvent } from '../../../event-store/log.ts'
import { logEvents } from '../../../domain/organisation/log.events.ts'
import { memoryCheckpoints, pretendProtection } from '../../support/command-harness.ts'
import { memoryEventStore } from '../../support/memory-event-store.ts'
import type { MemoryEventStore } from '../../support/memory-event-store.ts'
import { until } from '../../support/wait.ts'
import { SERIES, testNumbering, testNumberingEvents } from '../support/test-numbering.ts'
import type { NumberedData } from '../support/test-numbering.ts'

const NOW = '2026-01-01T00:00:00.000Z'
const NAME = registrarName(SERIES)
const REGISTER = testNumbering.registerStream(SERIES)

let store: MemoryEventStore
let log: Log
let checkpoints: ReturnType<typeof memoryCheckpoints>
let ending: AbortController

beforeEach(async () => {
  store = memoryEventStore()
  const codec = createCodec([...logEvents, ...testNumberingEvents])
  const options = { store, codec, protection: pretendProtection, clock: { kind: 'simulated' as const } }
  await createLog(options, { kind: 'sandbox', name: 'tests', recordedAt: NOW })
  log = await openLog(options)
  checkpoints = memoryCheckpoints()
  ending = new AbortController()
})
afterEach(() => {
  ending.abort()
})

const run = (): Promise<void> =>
  runRegistrar(
    {
      log,
      numbering: testNumbering,
      checkpoints,
      answers: new Answers(),
      watermarks: createWatermarks(() => Promise.resolve()),
      now: () => NOW,
      checkpointEveryMs: 0,
    },
    SERIES,
    ending.signal,
  )

const context = (id: string) => ({
  commandId: id,
  actor: id,
  origin: 'api' as const,
  correlationId: id,
  recordedAt: NOW,
})
const ID = '00000000-0000-4000-8000-000000000001'

let asked = 0
const ask = async (series = SERIES): Promise<void> => {
  const event = { type: 'tests.Requested', data: series }
  await log.append({
    stream: `request-${++asked}`,
    expected: 'noStream',
    events: [event],
    context: context(ID),
  })
}
const sequences = async (): Promise<number[]> =>
  (await log.load(REGISTER)).events.map(e => (e.data as NumberedData).sequence)

describe('a registrar', () => {
  it('PROTOCOL 19: answers only its own series, many requests in one append', async () => {
    for (let i = 0; i < 5; i++) await ask()
    await ask({ entityId: 'e', series: 'G' })
    const ended = run()
    await until('all are answered', async () => (await sequences()).length === 5)
    ending.abort()
    await ended
    expect(await sequences()).toEqual([1, 2, 3, 4, 5])
    const { events } = await log.load(REGISTER)
    expect(new Set(events.map(e => e.metadata.commandId)).size).toBe(5)
    expect(events[0]?.metadata.$causationId).toBe((events[0]?.data as NumberedData).request.eventId)
  })

  it('PROTOCOL 19: its checkpoint names the last request that has a number', async () => {
    await ask()
    await ask()
    const ended = run()
    await until('the checkpoint is written', async () => (await checkpoints.read(NAME)) !== undefined)
    ending.abort()
    await ended
    const last = await log.lastEvent(REGISTER)
    expect((await checkpoints.read(NAME))?.eventId).toBe((last?.data as NumberedData).request.eventId)
  })

  it('PROTOCOL 15: begins at the start of the log where its checkpoint is of another log, and numbers nothing twice', async () => {
    await ask()
    const first = run()
    await until('it is answered', async () => (await sequences()).length === 1)
    ending.abort()
    await first
    checkpoints.set(NAME, { position: '000000000002', eventId: ID })
    ending = new AbortController()
    await ask()
    const second = run()
    await until('the second is answered', async () => (await sequences()).length === 2)
    ending.abort()
    await second
    expect(await sequences()).toEqual([1, 2])
  })

  it('PROTOCOL 19: stops and says so where the log does not hold the request of the last event', async () => {
    await ask()
    const request = { stream: 'request-x', revision: 0, eventId: ID, recordedAt: NOW }
    const lost = { type: 'tests.Numbered', data: { ...SERIES, sequence: 1, at: NOW, request } }
    await log.append({ stream: REGISTER, expected: 'noStream', events: [lost], context: context(ID) })
    await expect(run()).rejects.toMatchObject({
      name: 'RegistrarStopped',
      code: 'ANSWERED_REQUEST_NOT_FOUND',
    })
    expect(await sequences()).toEqual([1])
  })

  it('PROTOCOL 19: stops where its checkpoint says that numbers were given and the register is empty', async () => {
    await ask()
    const request = store.events.at(-1)!
    checkpoints.set(NAME, { position: request.position, eventId: request.id })
    await expect(run()).rejects.toThrow(RegistrarStopped)
    expect(await sequences()).toEqual([])
  })

  it('PROTOCOL 4: numbers once where the answer to its append was lost', async () => {
    await ask()
    store.loseNextAnswer()
    const ended = run()
    await until('it is answered', async () => (await sequences()).length === 1)
    await ask()
    await until('so is the next', async () => (await sequences()).length === 2)
    ending.abort()
    await ended
    expect(await sequences()).toEqual([1, 2])
  })
})

it('PROTOCOL 19: appends are cut by bytes, in order, none lost', () => {
  const request = (lines: number, id: number) =>
    ({
      id: String(id),
      data: { content: { lines: Array(lines).fill({}) }, entryLines: Array(lines).fill({}) },
    }) as unknown as RecordedEvent
  const requests = [
    ...Array.from({ length: 300 }, (_, i) => request(3, i)),
    ...Array.from({ length: 20 }, (_, i) => request(200, 300 + i)),
  ]
  const cuts = cutByBytes(requests)
  expect(cuts.flat()).toEqual(requests)
  expect(cuts.length).toBeGreaterThan(10)
  expect(Math.max(...cuts.map(cut => cut.length))).toBeGreaterThan(30)
})
