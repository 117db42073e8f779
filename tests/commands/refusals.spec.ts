import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAuditRecorder } from '../../commands/refusals.ts'
import type { AuditRecorder } from '../../commands/refusals.ts'
import { EVERYBODY, commandHarness } from '../support/command-harness.ts'
import type { CommandHarness } from '../support/command-harness.ts'
import { until } from '../support/wait.ts'

let harness: CommandHarness
let recorder: AuditRecorder

beforeEach(async () => {
  harness = await commandHarness([], { at: '2026-11-22T23:59:30.000Z' })
  recorder = createAuditRecorder({ log: harness.log, now: () => harness.clock.now(), processId: 'p1' })
})
afterEach(() => harness.stop())

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const refuse = (n: number, code = 'NO', subject?: string) => {
  recorder.refused({ actor: EVERYBODY, command: 'tests.do', code, commandId: id(n), subject })
}
const counts = async (day: string) =>
  (await harness.events(`processAudit-${day}.p1`)).map(e => {
    const { minute, count, code } = e.data as { minute: string; count: number; code: string }
    return [minute.slice(11, 16), code, count]
  })

it('PROTOCOL 18: the minute that runs is not written yet; one that is over is, once', async () => {
  refuse(1)
  await recorder.flush()
  expect(await counts('2026-11-22')).toEqual([])
  refuse(2)
  refuse(3, 'OTHER')
  refuse(4, 'NO', 'order-1')
  harness.clock.advanceTo('2026-11-23T00:00:10.000Z')
  await recorder.flush()
  await recorder.flush()
  expect(await counts('2026-11-22')).toEqual([
    ['23:59', 'NO', 2],
    ['23:59', 'OTHER', 1],
    ['23:59', 'NO', 1],
  ])
})

it('PROTOCOL 18: each day has its stream, and the first ten ids of a count are kept', async () => {
  refuse(1)
  harness.clock.advanceTo('2026-11-23T00:00:10.000Z')
  for (let n = 0; n < 25; n++) refuse(n)
  await recorder.stop()
  expect(await counts('2026-11-22')).toEqual([['23:59', 'NO', 1]])
  const [event] = await harness.events('processAudit-2026-11-23.p1')
  expect(event?.data).toMatchObject({
    count: 25,
    firstCommandIds: Array.from({ length: 10 }, (_, n) => id(n)),
  })
})

it('PROTOCOL 18: what could not be written stays, and is written at the next flush', async () => {
  refuse(1)
  harness.clock.advanceTo('2026-11-23T00:00:10.000Z')
  const append = harness.store.append.bind(harness.store)
  harness.store.append = () => Promise.reject(new Error('the disk is full'))
  await expect(recorder.flush()).rejects.toThrow('the disk is full')
  harness.store.append = append
  await recorder.flush()
  expect(await counts('2026-11-22')).toEqual([['23:59', 'NO', 1]])
})

it('PROTOCOL 18: an append whose answer was lost is found in the log: nothing is doubled, nothing after it is lost', async () => {
  refuse(1)
  harness.clock.advanceTo('2026-11-23T00:00:10.000Z')
  const append = harness.store.append.bind(harness.store)
  harness.store.append = async (...given) => {
    await append(...given)
    throw new Error('the answer is lost')
  }
  await expect(recorder.flush()).rejects.toThrow('the answer is lost')
  harness.store.append = append
  await recorder.flush()
  recorder.signInRefused({ code: 'PASSWORD', loginDigest: 'a'.repeat(64) })
  refuse(2)
  harness.clock.advanceTo('2026-11-23T00:02:00.000Z')
  await recorder.flush()
  expect(await counts('2026-11-22')).toEqual([['23:59', 'NO', 1]])
  expect(await counts('2026-11-23')).toHaveLength(2)
})

it('PROTOCOL 18: what cannot be written is told, once', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const faults: unknown[] = []
  const { log } = harness
  const now = () => harness.clock.now()
  recorder = createAuditRecorder({ log, now, processId: 'p1', onFault: fault => faults.push(fault) })
  refuse(1)
  harness.clock.advanceTo('2026-11-23T00:00:10.000Z')
  let tries = 0
  harness.store.append = () => {
    tries++
    return Promise.reject(new Error('the disk is full'))
  }
  for (const wanted of [1, 2]) {
    vi.advanceTimersByTime(5_000)
    await until('it was tried', () => tries === wanted)
  }
  vi.useRealTimers()
  expect(faults).toEqual([new Error('the disk is full')])
})

it('PROTOCOL 18: refused sign-ins are told apart by a digest, and name nobody', async () => {
  recorder.signInRefused({ code: 'PASSWORD', loginDigest: 'a'.repeat(64) })
  recorder.signInRefused({ code: 'PASSWORD', loginDigest: 'a'.repeat(64) })
  recorder.signInRefused({ code: 'PASSWORD', loginDigest: 'b'.repeat(64) })
  await recorder.stop()
  expect((await counts('2026-11-22')).map(([, , count]) => count)).toEqual([2, 1])
})
