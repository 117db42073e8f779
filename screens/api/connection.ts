import { useSyncExternalStore } from 'react'

/**
 * Whether the program answers. A request that finds it gone waits here until it is back and is then sent again: reads
 * change nothing, and a command carries the key that makes its repeat harmless.
 */

const RETRY_MS = 1_000
/** What a proxy answers while the program behind it restarts. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504])
/** How often a read model that is not there yet is asked again: the program waits for it each time. */
const NOT_YET_TRIES_MAX = 5

let connected = true
let returning: Promise<void> | undefined
const listeners = new Set<() => void>()

const set = (value: boolean): void => {
  if (connected === value) return
  connected = value
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const isConnected = (): boolean => connected
export const useConnected = (): boolean => useSyncExternalStore(subscribe, isConnected)

const alive = async (): Promise<boolean> => {
  try {
    return (await fetch('/health', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** Asks until the program answers again; all who wait share one question. */
export const untilConnected = (): Promise<void> => {
  returning ??= (async () => {
    while (!(await alive())) {
      set(false)
      await pause(RETRY_MS)
    }
    set(true)
    returning = undefined
  })()
  return returning
}

/** What is said of a refusal that may be one for now: none of it where a proxy answered, and not the program. */
interface Refusal {
  readonly code?: string
  readonly data?: { readonly stopped?: readonly string[] }
}

const refusalIn = async (response: Response): Promise<Refusal> =>
  (await response
    .clone()
    .json()
    .catch(() => ({}))) as Refusal

/** Whether it is the program's answer, nobody's, or that of a read model which is about to be there. */
const standingOf = async (response: Response): Promise<'answered' | 'away' | 'notYet'> => {
  if (!AWAY.has(response.status)) return 'answered'
  const { code, data } = await refusalIn(response)
  if (code === undefined) return 'away'
  const comes = code === 'NOT_YET_VISIBLE' && (data?.stopped ?? []).length === 0
  return comes ? 'notYet' : 'answered'
}

/** Runs a request, again and again while nobody answers it. What the program itself refuses is its answer. */
export const whenConnected = async (
  request: () => Promise<Response>,
  signal?: AbortSignal,
): Promise<Response> => {
  for (let tries = 0; ;) {
    try {
      const response = await request()
      const standing = await standingOf(response)
      if (standing === 'notYet') tries++
      if (standing === 'answered' || tries === NOT_YET_TRIES_MAX) return response
      await pause(RETRY_MS)
    } catch (error) {
      if (signal?.aborted) throw error
      set(false)
    }
    await untilConnected()
    signal?.throwIfAborted()
  }
}
