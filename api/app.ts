import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import fastify, { LogController } from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { parseInput } from '../commands/validation.ts'
import { withJsonIntegers } from '../domain/shared/json.ts'
import type { ApiDependencies } from './dependencies.ts'
import {
  BODY_BYTES_MAX,
  clientErrors,
  frameworkErrors,
  handleErrors,
  invalidInput,
  malformed,
  tooManyRequests,
  wrongContentType,
  wrongEncoding,
} from './errors.ts'
import { createLogger, logRequests } from './logging.ts'
import { countRequests, createMetrics } from './metrics.ts'
import { describeApi } from './openapi-document.ts'
import { serveScreens } from './screens.ts'
import { registerRoutes } from './routes/index.ts'
import { authenticate } from './sign-in/authentication.ts'
import { Sessions } from './sign-in/sessions.ts'

const REQUEST_MS_MAX = 30_000
const PARAMETER_CHARACTERS_MAX = 200
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * The HTTP application: commands in, queries out, sign-in, live changes. It owns no connection and starts nothing:
 * `deps` are opened and closed by who makes it; `listen` and `close` are the caller's. Tests drive it by `inject`.
 */
export const createApi = (deps: ApiDependencies): FastifyInstance => {
  const app = createServer(deps)
  const now = deps.now ?? Date.now
  const metrics = createMetrics(deps)
  const sessions = new Sessions(deps.vault.sessions, now)
  handleErrors(app)
  useSchemas(app)
  readBodies(app)
  logRequests(app)
  countRequests(app, metrics)
  describeApi(app)
  protect(app, deps)
  if (deps.screens !== undefined) serveScreens(app, deps.screens)
  app.register(cookie)
  app.register(async inner => {
    authenticate(inner, { ...deps, sessions, tokens: deps.vault.tokens, now })
    registerRoutes(
      inner,
      { ...deps, vault: { ...deps.vault, sessions: sessions.shared } },
      { sessions, metrics },
    )
  })
  return app
}

const createServer = ({ logging, settings }: ApiDependencies): FastifyInstance =>
  fastify({
    loggerInstance: createLogger(logging),
    logController: new LogController({ disableRequestLogging: true }),
    // A caller may name the request, so that their log and ours meet; only by a UUID, as it goes into our log.
    genReqId: ({ headers: { 'x-request-id': id } }) =>
      typeof id === 'string' && UUID.test(id) ? id : randomUUID(),
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS_MAX },
    trustProxy: settings.trustedProxies ? [...settings.trustedProxies] : false,
    frameworkErrors,
    clientErrorHandler: clientErrors,
    forceCloseConnections: true,
  })

/** Schemas are zod's: input is refused with the field and what is expected, as the command handler does. */
const useSchemas = (app: FastifyInstance): void => {
  app.setValidatorCompiler<z.ZodType>(({ schema }) => data => {
    const parsed = parseInput(schema, data)
    return parsed.ok ? { value: parsed.input } : { error: invalidInput(parsed.issues) }
  })
  // What leaves is ours: its schema is for the description and for the tests, not checked again at every answer.
  app.setSerializerCompiler(() => data => JSON.stringify(data, withJsonIntegers))
  app.setReplySerializer(data => JSON.stringify(data, withJsonIntegers))
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A body is JSON in UTF-8 (RFC 8259), as it is sent. Bytes of another encoding are refused: read as UTF-8 they would be
 * replaced without a word, and what is recorded stays.
 */
const readBodies = (app: FastifyInstance): void => {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /;\s*charset="?([^";]+)/i.exec(request.headers['content-type'] ?? '')?.[1]?.trim()
    const coding = request.headers['content-encoding']
    if (charset !== undefined && charset.toLowerCase() !== 'utf-8') return done(wrongContentType())
    if (coding !== undefined && coding !== 'identity') return done(wrongEncoding())
    let text: string
    try {
      text = utf8.decode(body)
    } catch {
      return done(malformed({ fr: 'un texte JSON en UTF-8', en: 'JSON text in UTF-8' }))
    }
    return void parseJson(request, text, done)
  })
}

const protect = (app: FastifyInstance, { settings }: ApiDependencies): void => {
  // Who has gone meanwhile has no address any more, by which his requests would be counted, and takes no answer.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.socket.remoteAddress !== undefined) return done()
    reply.hijack()
    request.socket.destroy()
  })
  app.register(rateLimit, {
    max: settings.requestsPerMinuteMax,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { ttl }) => tooManyRequests(Math.ceil(ttl / 1_000)),
  })
  const headers = protectiveHeaders(settings)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('X-Request-Id', request.id)
    done()
  })
}

/**
 * What browsers are told with every answer. Made once: a plugin that made them for each answer took a sixth of the
 * time of a request. What this program serves loads from itself alone, is framed by nobody, and is stored by nobody.
 */
const protectiveHeaders = ({ secureCookies }: ApiDependencies['settings']) => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join(';'),
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  ...(secureCookies && { 'Strict-Transport-Security': 'max-age=31536000' }),
})
