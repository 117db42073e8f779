import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Uuid } from '../domain/shared/values.ts'
import type { Projection } from '../projections/definition.ts'
import { waitForEffects } from '../projections/engine/watermarks.ts'
import type { ApiDependencies } from './dependencies.ts'
import { invalidInput } from './errors.ts'
import { Problem } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Registrars and reactions that a query asked to wait for, and that had not read so far in time. */
    notWaitedFor: readonly string[] | undefined
  }
}

/** Parameters of every query: reading one's own writes, and what they set off (DESIGN §7, PROTOCOL 34). */
export const visibilityParameters = {
  minPosition: z
    .string()
    .regex(/^[0-9A-Za-z_.:-]{1,64}$/)
    .optional()
    .describe('Answers only once the read model holds this position, as the answer of a command gave it'),
  effects: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: also what the command set off; with minPosition and effectsOf'),
  effectsOf: Uuid.optional().describe('The commandId that the answer of the command gave'),
} as const

/** Nothing is waited for that can never come. */
const notAPosition = (): Problem =>
  invalidInput([
    {
      field: 'minPosition',
      expected: {
        fr: 'une position telle que la donne la réponse à une commande',
        en: 'a position as the answer of a command gives it',
      },
      fr: 'Paramètre « minPosition » : attendu une position telle que la donne la réponse à une commande.',
      en: 'Parameter "minPosition": expected a position as the answer of a command gives it.',
    },
  ])

type Visibility = { readonly [K in keyof typeof visibilityParameters]?: string | undefined }
type Sources = Pick<ApiDependencies, 'watch' | 'settings' | 'readModels' | 'isPosition' | 'head'>

/**
 * Waits, for a bounded time, until the projections that a query reads have reached the position asked for.
 * @throws Problem NOT_YET_VISIBLE, with when to come back
 */
export const waitUntilVisible = async (
  sources: Sources,
  request: FastifyRequest,
  projections: readonly Projection[],
): Promise<void> => {
  const visibility = request.query as Visibility
  if (visibility.minPosition === undefined) return
  const { watch, settings } = sources
  if (!sources.isPosition(visibility.minPosition)) throw notAPosition()
  const there = await watch.waitFor({ projections, position: visibility.minPosition }, 0)
  if (!there.reached && (await isBeyond(sources, visibility.minPosition))) throw notAPosition()
  const position = await withEffects(sources, request, visibility, visibility.minPosition)
  const outcome = await watch.waitFor({ projections, position }, settings.visibilityWaitMsMax)
  if (!outcome.reached) throw notYetVisible(outcome.behind, outcome.stopped)
}

/** Whether no event stands there. Asked of the store: what another process just wrote, this one may not have heard of. */
const isBeyond = async ({ head }: Sources, position: string): Promise<boolean> => {
  const end = await head()
  return end === undefined || position > end
}

/** The position behind what a command set off; notes on the request what was not waited for. */
const withEffects = async (
  { readModels, settings }: Sources,
  request: FastifyRequest,
  { effects, effectsOf }: Visibility,
  position: string,
): Promise<string> => {
  if (effects !== 'true') return position
  if (effectsOf === undefined) throw commandMissing()
  const reached = await waitForEffects(readModels, effectsOf, position, settings.visibilityWaitMsMax)
  request.notWaitedFor = reached.notWaitedFor
  return reached.position
}

/** The answer says what it did not wait for (PROTOCOL 34). */
export const tellNotWaitedFor = (app: FastifyInstance): void => {
  app.decorateRequest('notWaitedFor', undefined)
  app.addHook('onSend', async (request, reply) => {
    const late = request.notWaitedFor
    if (late && late.length > 0) reply.header('X-Not-Waited-For', late.map(encodeURIComponent).join(', '))
  })
}

const commandMissing = (): Problem =>
  invalidInput([
    {
      field: 'effectsOf',
      expected: {
        fr: 'le commandId de la commande dont les effets sont attendus',
        en: 'the commandId of the command whose effects are waited for',
      },
      fr: 'Paramètre « effectsOf » : attendu le commandId de la commande dont les effets sont attendus.',
      en: 'Parameter "effectsOf": expected the commandId of the command whose effects are waited for.',
    },
  ])

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
