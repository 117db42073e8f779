import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDependencies } from '../dependencies.ts'
import type { Metrics } from '../metrics.ts'
import { entitiesOf } from '../sign-in/rights.ts'

const CHECK_MS_MAX = 2_000

const Ready = z.strictObject({ status: z.enum(['ready', 'notReady']), failing: z.array(z.string()) })

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
      response: { 200: Ready, 503: Ready },
      summary: 'Ready: the log, the read models and the vault answer',
    },
    handler: async (_, reply) => {
      const failing = await failingChecks(deps.checks)
      if (failing.length > 0) reply.code(503)
      return { status: failing.length > 0 ? ('notReady' as const) : ('ready' as const), failing }
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

export type Checks = ApiDependencies['checks']

/** The names of those that say no, fail, or say nothing in time. */
export const failingChecks = async (checks: Checks): Promise<readonly string[]> => {
  const asked = Object.entries(checks).map(async ([name, check]) => {
    const tooLate = new Promise<false>(resolve => setTimeout(resolve, CHECK_MS_MAX, false).unref())
    const fine = await Promise.race([check().catch(() => false), tooLate])
    return fine ? [] : [name]
  })
  return (await Promise.all(asked)).flat()
}
