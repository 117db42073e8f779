import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { mayEver } from '../../commands/authorisation.ts'
import { keyText } from '../../domain/organisation/unique-key.ts'
import type { ApiDependencies } from '../dependencies.ts'
import type { Metrics } from '../metrics.ts'
import { Problem } from '../problems.ts'
import type { Account } from '../sign-in/accounts.ts'
import {
  accountOf,
  clearSessionCookie,
  cookieName,
  refuseCrossSite,
  setSessionCookie,
} from '../sign-in/authentication.ts'
import { HashingBusy, PASSWORD_CHARACTERS_MAX, verifyPassword } from '../sign-in/password.ts'
import { AREAS, READERS, readableEntities } from '../sign-in/rights.ts'
import type { Sessions } from '../sign-in/sessions.ts'

const SignIn = z.strictObject({
  login: z.string().min(1).max(254),
  password: z.string().min(1).max(PASSWORD_CHARACTERS_MAX),
})
type SignIn = z.output<typeof SignIn>

/** Nobody's id: what is looked up for a login that does not exist, so that it takes as long. */
const NOBODY = '00000000-0000-8000-8000-000000000000'
const SIGN_IN_WINDOW_MS = 10 * 60_000
/** Several people may share an address: attempts on one account weigh more than attempts from one place. */
const ADDRESS_FACTOR = 10

export const Me = z.strictObject({
  userId: z.string(),
  kind: z.enum(['human', 'program']),
  login: z.string().optional(),
  name: z.string().optional(),
  grants: z.array(
    z.strictObject({
      role: z.string(),
      entityId: z.string(),
      areas: z.array(z.enum(AREAS)).describe('What the role may read there'),
    }),
  ),
  commands: z.array(z.string()).describe('Commands that this account may send in some legal entity'),
  areas: z.array(z.enum(AREAS)).describe('What this account may read in some legal entity'),
  log: z.strictObject({ kind: z.enum(['production', 'sandbox']), name: z.string() }),
})

/** Sign-in by password, sign-out, and who one is. */
export const sessionRoutes = (
  app: FastifyInstance,
  deps: ApiDependencies,
  sessions: Sessions,
  metrics: Metrics,
): void => {
  const describeMe = meOf(deps)
  const signIn = passwordSignIn(app, deps, metrics)

  app.post('/api/session', {
    config: { open: true },
    schema: { body: SignIn, response: { 200: Me }, summary: 'Signs in with login and password' },
    handler: async (request, reply) => {
      if (request.headers.origin !== undefined) refuseCrossSite(request)
      const account = await signIn(request, request.body as SignIn)
      await endPresent(request)
      setSessionCookie(reply, deps.settings, await sessions.begin(account.userId))
      return describeMe(account)
    },
  })

  app.delete('/api/session', {
    schema: { response: { 204: z.null() }, summary: 'Signs out' },
    handler: async (request, reply) => {
      await endPresent(request)
      clearSessionCookie(reply, deps.settings)
      return reply.code(204).send()
    },
  })

  app.get('/api/me', {
    schema: { response: { 200: Me }, summary: 'Who one is, and which commands one may send' },
    handler: request => describeMe(accountOf(request)),
  })

  const endPresent = async (request: FastifyRequest): Promise<void> => {
    const cookie = request.cookies[cookieName(deps.settings)]
    if (cookie !== undefined) await sessions.end(cookie)
  }
}

const meOf =
  ({ registry, accounts, log }: ApiDependencies) =>
  async ({ userId, kind, grants }: Account): Promise<z.output<typeof Me>> => ({
    userId,
    kind,
    ...(await accounts.personOf(userId)),
    grants: grants.map(({ role, entityId }) => ({
      role,
      entityId,
      areas: AREAS.filter(area => READERS[area].includes(role)),
    })),
    commands: registry
      .describe()
      .map(command => command.name)
      .filter(name => {
        const command = registry.find(name)
        return command !== undefined && mayEver(command, { userId, grants })
      }),
    areas: AREAS.filter(area => readableEntities(grants, area).length > 0),
    log,
  })

const refused = (): Problem =>
  new Problem('SIGN_IN_REFUSED', {
    fr: 'Identifiant ou mot de passe inconnu.',
    en: 'Login or password unknown.',
  })

const tooMany = (retryAfterSeconds: number): Problem =>
  new Problem(
    'TOO_MANY_REQUESTS',
    {
      fr: `Trop de tentatives de connexion : réessayez dans ${retryAfterSeconds} s.`,
      en: `Too many attempts to sign in: try again in ${retryAfterSeconds} s.`,
    },
    { retryAfterSeconds },
  )

/**
 * Checks login and password. Whatever is wrong, the answer and its time are the same: nobody learns which logins
 * exist. Attempts are limited by login and address together, then by address.
 */
const passwordSignIn = (app: FastifyInstance, deps: ApiDependencies, metrics: Metrics) => {
  const { accounts, vault, audit, settings } = deps
  const digestOf = (login: string): string => vault.hmac('loginTried', keyText('login', login))
  const limits = [
    app.createRateLimit({
      max: settings.signInsMax,
      timeWindow: SIGN_IN_WINDOW_MS,
      keyGenerator: request => `${request.ip} ${digestOf((request.body as SignIn).login)}`,
    }),
    app.createRateLimit({
      max: settings.signInsMax * ADDRESS_FACTOR,
      timeWindow: SIGN_IN_WINDOW_MS,
      keyGenerator: request => request.ip,
    }),
  ]
  const refuse = (code: string, login: string): void => {
    audit.signInRefused({ code, loginDigest: digestOf(login) })
    metrics.signInRefused()
  }
  return async (request: FastifyRequest, { login, password }: SignIn): Promise<Account> => {
    for (const limit of limits) {
      const state = await limit(request)
      if (state.isAllowed || !state.isExceeded) continue
      refuse('TOO_MANY_SIGN_INS', login)
      throw tooMany(state.ttlInSeconds)
    }
    const userId = (await accounts.ofLogin(login)) ?? NOBODY
    const credential = await vault.credentials.ofUser(userId)
    const account = await accounts.find(userId)
    const matches = await verify(password, credential?.passwordHash)
    // The log says which credential is in force: one it does not name was never set, or is replaced.
    if (matches && account?.active && account.credentialId === credential?.credentialId) return account
    refuse('SIGN_IN_REFUSED', login)
    throw refused()
  }
}

const verify = async (password: string, hash: string | undefined): Promise<boolean> => {
  try {
    return await verifyPassword(password, hash)
  } catch (error) {
    if (error instanceof HashingBusy) throw tooMany(1)
    throw error
  }
}
