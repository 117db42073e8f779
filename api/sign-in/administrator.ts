import { randomUUID, randomUUIDv7 } from 'node:crypto'
import type { Actor } from '../../commands/authorisation.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import type { Vault } from '../../event-store/vault/vault.ts'
import type { Account, Accounts } from './accounts.ts'
import { verifyPassword } from './password.ts'
import { setPassword, tookEffect } from './secrets.ts'
import type { SecretsDependencies } from './secrets.ts'

/** Who runs the program where its data lies: nobody signed in can do more than they. */
const OPERATOR: Actor = {
  userId: SYSTEM_ACTORS.operator,
  grants: [{ role: 'administrator', entityId: 'all' }],
}

export interface NewAdministrator {
  readonly login: string
  readonly name: string
  readonly password: string
}

export interface AdministratorDependencies extends SecretsDependencies {
  readonly accounts: Pick<Accounts, 'ofLogin' | 'find'>
  readonly vault: SecretsDependencies['vault'] & {
    readonly credentials: Pick<Vault['credentials'], 'put' | 'ofUser'>
  }
}

export type AdministratorCreated = { readonly userId: string } | { readonly refused: Outcome }

/**
 * Registers an administrator of all legal entities, with a password: the first one of a log, or another where all
 * others are locked out. The log says that the operator did. Cut short anywhere, it goes on when it is repeated: who
 * holds the login by then is the one that was begun, unless that account is another's or has another password.
 */
export const createAdministrator = async (
  deps: AdministratorDependencies,
  { login, name, password }: NewAdministrator,
): Promise<AdministratorCreated> => {
  const holder = await deps.accounts.ofLogin(login)
  const reached = holder === undefined ? 'nothing' : await reachedBy(deps, holder, password)
  if (holder !== undefined && reached === 'password') return { userId: holder }
  // Under another id the login of somebody else is refused by the books, by name.
  const userId = holder === undefined || reached === 'another' ? randomUUIDv7() : holder
  if (reached !== 'account') {
    const input = { userId, kind: 'human', login, name, grants: OPERATOR.grants }
    const registered = await deps.commands.handle({ ...sent(), name: 'organisation.registerUser', input })
    if (!tookEffect(registered)) return { refused: registered }
  }
  const set = await setPassword(deps, { userId, password }, sent())
  return tookEffect(set) ? { userId } : { refused: set }
}

/** A new key each time: what was done already, the ids tell. */
const sent = () => ({ actor: OPERATOR, origin: 'cli', key: randomUUID() }) as const

/** How far the registration of this administrator has come: a login claimed, an account, its password. */
const reachedBy = async (
  { accounts, vault }: AdministratorDependencies,
  userId: string,
  password: string,
): Promise<'login' | 'account' | 'password' | 'another'> => {
  const account = await accounts.find(userId)
  if (account === undefined) return 'login'
  if (!administersAll(account)) return 'another'
  const stored = await vault.credentials.ofUser(userId)
  if (stored === undefined || stored.credentialId !== account.credentialId) return 'account'
  return (await verifyPassword(password, stored.passwordHash)) ? 'password' : 'another'
}

const administersAll = ({ active, kind, grants }: Account): boolean =>
  active && kind === 'human' && grants.some(g => g.role === 'administrator' && g.entityId === 'all')
