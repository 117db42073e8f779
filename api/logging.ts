import { pino } from 'pino'
import type { LogFn, Logger } from 'pino'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { ApiLog } from './dependencies.ts'

/**
 * Logs hold no secret and no personal data: of a request its method and the pattern of its route (a URL may carry a
 * name that was searched), of an error its kind, code and stack (a database's `detail` quotes rows), never a header
 * or a body. The paths below are a second guard for what somebody may add.
 */
const REDACTED = [
  'password',
  'secret',
  'token',
  'login',
  'authorization',
  'cookie',
  '*.password',
  '*.secret',
  '*.token',
  '*.login',
  '*.authorization',
  '*.cookie',
  'headers',
  'body',
  '*.headers',
  '*.body',
]

const errorForLog = (error: unknown): unknown => {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, stack } = error
  const { code } = error as { code?: unknown }
  // The first lines of a stack are the message: what a driver or a schema says may quote values.
  const frames = (stack ?? '').split('\n').filter(line => line.startsWith('    at '))
  return { type: name, ...(typeof code === 'string' && { code }), frames }
}

/** pino takes the message of an error for the line's where none is given: it may quote values as well. */
const withoutErrorMessage = function (this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first, message] = args as readonly unknown[]
  const error = first instanceof Error ? { err: first } : first
  const isError = first instanceof Error || (error !== null && typeof error === 'object' && 'err' in error)
  method.apply(this, (isError ? [error, typeof message === 'string' ? message : 'error'] : args) as never)
}

export const createLogger = ({ level, write }: ApiLog): FastifyBaseLogger =>
  pino(
    {
      level,
      redact: { paths: REDACTED, censor: '[redacted]' },
      base: null,
      hooks: { logMethod: withoutErrorMessage },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errorForLog, req: () => undefined, res: () => undefined },
    },
    write ? { write } : pino.destination({ fd: 1, sync: false }),
  )

/** One line for each answer, with the id that stands in the answer's `X-Request-Id`. */
export const logRequests = (app: FastifyInstance): void => {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(request.account && { actor: request.account.userId }),
        ...(request.commandId && { commandId: request.commandId }),
      },
      'answered',
    )
  })
}
