import type { Streams } from '../../commands/streams.ts'
import { KeyClaimed, type KeyKind } from '../../domain/organisation/claim.events.ts'
import { identityPart, keyId, keyText, uniqueKey } from '../../domain/organisation/unique-key.ts'
import {
  requiresSecondFactor,
  SIGN_IN_POLICY_ID,
  signInPolicy,
  type SignInPolicy,
} from '../../domain/organisation/sign-in-policy.ts'
import type { Grant } from '../../domain/organisation/user.events.ts'
import { user, type KnownUser } from '../../domain/organisation/user.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import type { Log } from '../../event-store/log.ts'
import type { Vault } from '../../event-store/vault/vault.ts'

/** An account as the log tells it now. */
export interface Account {
  readonly userId: string
  readonly kind: 'human' | 'program'
  readonly grants: readonly Grant[]
  /** False once the user left: nothing opens any more. */
  readonly active: boolean
  /** Which credential of the vault is the one in force. */
  readonly credentialId: string | undefined
  /** Which second factor of the vault is asked for beside the password; undefined where none is. */
  readonly factorId: string | undefined
  /** Whether their rights want a second factor: without one, a session opens nothing but the setting of one. */
  readonly needsFactor: boolean
  /** Who they are at an identity provider, where they sign in through one. */
  readonly identity: KnownUser['identity']
  /** The one invitation that may still set a password; its age is the vault's to tell. */
  readonly invitationId: string | undefined
  /** Whether a token was issued to the account and not revoked; its age is the vault's to tell. */
  readonly holdsToken: (tokenId: string) => boolean
}

export interface Accounts {
  /** Whose login this is. */
  ofLogin(login: string): Promise<string | undefined>
  /** Who somebody is here whom an identity provider knows by this subject; also one who is only about to be registered. */
  ofIdentity(issuer: string, subject: string): Promise<string | undefined>
  /** Asked with every request: answered from memory as a rule. */
  find(userId: string): Promise<Account | undefined>
  /** How people must sign in, now. */
  policy(): Promise<SignInPolicy>
  /** Clear texts for the account's own owner; undefined where they were erased. */
  personOf(userId: string): Promise<{ readonly login: string; readonly name: string } | undefined>
}

/** Accounts read from their streams: a right that was taken away in this process is gone with the next request. */
export const createAccounts = (sources: {
  readonly streams: Streams
  readonly log: Log
  readonly vault: Pick<Vault, 'hmac' | 'reveal'>
}): Accounts => {
  const { streams, log, vault } = sources
  const policy = async (): Promise<SignInPolicy> =>
    (await streams.read(signInPolicy, SIGN_IN_POLICY_ID)).state
  const holderOf = async (kind: KeyKind, part: string): Promise<string | undefined> => {
    const key = keyId(kind, vault.hmac('uniqueKey', keyText(kind, part)))
    // Not through the remembered streams: whoever guesses logins would push out what is used.
    const last = await log.lastEvent(streamOf(uniqueKey, key))
    if (last?.type !== KeyClaimed.type) return undefined
    const { ownerStream } = last.data as { readonly ownerStream: string }
    return ownerStream.slice(ownerStream.indexOf('-') + 1)
  }
  return {
    ofLogin: login => holderOf('login', login),
    ofIdentity: (issuer, subject) => holderOf('identity', identityPart(issuer, subject)),
    async find(userId) {
      const [{ state }, present] = await Promise.all([streams.read(user, userId), policy()])
      if (state.status === 'none' || state.status === 'abandoned') return undefined
      return {
        userId,
        kind: state.registered.kind,
        grants: state.grants,
        active: state.status === 'active',
        credentialId: state.credentialId,
        factorId: state.factorId,
        needsFactor: requiresSecondFactor(present, state.grants),
        identity: state.identity,
        invitationId: state.invitation?.invitationId,
        holdsToken: tokenId => state.tokens.get(tokenId)?.revoked === false,
      }
    },
    policy,
    async personOf(userId) {
      const { state } = await streams.read(user, userId)
      if (state.status === 'none' || state.status === 'abandoned') return undefined
      const { login, name } = state.registered.person
      if (typeof login === 'string' || typeof name === 'string')
        throw new Error('a state holds a clear text of a person')
      const [clearLogin, clearName] = await vault.reveal(log.id, [
        { field: 'login', value: login },
        { field: 'name', value: name },
      ])
      return typeof clearLogin === 'string' && typeof clearName === 'string'
        ? { login: clearLogin, name: clearName }
        : undefined
    },
  }
}
