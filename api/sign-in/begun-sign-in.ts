import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ApiDependencies } from '../dependencies.ts'

/**
 * A sign-in that is under way at an identity provider. What must come back is kept by the browser that began it, in a
 * cookie of ten minutes that only this program can have written: nobody else's code is taken by it, and no state is held
 * here for those who never come back.
 */
const Begun = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.int(),
  /** Who links an account of theirs; absent for who signs in. */
  linking: z.string().optional(),
})
export type Begun = z.output<typeof Begun>

const COOKIE = 'grandlivre-sign-in'
const PATH = '/api/sign-in'
export const SIGN_IN_MS_MAX = 10 * 60_000

type Keeping = Pick<ApiDependencies, 'settings' | 'now'> & {
  readonly vault: Pick<ApiDependencies['vault'], 'hmac'>
}

const sealOf = ({ vault }: Keeping, text: string): string => vault.hmac('signInBegun', text)

/** Lax: the browser comes back from another site, and a strict cookie would stay behind. */
const optionsOf = ({ settings }: Keeping) =>
  ({ path: PATH, httpOnly: true, sameSite: 'lax', secure: settings.secureCookies }) as const

export const keepBegun = (reply: FastifyReply, keeping: Keeping, begun: Omit<Begun, 'until'>): void => {
  const until = (keeping.now ?? Date.now)() + SIGN_IN_MS_MAX
  const text = Buffer.from(JSON.stringify({ ...begun, until })).toString('base64url')
  reply.setCookie(COOKIE, `${text}.${sealOf(keeping, text)}`, {
    ...optionsOf(keeping),
    maxAge: SIGN_IN_MS_MAX / 1_000,
  })
}

/** What this browser began, once: undefined where it is none of ours, or too old. */
export const takeBegun = (
  request: FastifyRequest,
  reply: FastifyReply,
  keeping: Keeping,
): Begun | undefined => {
  const [text = '', seal = ''] = (request.cookies[COOKIE] ?? '').split('.')
  reply.clearCookie(COOKIE, optionsOf(keeping))
  const expected = sealOf(keeping, text)
  const isOurs =
    seal.length === expected.length &&
    timingSafeEqual(Buffer.from(seal, 'utf8'), Buffer.from(expected, 'utf8'))
  if (!isOurs) return undefined
  const begun = Begun.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  return begun.until > (keeping.now ?? Date.now)() ? begun : undefined
}
