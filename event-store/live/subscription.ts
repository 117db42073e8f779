import { StoreUnavailable } from '../port.ts'
import type { Batch, Position, SubscribeOptions } from '../port.ts'
import type { Bell } from './bell.ts'
import type { Tail } from './tail.ts'

const RETRY_MS_MIN = 50
const RETRY_MS_MAX = 2_000
/** Few enough that a reader who is slow holds little, and that what is read ahead stays within its memory. */
const DEFAULT_BATCH = 500

/** The end of a subscription: one listener for all its waits, as each wake-up of each reader would make its own. */
class Ending {
  private readonly signal: AbortSignal
  private readonly wake: () => void
  private cutShort: (() => void) | undefined
  isReached: boolean

  /** @param wake called when it is reached */
  constructor(signal: AbortSignal, wake: () => void) {
    this.signal = signal
    this.wake = wake
    this.isReached = signal.aborted
    signal.addEventListener('abort', this.reach)
  }

  private readonly reach = (): void => {
    this.isReached = true
    this.cutShort?.()
    this.wake()
  }

  /** Waits so long, or until the end. */
  pause(ms: number): Promise<void> {
    if (this.isReached) return Promise.resolve()
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.cutShort = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  forget(): void {
    this.signal.removeEventListener('abort', this.reach)
  }
}

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
  // Who waits for the bell is woken as by any event.
  const ending = new Ending(options.signal, () => {
    sources.bell.ring()
  })
  try {
    yield* untilTheEnd(sources, options, ending)
  } finally {
    ending.forget()
  }
}

async function* untilTheEnd(
  sources: Sources,
  options: SubscribeOptions,
  ending: Ending,
): AsyncGenerator<Batch, void, undefined> {
  const { bell, tail } = sources
  const { coalesceMs = 0 } = options
  let position = options.after ?? sources.start
  let live = false
  let retryMs = RETRY_MS_MIN
  await bell.start()
  while (!ending.isReached) {
    const rung = bell.count
    const readAt = performance.now()
    try {
      for await (const batch of toTheEnd(sources, position, options)) {
        if (ending.isReached) return
        retryMs = RETRY_MS_MIN
        // Nothing new is told once, when the end is reached for the first time.
        if (batch.position === position && live) continue
        position = batch.position
        live ||= batch.caughtUp
        yield batch
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      await ending.pause(retryMs)
      retryMs = Math.min(retryMs * 2, RETRY_MS_MAX)
      continue
    }
    tail.meet(position)
    await bell.since(rung)
    const early = coalesceMs - (performance.now() - readAt)
    if (early > 0) await ending.pause(early)
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
