/**
 * Changes as they come, gathered into reads. The first is read at once. What changes while that is read overtakes it,
 * since one act often makes two changes close by; what comes later waits until all was read.
 */

/** Ids of what changed; undefined for all. */
export type Changed = readonly string[] | undefined

export interface Gathering {
  readonly add: (changed: Changed) => void
  readonly stop: () => void
}

/** After its reads it rests as long as they took, so that a program with much to do is asked less. */
const REST_MS_MAX = 1_000

const rest = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))

const joined = (one: Changed, other: Changed): Changed => one && other && [...new Set([...one, ...other])]

/** @param read told by its signal that it was overtaken: what it finds then counts no more */
export const gather = (read: (changed: Changed, signal: AbortSignal) => Promise<void>): Gathering => {
  let waiting: { readonly changed: Changed } | undefined
  let reading = false
  let overtake: (() => void) | undefined
  const take = (): Changed => {
    const changed = waiting?.changed
    waiting = undefined
    return changed
  }
  const readOnce = async (changed: Changed): Promise<boolean> => {
    const overtaken = new AbortController()
    overtake = () => overtaken.abort()
    // What went wrong is shown where it was asked.
    const done = read(changed, overtaken.signal).catch(() => undefined)
    await Promise.race([done, aborted(overtaken.signal)])
    overtake = undefined
    return overtaken.signal.aborted
  }
  const readOn = async (): Promise<void> => {
    reading = true
    while (waiting) {
      const began = performance.now()
      const first = take()
      if ((await readOnce(first)) && waiting) {
        const both = joined(first, take())
        await read(both, new AbortController().signal).catch(() => undefined)
      }
      await rest(Math.min(performance.now() - began, REST_MS_MAX))
    }
    reading = false
  }
  return {
    add: changed => {
      waiting = { changed: waiting ? joined(waiting.changed, changed) : changed }
      overtake?.()
      if (!reading) void readOn()
    },
    stop: () => {
      waiting = undefined
    },
  }
}
