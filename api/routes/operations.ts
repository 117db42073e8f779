import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ApiDependencies } from '../dependencies.ts'
import type { Metrics } from '../metrics.ts'
import { Problem } from '../problems.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
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
    // Not for those who signed in, but for the operator's collector: by a token of its own, or on this machine.
    config: { open: true, rateLimit: false },
    schema: { response: { 200: z.string() }, summary: 'Figures for Prometheus' },
    handler: async (request, reply) => {
      requireCollector(request, deps.settings.metricsToken)
      reply.header('Content-Type', metrics.registry.contentType)
      return metrics.registry.metrics()
    },
  })
}

const failingChecks = async (checks: ApiDependencies['checks']): Promise<readonly string[]> => {
  const asked = Object.entries(checks).map(async ([name, check]) => {
    const tooLate = new Promise<false>(resolve => setTimeout(resolve, CHECK_MS_MAX, false).unref())
    const fine = await Promise.race([check().catch(() => false), tooLate])
    return fine ? [] : [name]
  })
  return (await Promise.all(asked)).flat()
}

/** A proxy on this machine is on loopback too: who asks through one shows the token. */
const requireCollector = (request: FastifyRequest, token: string | undefined): void => {
  const given = request.headers.authorization
  if (given !== undefined && token !== undefined && sameText(given, `Bearer ${token}`)) return
  const direct = request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined
  if (given === undefined && direct && LOOPBACK.has(request.socket.remoteAddress ?? '')) return
  throw new Problem('NOT_SIGNED_IN', {
    fr: 'Les mesures se lisent depuis cette machine, ou avec le jeton de mesure.',
    en: 'Metrics are read from this machine, or with the metrics token.',
  })
}

const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
