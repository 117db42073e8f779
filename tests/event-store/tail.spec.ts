import { expect, it } from 'vitest'
import { Tail } from '../../event-store/live/tail.ts'
import type { Batch, StoredEvent } from '../../event-store/port.ts'
import { START, toPosition } from '../../event-store/postgres/positions.ts'

const at = (n: number, stream = `order-${n}`): StoredEvent => ({
  position: toPosition(n),
  stream,
  revision: 0,
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  type: 'commerce.OrderPlaced',
  data: '{}',
  metadata: '{}',
})

/** A log in memory that counts how often it is read. */
const logOf = (events: StoredEvent[]) => {
  const log = { reads: 0, events }
  const tail = new Tail(after => {
    log.reads++
    const behind = log.events.filter(e => e.position > after)
    const page: Batch = { events: behind, position: behind.at(-1)?.position ?? after, caughtUp: true }
    return Promise.resolve(page)
  })
  return { log, tail }
}

const streams = async (tail: Tail, after: number, prefixes?: readonly string[]) =>
  (await tail.after(toPosition(after), 100, prefixes))?.events.map(e => e.stream)

it('does not read what this process appended itself', async () => {
  const { log, tail } = logOf([])
  tail.meet(START)
  expect(await streams(tail, 0)).toEqual([])
  const { reads } = log
  tail.appended(START, [at(1), at(2)])
  expect(await streams(tail, 0)).toEqual(['order-1', 'order-2'])
  expect(await streams(tail, 1)).toEqual(['order-2'])
  expect(log.reads).toBe(reads)
})

it('PROTOCOL 31: reads the log where others appended between, and leaves nothing out', async () => {
  const { log, tail } = logOf([])
  tail.meet(START)
  await tail.after(START, 100)
  log.events.push(at(1, 'order-theirs'), at(2))
  tail.appended(toPosition(1), [at(2)])
  expect(await streams(tail, 0)).toEqual(['order-theirs', 'order-2'])
})

it('serves all readers by one read, each by its filter, and says how far they are', async () => {
  const { log, tail } = logOf([])
  tail.meet(START)
  await tail.after(START, 100)
  log.events.push(at(1), at(2, 'invoice-2'), at(3))
  tail.doubt()
  const { reads } = log
  const [all, invoices] = await Promise.all([tail.after(START, 100), tail.after(START, 100, ['invoice-'])])
  expect(all?.events).toHaveLength(3)
  expect(invoices?.events.map(e => e.stream)).toEqual(['invoice-2'])
  expect(invoices?.position).toBe(toPosition(3))
  expect(log.reads).toBe(reads + 1)
})

it('keeps a bounded end of the log: who is further behind reads for himself', async () => {
  const { tail } = logOf([])
  tail.meet(START)
  await tail.after(START, 100)
  for (let n = 0; n < 5_000; n += 100)
    tail.appended(
      toPosition(n),
      Array.from({ length: 100 }, (_, i) => at(n + i + 1)),
    )
  expect(await tail.after(START, 100)).toBeUndefined()
  expect(await streams(tail, 4_999)).toEqual(['order-5000'])
})
