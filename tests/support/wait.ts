import { setTimeout as delay } from 'node:timers/promises'

const DEADLINE_MS = 20_000
const PAUSE_MS = 10

/** Waits until a condition holds, instead of for a time; fails with its name when it never does. */
export const until = async (what: string, condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + DEADLINE_MS
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await delay(PAUSE_MS)
  }
}
