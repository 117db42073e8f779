import { randomBytes } from 'node:crypto'
import type { Actor } from '../../commands/authorisation.ts'
import type { CommandHandler, CommandRequest } from '../../commands/handler.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { uuidv5 } from '../../event-store/uuid.ts'
import type { Vault } from '../../event-store/vault/vault.ts'
import { hashPassword } from './password.ts'

/**
 * What opens an account lies in two places: the log says that a credential was set and by whom, the vault holds its
 * hash. The log comes first, for it says who may; a credential without its hash opens nothing, and the repeat of the
 * request puts it there. The ids derive from the request's key, so that a repeat is one.
 */
export interface SecretsDependencies {
  readonly commands: CommandHandler
  readonly vault: {
    readonly credentials: Pick<Vault['credentials'], 'put'>
    readonly tokens: Pick<Vault['tokens'], 'put'>
    readonly invitations: Pick<Vault['invitations'], 'put'>
    readonly sessions: Pick<Vault['sessions'], 'removeOf'>
  }
}

/** The commands that only these functions send: by themselves they would name a secret that nobody has. */
export const SECRET_COMMANDS: ReadonlySet<string> = new Set([
  'organisation.setPassword',
  'organisation.issueToken',
  'organisation.inviteUser',
  'organisation.acceptInvitation',
  'organisation.setSecondFactor',
  'organisation.linkIdentity',
])

export type By = Pick<CommandRequest, 'origin'> & { readonly actor: Actor; readonly key: string }

/** Whether what was asked stands now, by this request or by an earlier one. */
export const tookEffect = (outcome: Outcome): boolean => outcome.kind === 'done' || outcome.kind === 'nothing'

/** Sets the password of a user, and ends their sessions. */
export const setPassword = async (
  { commands, vault }: SecretsDependencies,
  { userId, password }: { readonly userId: string; readonly password: string },
  by: By,
): Promise<Outcome> => {
  const passwordHash = await hashPassword(password)
  const credentialId = uuidv5(userId, `password ${by.key}`)
  const input = { userId, credentialId }
  const outcome = await commands.handle({ ...by, name: 'organisation.setPassword', input })
  if (!tookEffect(outcome)) return outcome
  await vault.credentials.put({ credentialId, userId, passwordHash })
  await vault.sessions.removeOf(userId)
  return outcome
}

export type TokenIssued =
  /** `secret` is absent where a first request of this key was told it. */
  { readonly tokenId: string; readonly secret: string | undefined } | { readonly refused: Outcome }

/** Issues a token: its secret is told this once. */
export const issueToken = async (
  { commands, vault }: SecretsDependencies,
  {
    userId,
    label,
    expiresAt,
  }: { readonly userId: string; readonly label: string; readonly expiresAt: string },
  by: By,
): Promise<TokenIssued> => {
  const tokenId = uuidv5(userId, `token ${by.key}`)
  const input = { userId, tokenId, label, expiresAt }
  const outcome = await commands.handle({ ...by, name: 'organisation.issueToken', input })
  if (!tookEffect(outcome)) return { refused: outcome }
  const secret = `gl_${randomBytes(32).toString('base64url')}`
  const first = await isFirst(vault.tokens.put({ tokenId, userId, secret, expiresAt }))
  return { tokenId, secret: first ? secret : undefined }
}

export type Invited =
  /** `secret` is absent where a first request of this key was told it. */
  | { readonly invitationId: string; readonly secret: string | undefined; readonly expiresAt: string }
  | { readonly refused: Outcome }

/** Makes the link by which a user sets a password: its secret is told this once. */
export const inviteUser = async (
  { commands, vault }: SecretsDependencies,
  { userId, expiresAt }: { readonly userId: string; readonly expiresAt: string },
  by: By,
): Promise<Invited> => {
  const invitationId = uuidv5(userId, `invitation ${by.key}`)
  const input = { userId, invitationId, expiresAt }
  const outcome = await commands.handle({ ...by, name: 'organisation.inviteUser', input })
  if (!tookEffect(outcome)) return { refused: outcome }
  const secret = randomBytes(32).toString('base64url')
  const first = await isFirst(vault.invitations.put({ ...input, secret }))
  return { invitationId, secret: first ? secret : undefined, expiresAt }
}

/** Whether something was put under its id for the first time. */
const isFirst = async (putting: Promise<void>): Promise<boolean> => {
  try {
    await putting
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error
    return false
  }
}

/** PostgreSQL's word for a key that is there already. */
const UNIQUE_VIOLATION = '23505'
