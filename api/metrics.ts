import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { FastifyInstance } from 'fastify'
import type { Outcome } from '../commands/outcome.ts'
import type { ApiDependencies } from './dependencies.ts'

export interface Metrics {
  readonly registry: Registry
  commandAnswered(name: string, outcome: Outcome, seconds: number): void
  signInRefused(): void
}

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

type MetricsSources = Pick<ApiDependencies, 'watch' | 'logEnd' | 'logDangers'>

/**
 * What an operator watches: how far each projection is behind the log, what endangers it, what commands do and how long
 * they take.
 */
export const createMetrics = ({ watch, logEnd, logDangers }: MetricsSources): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'grandlivre_' })
  const registers = [registry]
  const commands = new Histogram({
    name: 'grandlivre_command_seconds',
    help: 'Time from the request of a command to its answer, its number included',
    labelNames: ['command', 'outcome'],
    buckets: SECONDS,
    registers,
  })
  const recorded = new Counter({
    name: 'grandlivre_events_recorded_total',
    help: 'Events that commands of this process appended to the log',
    labelNames: ['command'],
    registers,
  })
  const refusals = new Counter({
    name: 'grandlivre_sign_ins_refused_total',
    help: 'Sign-ins refused by this process',
    registers,
  })
  new Gauge({
    name: 'grandlivre_projection_lag_events',
    help: 'Events of the log that a projection has not applied yet',
    labelNames: ['projection', 'state'],
    registers,
    async collect() {
      this.reset()
      const progress = await watch.current()
      // The end of the log is known to this process by its own reading: another's projection may be ahead of it.
      for (const [projection, { ordinal, state }] of progress)
        this.set({ projection, state }, Math.max(0, logEnd() - ordinal))
    },
  })
  new Gauge({
    name: 'grandlivre_log_dangers',
    help: 'Streams of the log, or the log itself, to which something was done that it must not suffer',
    labelNames: ['code'],
    registers,
    collect() {
      this.reset()
      for (const code of logDangers()) this.inc({ code })
    },
  })
  return {
    registry,
    commandAnswered: (command, outcome, seconds) => {
      commands.observe({ command, outcome: outcome.kind }, seconds)
      if (outcome.kind === 'done' || outcome.kind === 'accepted')
        recorded.inc({ command }, outcome.events.length)
    },
    signInRefused: () => {
      refusals.inc()
    },
  }
}

/** Counts every answer by route, never by address: an id in a label would make a series of each document. */
export const countRequests = (app: FastifyInstance, { registry }: Metrics): void => {
  const requests = new Histogram({
    name: 'grandlivre_http_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const { method } = request
    requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
  })
}
