import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { uuidv5 } from '../../event-store/uuid.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { Problem } from '../problems.ts'
import type { Account } from '../sign-in/accounts.ts'
import { hashPassword } from '../sign-in/password.ts'
import { tookEffect } from '../sign-in/secrets.ts'
import { answerOf } from './commands.ts'
import { NewPassword } from './organisation/secrets.ts'

const Secret = z.string().min(1).max(100)
const Opened = z.strictObject({ secret: Secret })
const Accepted = z.strictObject({ secret: Secret, password: NewPassword })
const Invited = z.strictObject({ login: z.string(), name: z.string(), expiresAt: z.string() })

/** Nobody finds a secret of 256 bits by trying; the limit is for the work that trying makes. */
const ATTEMPTS_MAX = 60
const ATTEMPTS_WINDOW_MS = 10 * 60_000

interface Standing {
  readonly account: Account
  readonly invitationId: string
  readonly expiresAt: string
}

/** What whoever opens the link of an invitation may do with it: see whose it is, and set the password, once. */
export const invitationRoutes = (app: FastifyInstance, deps: ApiDependencies): void => {
  const config = {
    open: true,
    rateLimit: { max: ATTEMPTS_MAX, timeWindow: ATTEMPTS_WINDOW_MS },
  } as const

  app.post('/api/invitation', {
    config,
    schema: { summary: 'Whose invitation this is', body: Opened, response: { 200: Invited } },
    handler: async request => {
      const { account, expiresAt } = await standingOf(deps, (request.body as z.output<typeof Opened>).secret)
      const person = await deps.accounts.personOf(account.userId)
      if (!person) throw over()
      return { login: person.login, name: person.name, expiresAt }
    },
  })

  app.post('/api/invitation/password', {
    config,
    schema: {
      summary: 'Sets the password of who was invited: the link opens nothing afterwards',
      body: Accepted,
      response: { 200: z.strictObject({ login: z.string() }) },
    },
    handler: async (request, reply): Promise<unknown> => {
      const { secret, password } = request.body as z.output<typeof Accepted>
      const { account, invitationId } = await standingOf(deps, secret)
      const { userId, grants } = account
      const passwordHash = await hashPassword(password)
      // Two who open one link: the first password stands, and the other one is told.
      const key = `invitation.${invitationId}.${request.id}`
      const credentialId = uuidv5(userId, key)
      const outcome = await deps.commands.handle({
        name: 'organisation.acceptInvitation',
        input: { userId, invitationId, credentialId },
        actor: { userId, grants },
        origin: 'screen',
        key,
      })
      if (!tookEffect(outcome)) return answerOf(outcome, {}, reply)
      await deps.vault.credentials.put({ credentialId, userId, passwordHash })
      await deps.vault.invitations.removeOf(userId)
      await deps.vault.sessions.removeOf(userId)
      return { login: (await deps.accounts.personOf(userId))?.login ?? '' }
    },
  })
}

/** The invitation of a secret, where the log still counts on it. @throws Problem where it opens nothing any more */
const standingOf = async (
  { vault, accounts, now = Date.now }: ApiDependencies,
  secret: string,
): Promise<Standing> => {
  const invitation = await vault.invitations.find(secret)
  if (!invitation || Date.parse(invitation.expiresAt) <= now()) throw over()
  const account = await accounts.find(invitation.userId)
  if (!account?.active || account.invitationId !== invitation.invitationId) throw over()
  return { account, ...invitation }
}

/** One answer to what never was, what was used and what is over: it tells nothing. */
const over = (): Problem =>
  new Problem(
    'REFUSED',
    {
      fr: 'Cette invitation n’ouvre plus rien : elle a servi, a expiré ou a été remplacée ; demandez-en une autre.',
      en: 'This invitation opens nothing any more: it was used, expired or was replaced; ask for another one.',
    },
    { code: 'INVITATION_OVER' },
  )
