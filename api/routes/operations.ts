import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDependencies } from '../dependencies.ts'
import type { Metrics } from '../metrics.ts'
import { entitiesOf } from '../sign-in/rights.ts'

const CHECK_MS_MAX = 2_000

const Readiness = z.strictObject({
  status: z.enum(['ready', 'notReady']),
  failing: z.array(z.string()),
  logDangers: z.array(z.string()),
})
export type Readiness = z.output<typeof Readiness>

/** What says of a process whether it can serve, and what a person should look at meanwhile. */
export type Condition = Pick<ApiDependencies, 'checks' | 'logDangers'>

/** What runs the program asks: is it alive, can it serve, what are its figures. */
export const operationRoutes = (app: FastifyInstance, deps: ApiDependencies, metrics: Metrics): void => {
  app.get('/health', {
    config: { open: true, rateLimit: false },
    schema: { response: { 200: z.strictObject({ status: z.literal('alive') }) }, summary: 'Alive' },
    handler: async () => ({ status: 'alive' as const }),
  })

  app.get('/ready', {
    config: { open: true, rateLimit: false },
    schema: {
      response: { 200: Readiness, 503: Readiness },
      summary:
        'Ready: the log, the read models and the vault answer; with a warning where the log is in danger',
    },
    handler: async (_, reply) => {
      const readiness = await readinessOf(deps)
      if (readiness.status === 'notReady') reply.code(503)
      return readiness
    },
  })

  app.get('/metrics', {
    // A collector signs in as every program does: by the token of an account that may read what is done here.
    config: { rateLimit: false },
    schema: { response: { 200: z.string() }, summary: 'Figures for Prometheus' },
    handler: async (request, reply) => {
      entitiesOf(request, 'audit')
      reply.header('Content-Type', metrics.registry.contentType)
      return metrics.registry.metrics()
    },
  })
}

/** Whoever asks is not known: he is told what is wrong by its name, and of no stream. */
export const readinessOf = async ({ checks, logDangers }: Condition): Promise<Readiness> => {
  const failing = await failingChecks(checks)
  return {
    status: failing.length > 0 ? 'notReady' : 'ready',
    failing,
    logDangers: [...new Set(logDangers())].sort(),
  }
}

/** The names of those that say no, fail, or say nothing in time. */
const failingChecks = async (checks: Condition['checks']): Promise<string[]> => {
  const asked = Object.entries(checks).map(async ([name, check]) => {
    const tooLate = new Promise<false>(resolve => setTimeout(resolve, CHECK_MS_MAX, false).unref())
    const fine = await Promise.race([check().catch(() => false), tooLate])
    return fine ? [] : [name]
  })
  return (await Promise.all(asked)).flat()
}
