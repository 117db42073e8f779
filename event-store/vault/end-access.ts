import {
  UserIdentityUnlinked,
  UserInvitationWithdrawn,
  UserLeft,
  UserSecondFactorReset,
} from '../../domain/organisation/user.events.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import type { Vault } from './vault.ts'

type Secrets = Pick<Vault, 'credentials' | 'secondFactors' | 'tokens' | 'invitations' | 'sessions'>

/**
 * Destroys the secrets that the log says open nothing any more, before the command that said so is answered. Where the
 * program is cut off between the two, they stay and still open nothing: each is asked for by the name the log gives.
 */
export const endAccess = async (vault: Secrets, events: readonly DomainEvent[]): Promise<void> => {
  for (const { type, data } of events) {
    const { userId } = data as { readonly userId: string }
    const ended = ENDED[type]?.(vault) ?? []
    for (const secrets of ended) await secrets.removeOf(userId)
  }
}

interface Removable {
  removeOf(userId: string): Promise<void>
}

/**
 * What each event ends. Who has no second factor any more signs in again, and sets another where one is required; a
 * session may have been opened by the link that was ended.
 */
const ENDED: Readonly<Record<string, (vault: Secrets) => readonly Removable[]>> = {
  [UserLeft.type]: ({ credentials, secondFactors, tokens, invitations, sessions }) => [
    sessions,
    tokens,
    credentials,
    secondFactors,
    invitations,
  ],
  [UserSecondFactorReset.type]: ({ secondFactors, sessions }) => [sessions, secondFactors],
  [UserIdentityUnlinked.type]: ({ sessions }) => [sessions],
  [UserInvitationWithdrawn.type]: ({ invitations }) => [invitations],
}
