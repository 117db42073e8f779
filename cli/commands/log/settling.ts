import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '../../context.ts'

/**
 * Waits until what was sent to a server that shuts nobody out has arrived, and shows how long that still takes.
 * @throws what `signal` was aborted with
 */
export const settle = async (
  context: Pick<Context, 'say' | 'progress'>,
  seconds: number,
  signal: AbortSignal,
): Promise<void> => {
  if (seconds === 0) return
  context.say({
    en: `Waiting for ${seconds} s: until then an append that was sent before may still arrive.`,
    fr: `Attente de ${seconds} s : jusque-là, un ajout déjà envoyé peut encore arriver.`,
  })
  const progress = context.progress({ en: 'Settling', fr: 'Stabilisation' }, seconds)
  try {
    for (let waited = 0; waited < seconds; waited++) {
      await delay(Math.min(1, seconds - waited) * 1_000, undefined, { signal })
      progress.to(Math.min(waited + 1, seconds))
    }
  } finally {
    progress.end()
  }
}
