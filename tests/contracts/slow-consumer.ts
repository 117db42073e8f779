import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { programFlags } from '../support/program-flags.ts'
import type { StoreModule } from './store-under-test.ts'

export interface Consumed {
  readonly events: number
  /** Resident memory above what the process had before it subscribed, at its highest. */
  readonly megabytesMax: number
}

/** Follows the log to its end in a process of its own, slower than the store can read. */
export const consumeElsewhere = async (order: { module: string; descriptor: string }): Promise<Consumed> => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    ...programFlags(),
    fileURLToPath(import.meta.url),
    JSON.stringify(order),
  ])
  return JSON.parse(stdout) as Consumed
}

/** Batches between two pauses of a consumer that keeps falling behind. */
const PAUSE_EVERY = 20
const PAUSE_MS = 10

const consume = async (module: string, descriptor: string): Promise<Consumed> => {
  const { openStore } = (await import(module)) as StoreModule
  const store = await openStore(descriptor)
  await store.head()
  globalThis.gc?.()
  const idle = process.memoryUsage.rss()
  let most = idle
  let events = 0
  let batches = 0
  const controller = new AbortController()
  for await (const batch of store.subscribe({ signal: controller.signal })) {
    events += batch.events.length
    most = Math.max(most, process.memoryUsage.rss())
    if (batch.caughtUp) controller.abort()
    else if (++batches % PAUSE_EVERY === 0) await delay(PAUSE_MS)
  }
  await store.close()
  return { events, megabytesMax: (most - idle) / 1024 / 1024 }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { module, descriptor } = JSON.parse(process.argv[2] ?? '') as { module: string; descriptor: string }
  process.stdout.write(JSON.stringify(await consume(module, descriptor)))
}
