import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { mayEver } from '../../commands/authorisation.ts'
import type { Grant } from '../../domain/organisation/user.events.ts'
import type { ApiDependencies } from '../dependencies.ts'
import type { Metrics } from '../metrics.ts'
import type { Account } from '../sign-in/accounts.ts'
import {
  accountOf,
  clearSessionCookie,
  cookieName,
  lacksFactor,
  refuseCrossSite,
  setSessionCookie,
} from '../sign-in/authentication.ts'
import { passwordSignIn, SignIn } from '../sign-in/by-password.ts'
import { publicUrlOf } from '../sign-in/public-url.ts'
import { AREAS, READERS, readableEntities } from '../sign-in/rights.ts'
import type { Sessions } from '../sign-in/sessions.ts'

const OwnSessions = z.strictObject({
  items: z.array(
    z.strictObject({
      sessionId: z.string(),
      createdAt: z.string(),
      expiresAt: z.string(),
      agent: z.string().describe('What the browser said of itself'),
      present: z.boolean().describe('The session that asks'),
    }),
  ),
})
const SignedOut = z
  .strictObject({ goOn: z.string() })
  .describe('Where the browser goes on, to sign out at the identity provider too')
const SessionParameter = z.strictObject({ sessionId: z.uuid() })

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
      commands: z.array(z.string()).describe('Commands that may be sent there by this role'),
    }),
  ),
  commands: z.array(z.string()).describe('Commands that this account may send in some legal entity'),
  areas: z.array(z.enum(AREAS)).describe('What this account may read in some legal entity'),
  secondFactor: z
    .enum(['none', 'set', 'toSet'])
    .describe('`toSet`: nothing opens before a second factor is set'),
  log: z.strictObject({ kind: z.enum(['production', 'sandbox']), name: z.string() }),
})

/** Sign-in by password, sign-out, who one is, and the sessions one has. */
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
      const account = await signIn(request, request.body as z.output<typeof SignIn>)
      await endPresent(request)
      const cookie = await sessions.begin(account.userId, 'password', request.headers['user-agent'])
      setSessionCookie(reply, deps.settings, cookie)
      return describeMe(account)
    },
  })

  app.delete('/api/session', {
    config: { beforeSecondFactor: true },
    schema: { response: { 200: SignedOut, 204: z.null() }, summary: 'Signs out' },
    handler: async (request, reply): Promise<unknown> => {
      await endPresent(request)
      clearSessionCookie(reply, deps.settings)
      const goOn =
        request.openedBy === 'provider'
          ? await deps.provider?.signOutUrl(`${publicUrlOf(request)}/`)
          : undefined
      return goOn === undefined ? reply.code(204).send() : { goOn }
    },
  })

  app.get('/api/me', {
    config: { beforeSecondFactor: true },
    schema: { response: { 200: Me }, summary: 'Who one is, and which commands one may send' },
    handler: request => describeMe(accountOf(request)),
  })

  app.get('/api/me/sessions', {
    schema: { response: { 200: OwnSessions }, summary: 'One’s own open sessions' },
    handler: async request => {
      const open = await sessions.open(accountOf(request).userId)
      return {
        items: open.map(({ sessionId, createdAt, expiresAt, agent }) => ({
          sessionId,
          createdAt,
          expiresAt,
          agent,
          present: sessionId === request.sessionId,
        })),
      }
    },
  })

  app.delete('/api/me/sessions/:sessionId', {
    schema: {
      params: SessionParameter,
      response: { 204: z.null() },
      summary: 'Ends one of one’s own sessions',
    },
    handler: async (request, reply) => {
      const { sessionId } = request.params as z.output<typeof SessionParameter>
      await sessions.endOne(accountOf(request).userId, sessionId)
      return reply.code(204).send()
    },
  })

  const endPresent = async (request: FastifyRequest): Promise<void> => {
    const cookie = request.cookies[cookieName(deps.settings)]
    if (cookie !== undefined) await sessions.end(cookie)
  }
}

const meOf =
  ({ registry, accounts, log }: ApiDependencies) =>
  async (account: Account): Promise<z.output<typeof Me>> => {
    const { userId, kind, grants, factorId } = account
    const commandsBy = (held: readonly Grant[]): string[] =>
      registry
        .describe()
        .map(command => command.name)
        .filter(name => {
          const command = registry.find(name)
          return command !== undefined && mayEver(command, { userId, grants: held })
        })
    return {
      userId,
      kind,
      ...(await accounts.personOf(userId)),
      grants: grants.map(grant => ({
        role: grant.role,
        entityId: grant.entityId,
        areas: AREAS.filter(area => READERS[area].includes(grant.role)),
        commands: commandsBy([grant]),
      })),
      commands: commandsBy(grants),
      areas: AREAS.filter(area => readableEntities(grants, area).length > 0),
      secondFactor: lacksFactor(account) ? 'toSet' : factorId === undefined ? 'none' : 'set',
      log,
    }
  }
