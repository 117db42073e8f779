import { useSyncExternalStore } from 'react'

/**
 * Whether the program answers. A request that finds it gone waits here until it is back and is then sent again: reads
 * change nothing, and a command carries the key that makes its repeat harmless.
 */

const RETRY_MS = 1_000
/** What a proxy answers while the program behind it restarts. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504])

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

/** Runs a request, again and again while nobody answers it. */
export const whenConnected = async (
  request: () => Promise<Response>,
  signal?: AbortSignal,
): Promise<Response> => {
  for (;;) {
    try {
      const response = await request()
      if (!AWAY.has(response.status)) return response
      await pause(RETRY_MS)
    } catch (error) {
      if (signal?.aborted) throw error
      set(false)
    }
    await untilConnected()
    signal?.throwIfAborted()
  }
}
