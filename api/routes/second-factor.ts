import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Uuid } from '../../domain/shared/values.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { accountOf } from '../sign-in/authentication.ts'
import { codeRefused } from '../sign-in/by-password.ts'
import { PASSWORD_CHARACTERS_MAX } from '../sign-in/password.ts'
import {
  CODE_CHARACTERS_MAX,
  offerFactor,
  renewRecoveryCodes,
  secondFactors,
} from '../sign-in/second-factor.ts'
import { tookEffect } from '../sign-in/secrets.ts'
import { answerOf } from './commands.ts'
import { presentPassword } from './organisation/secrets.ts'

const Code = z.string().min(1).max(CODE_CHARACTERS_MAX)
const Asked = z.strictObject({
  password: z.string().min(1).max(PASSWORD_CHARACTERS_MAX),
  code: Code.optional().describe('Of the present second factor, where there is one'),
})
const Offered = z.strictObject({ factorId: z.string(), secret: z.string(), uri: z.string() })
const Confirmed = z.strictObject({ factorId: Uuid, code: Code })
const RecoveryCodes = z
  .strictObject({ recoveryCodes: z.array(z.string()) })
  .describe('Told this once; each opens once, in place of a code')
const Standing = z.strictObject({
  set: z.boolean(),
  required: z.boolean(),
  recoveryCodesLeft: z.int(),
})

/** What a second factor is set by, also where nothing else opens before. */
const config = { beforeSecondFactor: true } as const

/** One's own second factor: how it stands, an offered secret, its confirmation by a code, recovery codes. */
export const secondFactorRoutes = (app: FastifyInstance, deps: ApiDependencies): void => {
  const { vault, commands, accounts } = deps
  const factors = secondFactors(app, deps)
  const requirePassword = presentPassword(app, deps)
  const requireCode: RequireCode = async (request, factorId, code) => {
    if (!(await factors.verify(request, factorId, code))) throw codeRefused()
  }

  app.get('/api/me/second-factor', {
    config,
    schema: { summary: 'How one’s own second factor stands', response: { 200: Standing } },
    handler: async request => {
      const { factorId, needsFactor } = accountOf(request)
      const left = factorId === undefined ? 0 : await vault.secondFactors.recoveryCodesLeft(factorId)
      return { set: factorId !== undefined, required: needsFactor, recoveryCodesLeft: left }
    },
  })

  app.post('/api/me/second-factor/offer', {
    config,
    schema: {
      summary: 'Offers the secret of a second factor: it counts once it is confirmed',
      body: Asked,
      response: { 200: Offered },
    },
    handler: async request => {
      const { password, code } = request.body as z.output<typeof Asked>
      const { userId, factorId } = accountOf(request)
      await requirePassword(request, { field: 'password', password })
      if (factorId !== undefined) await requireCode(request, factorId, code ?? '')
      const login = (await accounts.personOf(userId))?.login ?? userId
      return offerFactor(vault, { userId, login })
    },
  })

  app.post('/api/me/second-factor', {
    config,
    schema: {
      summary: 'Sets the offered second factor, by a code made from it',
      body: Confirmed,
      response: { 200: RecoveryCodes },
    },
    handler: async (request, reply): Promise<unknown> => {
      const { factorId, code } = request.body as z.output<typeof Confirmed>
      const actor = accountOf(request)
      const { userId } = actor
      if ((await vault.secondFactors.find(factorId))?.userId !== userId) throw codeRefused()
      await requireCode(request, factorId, code)
      // They open nothing before the log names the factor, and none is lost with a connection behind it.
      const recoveryCodes = await renewRecoveryCodes(vault, factorId)
      const by = { actor, origin: 'screen', key: `second-factor.${factorId}` } as const
      const outcome = await commands.handle({
        ...by,
        name: 'organisation.setSecondFactor',
        input: { userId, factorId },
      })
      if (!tookEffect(outcome)) return answerOf(outcome, {}, reply)
      await vault.secondFactors.removeOthers(userId, factorId)
      return { recoveryCodes }
    },
  })
  recoveryCodesRoute(app, deps, requireCode)
}

type RequireCode = (request: FastifyRequest, factorId: string, code: string) => Promise<void>

const recoveryCodesRoute = (
  app: FastifyInstance,
  { vault }: ApiDependencies,
  requireCode: RequireCode,
): void => {
  app.post('/api/me/recovery-codes', {
    schema: {
      summary: 'Replaces one’s recovery codes',
      body: z.strictObject({ code: Code }),
      response: { 200: RecoveryCodes },
    },
    handler: async request => {
      const { code } = request.body as { readonly code: string }
      const { factorId } = accountOf(request)
      if (factorId === undefined) throw codeRefused()
      await requireCode(request, factorId, code)
      return { recoveryCodes: await renewRecoveryCodes(vault, factorId) }
    },
  })
}
