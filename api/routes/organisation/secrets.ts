import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Instant, Uuid, text } from '../../../domain/shared/values.ts'
import type { ApiDependencies } from '../../dependencies.ts'
import { invalidInput } from '../../errors.ts'
import { Problem } from '../../problems.ts'
import { accountOf, clearSessionCookie } from '../../sign-in/authentication.ts'
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, verifyPassword } from '../../sign-in/password.ts'
import { inviteUser, issueToken, setPassword } from '../../sign-in/secrets.ts'
import { CommandAnswer, answerOf, keyOf } from '../commands.ts'

export const NewPassword = z.string().min(PASSWORD_CHARACTERS_MIN).max(PASSWORD_CHARACTERS_MAX)
const OwnPassword = z.strictObject({
  current: z.string().min(1).max(PASSWORD_CHARACTERS_MAX),
  password: NewPassword,
})
const Password = z.strictObject({ password: NewPassword })
const TokenRequest = z.strictObject({ label: text(60), expiresAt: Instant })
const User = z.strictObject({ userId: Uuid })
const Token = z
  .strictObject({ tokenId: z.string(), secret: z.string().optional() })
  .describe('The secret is told once; absent where the first request of the same key was told it')

const InvitationRequest = z.strictObject({ expiresAt: Instant })
const Invitation = z
  .strictObject({ invitationId: z.string(), secret: z.string().optional(), expiresAt: z.string() })
  .describe('The secret is told once: the link is /invitation#<secret>')

const ATTEMPTS_MAX = 10
const ATTEMPTS_WINDOW_MS = 10 * 60_000

/**
 * Asks for the present password of who is signed in: an open session does not suffice for what changes how one signs in.
 * @throws Problem FORBIDDEN where it is another one, or too many were tried
 */
export const presentPassword = (app: FastifyInstance, { vault }: ApiDependencies) => {
  const limit = app.createRateLimit({
    max: ATTEMPTS_MAX,
    timeWindow: ATTEMPTS_WINDOW_MS,
    keyGenerator: request => `own password ${accountOf(request).userId}`,
  })
  return async (
    request: FastifyRequest,
    { field, password }: { readonly field: string; readonly password: string },
  ): Promise<void> => {
    const { userId } = accountOf(request)
    const state = await limit(request)
    const credential = await vault.credentials.ofUser(userId)
    const exceeded = !state.isAllowed && state.isExceeded
    if (exceeded || !(await verifyPassword(password, credential?.passwordHash))) throw wrongPassword(field)
  }
}

/** Passwords, invitations and tokens: what a command alone cannot do, as its secret belongs to the vault. */
export const secretRoutes = (app: FastifyInstance, deps: ApiDependencies): void => {
  const requirePassword = presentPassword(app, deps)

  app.post('/api/me/password', {
    schema: { summary: 'Sets one’s own password', body: OwnPassword, response: { 200: CommandAnswer } },
    handler: async (request, reply) => {
      const { current, password } = request.body as z.output<typeof OwnPassword>
      const { userId } = accountOf(request)
      await requirePassword(request, { field: 'current', password: current })
      const outcome = await setPassword(deps, { userId, password }, byRequest(request))
      clearSessionCookie(reply, deps.settings)
      return answerOf(outcome, {}, reply)
    },
  })

  app.post('/api/organisation/users/:userId/password', {
    schema: {
      summary: 'Sets the password of a user',
      params: User,
      body: Password,
      response: { 200: CommandAnswer },
    },
    handler: async (request, reply) => {
      const { password } = request.body as z.output<typeof Password>
      const user = request.params as z.output<typeof User>
      return answerOf(await setPassword(deps, { ...user, password }, byRequest(request)), user, reply)
    },
  })

  app.post('/api/organisation/users/:userId/invitations', {
    schema: {
      summary: 'Makes the link by which a user sets a password; an earlier one opens no more',
      params: User,
      body: InvitationRequest,
      response: { 200: Invitation },
    },
    handler: async (request, reply): Promise<unknown> => {
      const asked = {
        ...(request.params as z.output<typeof User>),
        ...(request.body as z.output<typeof InvitationRequest>),
      }
      const invited = await inviteUser(deps, asked, byRequest(request))
      return 'refused' in invited ? answerOf(invited.refused, asked, reply) : invited
    },
  })

  app.post('/api/organisation/users/:userId/tokens', {
    schema: {
      summary: 'Issues a token to a user or program',
      params: User,
      body: TokenRequest,
      response: { 200: Token },
    },
    handler: async (request, reply): Promise<unknown> => tokenAnswer(deps, request, reply),
  })
}

const tokenAnswer = async (
  deps: ApiDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> => {
  const asked = {
    ...(request.params as z.output<typeof User>),
    ...(request.body as z.output<typeof TokenRequest>),
  }
  const issued = await issueToken(deps, asked, byRequest(request))
  return 'refused' in issued ? answerOf(issued.refused, asked, reply) : issued
}

/** @throws Problem INVALID_INPUT without an idempotency key: ids derive from it */
const byRequest = (request: FastifyRequest) => {
  const key = keyOf(request)
  if (key === undefined)
    throw invalidInput([
      {
        field: 'Idempotency-Key',
        expected: { fr: 'une clé nouvelle pour chaque demande', en: 'a key new for each request' },
        fr: 'En-tête « Idempotency-Key » : attendu une clé nouvelle pour chaque demande.',
        en: 'Header "Idempotency-Key": expected a key new for each request.',
      },
    ])
  const origin = request.via === 'session' ? ('screen' as const) : ('api' as const)
  return { actor: accountOf(request), key, origin }
}

const wrongPassword = (field: string): Problem =>
  new Problem(
    'FORBIDDEN',
    {
      fr: 'Le mot de passe actuel n’est pas celui-là, ou les essais ont été trop nombreux.',
      en: 'The present password is not this one, or there were too many attempts.',
    },
    {
      errors: [{ field, expected: { fr: 'le mot de passe actuel', en: 'the present password' } }],
    },
  )
