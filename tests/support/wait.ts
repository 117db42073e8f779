import { setTimeout as delay } from 'node:timers/promises'

/** What never comes is given up; how fast it comes on a busy machine is nothing that a test tells. */
const DEADLINE_MS = 60_000
const PAUSE_MS = 10

/** Waits until a condition holds, instead of for a time; fails with its name when it never does. */
export const until = async (what: string, condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + DEADLINE_MS
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await delay(PAUSE_MS)
  }
}
