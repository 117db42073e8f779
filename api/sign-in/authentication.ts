import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Lru } from '../../commands/lru.ts'
import type { Session, Tokens } from '../../event-store/vault/accounts.ts'
import type { ApiSettings } from '../dependencies.ts'
import { tooManyRequests } from '../errors.ts'
import { Problem, literally } from '../problems.ts'
import type { Account, Accounts } from './accounts.ts'
import { SESSION_AGE_MS_MAX } from './sessions.ts'
import type { Sessions } from './sessions.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; absent on open routes. */
    account: Account | undefined
    /** How they are known: by a cookie, or by a token of a program. */
    via: 'session' | 'token' | undefined
    /** The session of the cookie, where they are known by one. */
    sessionId: string | undefined
    openedBy: Session['openedBy'] | undefined
    /** Id of the command this request was about, for the log line. */
    commandId: string | undefined
  }
  interface FastifyContextConfig {
    /** Open to everybody. A test lists all routes: these are few and named there. */
    open?: boolean
    /** For who must set a second factor first, too: what it takes to set it, and to leave. */
    beforeSecondFactor?: boolean
  }
}

const TOKEN_CACHE_MS = 2_000
const CACHED_TOKENS = 1_000
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export interface Authentication {
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly accounts: Accounts
  readonly settings: ApiSettings
  readonly now: () => number
}

/** `__Host-` binds the cookie to this very host and to TLS; browsers refuse it without. */
export const cookieName = (settings: ApiSettings): string =>
  settings.secureCookies ? '__Host-grandlivre' : 'grandlivre'

export const setSessionCookie = (reply: FastifyReply, settings: ApiSettings, value: string): void => {
  reply.setCookie(cookieName(settings), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: settings.secureCookies,
    maxAge: SESSION_AGE_MS_MAX / 1000,
  })
}

export const clearSessionCookie = (reply: FastifyReply, settings: ApiSettings): void => {
  reply.clearCookie(cookieName(settings), {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: settings.secureCookies,
  })
}

const notSignedIn = (): Problem =>
  new Problem('NOT_SIGNED_IN', {
    fr: 'Connectez-vous, ou envoyez un jeton valide dans l’en-tête Authorization.',
    en: 'Sign in, or send a valid token in the header Authorization.',
  })

/**
 * Refuses what another site makes a browser send. A browser says where a request comes from (Sec-Fetch-Site, Origin);
 * a client that says nothing must at least send a header that no form can.
 */
export const refuseCrossSite = (request: FastifyRequest): void => {
  if (SAFE_METHODS.has(request.method)) return
  const { origin, 'sec-fetch-site': site, 'x-requested-with': requestedWith } = request.headers
  if (site === 'same-origin') return
  if (site === undefined && origin !== undefined && isOwnOrigin(request, origin)) return
  if (site === undefined && origin === undefined && requestedWith !== undefined) return
  throw new Problem(
    'CROSS_SITE',
    {
      fr: 'Cette demande ne vient pas de l’application ; hors navigateur, ajoutez l’en-tête X-Requested-With.',
      en: 'This request does not come from the application; outside a browser, add the header X-Requested-With.',
    },
    { errors: [{ field: 'Origin', expected: literally(`${request.protocol}://${request.host}`) }] },
  )
}

const isOwnOrigin = (request: FastifyRequest, origin: string): boolean =>
  origin === `${request.protocol}://${request.host}`

const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{16,200})$/

/** Lets through only who is known: by session or by token. Routes of `config.open` are left alone. */
export const authenticate = (app: FastifyInstance, options: Authentication): void => {
  app.decorateRequest('account', undefined)
  app.decorateRequest('via', undefined)
  app.decorateRequest('sessionId', undefined)
  app.decorateRequest('openedBy', undefined)
  app.decorateRequest('commandId', undefined)
  const findToken = tokenFinder(options)
  const ofPerson = app.createRateLimit({
    max: options.settings.personRequestsPerMinuteMax,
    timeWindow: 60_000,
    keyGenerator: request => accountOf(request).userId,
  })
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.open || request.is404) return
    const { authorization } = request.headers
    request.via = authorization === undefined ? 'session' : 'token'
    const account =
      authorization === undefined
        ? await accountOfCookie(request, reply, options)
        : await findToken(BEARER.exec(authorization)?.[1])
    if (!account?.active) throw notSignedIn()
    request.account = account
    if (request.via === 'token') return
    refuseCrossSite(request)
    if (lacksFactor(account) && !request.routeOptions.config.beforeSecondFactor) throw factorToSet()
    const state = await ofPerson(request)
    if (!state.isAllowed && state.isExceeded) throw tooManyRequests(state.ttlInSeconds)
  })
}

/** Whether an account must set a second factor before its sessions open anything. Programs have tokens. */
export const lacksFactor = ({ needsFactor, factorId }: Account): boolean =>
  needsFactor && factorId === undefined

const factorToSet = (): Problem =>
  new Problem('SECOND_FACTOR_TO_SET', {
    fr: 'Vos droits demandent un second facteur : posez-le avant toute autre chose.',
    en: 'Your rights want a second factor: set it before anything else.',
  })

const accountOfCookie = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { sessions, settings, accounts }: Authentication,
): Promise<Account | undefined> => {
  const cookie = request.cookies[cookieName(settings)]
  if (cookie === undefined) return undefined
  const found = await sessions.use(cookie)
  // The cookie is left alone: this answer may reach the browser behind that of a new sign-in, and would end it.
  if (!found) return undefined
  if (found.replacement !== undefined) setSessionCookie(reply, settings, found.replacement)
  request.sessionId = found.sessionId
  request.openedBy = found.openedBy
  const account = await accounts.find(found.userId)
  // How many factors a provider asks for is the provider's affair.
  return account && found.openedBy === 'provider' ? { ...account, needsFactor: false } : account
}

const tokenFinder = ({ tokens, accounts, now }: Authentication) => {
  type Token = NonNullable<Awaited<ReturnType<Tokens['find']>>>
  const cache = new Lru<{ readonly token: Token; readonly readAt: number }>(CACHED_TOKENS)
  return async (secret: string | undefined): Promise<Account | undefined> => {
    if (secret === undefined) return undefined
    const cached = cache.get(secret)
    const known = cached && now() - cached.readAt < TOKEN_CACHE_MS ? cached.token : undefined
    const token = known ?? (await tokens.find(secret))
    if (token && !known) cache.set(secret, { token, readAt: now() })
    if (!token || Date.parse(token.expiresAt) <= now()) return undefined
    const account = await accounts.find(token.userId)
    return account?.holdsToken(token.tokenId) ? account : undefined
  }
}

/** Who asks, on a route that is not open. */
export const accountOf = (request: FastifyRequest): Account => {
  if (!request.account)
    throw new Error(`route ${request.routeOptions.url ?? ''} asks who is there, but is open`)
  return request.account
}
