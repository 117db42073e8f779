import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import type { ApiDependencies } from '../dependencies.ts'

/**
 * Codes of the moment as authenticator applications make them (RFC 6238: SHA-1, 6 digits, 30 seconds), and recovery
 * codes for who has lost theirs. A code counts for the step before and after its own, as clocks differ, and once: the
 * vault remembers the last step that was used.
 */
const PERIOD_S = 30
const STEPS_AROUND = 1
/** As long as the hash of it (RFC 4226). */
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
/** 80 bits: nobody finds one by trying, so its digest is as good as it. */
const RECOVERY_CODE_BYTES = 10
export const CODE_CHARACTERS_MAX = 40

/** Six digits are few: attempts are limited by account, from wherever they come. */
const ATTEMPTS_MAX = 10
const ATTEMPTS_WINDOW_MS = 10 * 60_000

const OF_THE_MOMENT = /^\d{6}$/
const RECOVERY = /^[A-Z2-7]{16}$/

/** What an application is given, by a picture or by hand. */
export interface OfferedFactor {
  readonly factorId: string
  /** Base32. */
  readonly secret: string
  /** `otpauth://…`, what the picture says. */
  readonly uri: string
}

export interface SecondFactorCheck {
  /** Whether a code is right, and not used before: it is used up by being asked about. */
  verify(request: FastifyRequest, factorId: string, code: string): Promise<boolean>
}

const totp = (secret: Buffer, label: string): TOTP =>
  new TOTP({
    issuer: 'Grandlivre',
    label,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    period: PERIOD_S,
  })

/** Limits count per application: each route that asks for codes shares them by the name of the factor. */
export const secondFactors = (
  app: FastifyInstance,
  { vault, now = Date.now }: Pick<ApiDependencies, 'vault' | 'now'>,
): SecondFactorCheck => {
  const tried = new WeakMap<FastifyRequest, string>()
  const limit = app.createRateLimit({
    max: ATTEMPTS_MAX,
    timeWindow: ATTEMPTS_WINDOW_MS,
    keyGenerator: request => `second factor ${tried.get(request) ?? ''}`,
  })
  return {
    async verify(request, factorId, code) {
      tried.set(request, factorId)
      const state = await limit(request)
      if (!state.isAllowed && state.isExceeded) return false
      const bare = code.replaceAll(/[\s-]/g, '').toUpperCase()
      if (RECOVERY.test(bare)) return vault.secondFactors.useRecoveryCode(factorId, bare)
      if (!OF_THE_MOMENT.test(bare)) return false
      const factor = await vault.secondFactors.find(factorId)
      if (!factor) return false
      const timestamp = now()
      const delta = totp(factor.secret, '').validate({ token: bare, timestamp, window: STEPS_AROUND })
      if (delta === null) return false
      return vault.secondFactors.useStep(factorId, Math.floor(timestamp / 1_000 / PERIOD_S) + delta)
    },
  }
}

/** Makes a secret and keeps it: it counts once a code made from it has come back. */
export const offerFactor = async (
  { secondFactors }: ApiDependencies['vault'],
  { userId, login }: { readonly userId: string; readonly login: string },
): Promise<OfferedFactor> => {
  const factorId = randomUUID()
  const secret = randomBytes(SECRET_BYTES)
  await secondFactors.put({ factorId, userId, secret })
  const made = totp(secret, login)
  return { factorId, secret: made.secret.base32, uri: made.toString() }
}

/** New recovery codes in place of all earlier ones, as they are told, once. */
export const renewRecoveryCodes = async (
  { secondFactors }: ApiDependencies['vault'],
  factorId: string,
): Promise<readonly string[]> => {
  const codes = Array.from(
    { length: RECOVERY_CODES },
    () => new Secret({ buffer: new Uint8Array(randomBytes(RECOVERY_CODE_BYTES)).buffer }).base32,
  )
  await secondFactors.putRecoveryCodes(factorId, codes)
  return codes.map(code => code.replace(/(.{4})(?!$)/g, '$1-'))
}
