import { setTimeout as delay } from 'node:timers/promises'
import { StoreUnavailable } from '../port.ts'
import type { Batch, Position, SubscribeOptions } from '../port.ts'
import type { Bell } from './bell.ts'
import type { Tail } from './tail.ts'

const RETRY_MS_MIN = 50
const RETRY_MS_MAX = 2_000
const DEFAULT_BATCH = 1_000

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined)

/** Where a subscription reads from. */
export interface Sources {
  /** The position before all events. */
  readonly start: Position
  /** Pages behind a position up to the present end, of all streams or of those with one of these prefixes. */
  readonly pages: (
    after: Position,
    batchSize: number,
    prefixes: readonly string[] | undefined,
  ) => AsyncIterable<Batch>
  readonly tail: Tail
  readonly bell: Bell
}

/**
 * Reads to the end, waits for the bell, reads on: catching up and live are the same loop, so there is no seam to
 * lose or double anything at; who keeps up is served from the tail that all readers share. Pulled by its consumer: a
 * slow one holds two pages and nothing queues up behind it.
 */
export async function* subscription(
  sources: Sources,
  options: SubscribeOptions,
): AsyncGenerator<Batch, void, undefined> {
  const { bell, tail } = sources
  const { signal, coalesceMs = 0 } = options
  let position = options.after ?? sources.start
  let live = false
  let retryMs = RETRY_MS_MIN
  await bell.start()
  while (!signal.aborted) {
    const rung = bell.count
    const readAt = performance.now()
    try {
      for await (const batch of toTheEnd(sources, position, options)) {
        if (signal.aborted) return
        retryMs = RETRY_MS_MIN
        // Nothing new is told once, when the end is reached for the first time.
        if (batch.position === position && live) continue
        position = batch.position
        live ||= batch.caughtUp
        yield batch
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      await pause(retryMs, signal)
      retryMs = Math.min(retryMs * 2, RETRY_MS_MAX)
      continue
    }
    tail.meet(position)
    await bell.since(rung, signal)
    const early = coalesceMs - (performance.now() - readAt)
    if (early > 0) await pause(early, signal)
  }
}

/** What lies behind a position: from the tail where it reaches so far back, else page by page from the log. */
async function* toTheEnd(
  { pages, tail }: Sources,
  from: Position,
  { prefixes, batchSize = DEFAULT_BATCH }: SubscribeOptions,
): AsyncGenerator<Batch, void, undefined> {
  let position = from
  for (;;) {
    const batch = await tail.after(position, batchSize, prefixes)
    if (!batch) break
    yield batch
    if (batch.caughtUp) return
    position = batch.position
  }
  yield* pages(position, batchSize, prefixes)
}
