import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Instant, Uuid, text } from '../../../domain/shared/values.ts'
import type { ApiDependencies } from '../../dependencies.ts'
import { invalidInput } from '../../errors.ts'
import { Problem } from '../../problems.ts'
import { accountOf, clearSessionCookie } from '../../sign-in/authentication.ts'
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, verifyPassword } from '../../sign-in/password.ts'
import { issueToken, setPassword } from '../../sign-in/secrets.ts'
import { CommandAnswer, answerOf, keyOf } from '../commands.ts'

const NewPassword = z.string().min(PASSWORD_CHARACTERS_MIN).max(PASSWORD_CHARACTERS_MAX)
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

const ATTEMPTS_MAX = 10
const ATTEMPTS_WINDOW_MS = 10 * 60_000

/** Passwords and tokens: what a command alone cannot do, as its secret belongs to the vault. */
export const secretRoutes = (app: FastifyInstance, deps: ApiDependencies): void => {
  const limit = app.createRateLimit({
    max: ATTEMPTS_MAX,
    timeWindow: ATTEMPTS_WINDOW_MS,
    keyGenerator: request => `own password ${accountOf(request).userId}`,
  })

  app.post('/api/me/password', {
    schema: { summary: 'Sets one’s own password', body: OwnPassword, response: { 200: CommandAnswer } },
    handler: async (request, reply) => {
      const { current, password } = request.body as z.output<typeof OwnPassword>
      const { userId } = accountOf(request)
      const state = await limit(request)
      const credential = await deps.vault.credentials.ofUser(userId)
      const exceeded = !state.isAllowed && state.isExceeded
      if (exceeded || !(await verifyPassword(current, credential?.passwordHash))) throw wrongPassword()
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

const wrongPassword = (): Problem =>
  new Problem(
    'FORBIDDEN',
    {
      fr: 'Le mot de passe actuel n’est pas celui-là, ou les essais ont été trop nombreux.',
      en: 'The present password is not this one, or there were too many attempts.',
    },
    {
      errors: [{ field: 'current', expected: { fr: 'le mot de passe actuel', en: 'the present password' } }],
    },
  )
