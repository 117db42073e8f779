import { z } from 'zod'
import type { Projection } from '../projections/definition.ts'
import type { ApiDependencies } from './dependencies.ts'
import { Problem } from './problems.ts'

/** Parameters of every query: reading one's own writes (DESIGN §7). */
export const visibilityParameters = {
  minPosition: z
    .string()
    .regex(/^[0-9A-Za-z_.:-]{1,64}$/)
    .optional()
    .describe('Answers only once the read model holds this position, as the answer of a command gave it'),
} as const

/**
 * Waits, for a bounded time, until the projections that a query reads have reached the position asked for.
 * @throws Problem NOT_YET_VISIBLE, with when to come back
 */
export const waitUntilVisible = async (
  { watch, settings }: Pick<ApiDependencies, 'watch' | 'settings'>,
  projections: readonly Projection[],
  position: string | undefined,
): Promise<void> => {
  if (position === undefined) return
  const outcome = await watch.waitFor({ projections, position }, settings.visibilityWaitMsMax)
  if (!outcome.reached) throw notYetVisible(outcome.behind, outcome.stopped)
}

const notYetVisible = (behind: readonly string[], stopped: readonly string[]): Problem =>
  new Problem(
    'NOT_YET_VISIBLE',
    stopped.length > 0
      ? {
          fr: `La lecture ${stopped.join(', ')} s’est arrêtée : un opérateur doit la relancer. Rien n’est perdu.`,
          en: `The read model ${stopped.join(', ')} has stopped: an operator must start it again. Nothing is lost.`,
        }
      : {
          fr: `La lecture ${behind.join(', ')} n’en est pas encore là : réessayez dans un instant.`,
          en: `The read model ${behind.join(', ')} is not there yet: try again in a moment.`,
        },
    { data: { behind, stopped }, retryAfterSeconds: stopped.length > 0 ? 60 : 1 },
  )
