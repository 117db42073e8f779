import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { keyText } from '../../domain/organisation/unique-key.ts'
import type { ApiDependencies } from '../dependencies.ts'
import type { Metrics } from '../metrics.ts'
import { Problem } from '../problems.ts'
import type { Account } from './accounts.ts'
import { HashingBusy, PASSWORD_CHARACTERS_MAX, verifyPassword } from './password.ts'
import { CODE_CHARACTERS_MAX, secondFactors } from './second-factor.ts'

export const SignIn = z.strictObject({
  login: z.string().min(1).max(254),
  password: z.string().min(1).max(PASSWORD_CHARACTERS_MAX),
  code: z
    .string()
    .min(1)
    .max(CODE_CHARACTERS_MAX)
    .optional()
    .describe('Of the second factor, or a recovery code; asked for by SECOND_FACTOR_NEEDED'),
})
type SignIn = z.output<typeof SignIn>

/** Nobody's id: what is looked up for a login that does not exist, so that it takes as long. */
const NOBODY = '00000000-0000-8000-8000-000000000000'
const SIGN_IN_WINDOW_MS = 10 * 60_000
/** Several people may share an address: attempts on one account weigh more than attempts from one place. */
const ADDRESS_FACTOR = 10

/**
 * Checks login and password, and then the second factor where there is one. Whatever is wrong with the first two, the
 * answer and its time are the same: nobody learns which logins exist. Attempts are limited by login and address
 * together, then by address; codes by account as well.
 */
export const passwordSignIn = (app: FastifyInstance, deps: ApiDependencies, metrics: Metrics) => {
  const { accounts, vault, audit, settings } = deps
  const digestOf = (login: string): string => vault.hmac('loginTried', keyText('login', login))
  const factors = secondFactors(app, deps)
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
  const byPassword = async ({ login, password }: SignIn): Promise<Account> => {
    const userId = (await accounts.ofLogin(login)) ?? NOBODY
    const credential = await vault.credentials.ofUser(userId)
    const account = await accounts.find(userId)
    const matches = await verify(password, credential?.passwordHash)
    // The log says which credential is in force: one it does not name was never set, or is replaced.
    if (matches && account?.active && account.credentialId === credential?.credentialId) return account
    refuse('SIGN_IN_REFUSED', login)
    throw refused()
  }
  return async (request: FastifyRequest, signIn: SignIn): Promise<Account> => {
    for (const limit of limits) {
      const state = await limit(request)
      if (state.isAllowed || !state.isExceeded) continue
      refuse('TOO_MANY_SIGN_INS', signIn.login)
      throw tooMany(state.ttlInSeconds)
    }
    const account = await byPassword(signIn)
    if (account.factorId === undefined) return account
    if (signIn.code === undefined) throw codeNeeded()
    if (await factors.verify(request, account.factorId, signIn.code)) return account
    refuse('SECOND_FACTOR_REFUSED', signIn.login)
    throw codeRefused()
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

const refused = (): Problem =>
  new Problem('SIGN_IN_REFUSED', {
    fr: 'Identifiant ou mot de passe inconnu.',
    en: 'Login or password unknown.',
  })

const codeNeeded = (): Problem =>
  new Problem(
    'SECOND_FACTOR_NEEDED',
    {
      fr: 'Saisissez le code que montre votre application, ou un code de secours.',
      en: 'Enter the code that your application shows, or a recovery code.',
    },
    { errors: [{ field: 'code', expected: { fr: 'le code du moment', en: 'the code of the moment' } }] },
  )

/** Also for a code that was used already: it is one of the moment, once. */
export const codeRefused = (): Problem => {
  const sentence = {
    fr: 'Ce code n’est pas celui du moment, a déjà servi, ou les essais ont été trop nombreux.',
    en: 'This code is not that of the moment, was used already, or there were too many attempts.',
  }
  return new Problem('SECOND_FACTOR_REFUSED', sentence, {
    errors: [{ field: 'code', expected: { fr: 'un code qui n’a pas servi', en: 'a code not used yet' } }],
  })
}

const tooMany = (retryAfterSeconds: number): Problem =>
  new Problem(
    'TOO_MANY_REQUESTS',
    {
      fr: `Trop de tentatives de connexion : réessayez dans ${retryAfterSeconds} s.`,
      en: `Too many attempts to sign in: try again in ${retryAfterSeconds} s.`,
    },
    { retryAfterSeconds },
  )
