import { newId } from '../forms/ids.ts'
import { noteSignIn, post, remove, removeFor } from './client.ts'

/** What changes how one signs in: passwords, codes, links, tokens. No command of its own, as each holds a secret. */

/** @param code of the second factor, where a first try was answered by SECOND_FACTOR_NEEDED */
export const signIn = async (login: string, password: string, code?: string): Promise<void> => {
  await post('/api/session', { login, password, ...(code !== undefined && { code }) })
  noteSignIn()
}
/** @returns where the browser goes on: to the identity provider where the session came from there, else to the start */
export const signOut = async (): Promise<string> =>
  (await removeFor<{ readonly goOn?: string }>('/api/session')).goOn ?? '/'

interface GoOn {
  readonly goOn: string
}
/** Where the browser goes to sign in through the identity provider. */
export const beginAtProvider = async (): Promise<string> =>
  (await post<GoOn>('/api/sign-in/provider', {})).goOn
/** Where the browser goes to link this account to the identity provider. */
export const beginLink = async (): Promise<string> => (await post<GoOn>('/api/me/identity', {})).goOn

export interface Invited {
  readonly login: string
  readonly name: string
  readonly expiresAt: string
}
export const openInvitation = (secret: string): Promise<Invited> => post('/api/invitation', { secret })
export const acceptInvitation = (secret: string, password: string): Promise<{ readonly login: string }> =>
  post('/api/invitation/password', { secret, password })

const newKey = (): Record<string, string> => ({ 'Idempotency-Key': newId() })

export const inviteUser = (userId: string, expiresAt: string): Promise<{ readonly secret: string }> =>
  post(`/api/organisation/users/${userId}/invitations`, { expiresAt }, newKey())

/** @param key the same for each try: one token is issued */
export const issueToken = (
  userId: string,
  token: { readonly label: string; readonly expiresAt: string },
  key: string,
): Promise<{ readonly secret?: string }> =>
  post(`/api/organisation/users/${userId}/tokens`, token, { 'Idempotency-Key': key })

export const changePassword = async (current: string, password: string): Promise<void> => {
  await post('/api/me/password', { current, password }, newKey())
}

export interface OfferedFactor {
  readonly factorId: string
  readonly secret: string
  /** What the picture says. */
  readonly uri: string
}
export const offerFactor = (password: string, code: string): Promise<OfferedFactor> =>
  post('/api/me/second-factor/offer', { password, ...(code !== '' && { code }) })

interface RecoveryCodes {
  readonly recoveryCodes: readonly string[]
}
export const setFactor = async (factorId: string, code: string): Promise<readonly string[]> =>
  (await post<RecoveryCodes>('/api/me/second-factor', { factorId, code })).recoveryCodes
export const renewRecoveryCodes = async (code: string): Promise<readonly string[]> =>
  (await post<RecoveryCodes>('/api/me/recovery-codes', { code })).recoveryCodes

export const endSession = (sessionId: string): Promise<void> => remove(`/api/me/sessions/${sessionId}`)
