import type { ContextCommands } from '../definition.ts'
import { logCommands } from './log.ts'
import { identityCommands } from './identities.ts'
import { legalEntityCommands } from './legal-entities.ts'
import { organisationSentences } from './messages.ts'
import { personCommands } from './persons.ts'
import { signInPolicyCommands } from './sign-in-policy.ts'
import { endUnfinishedClaim } from './unfinished-claims.ts'
import { userCommands } from './users.ts'

/** What organisation can be asked, and what it says when it refuses. */
export const organisation: ContextCommands = {
  commands: [
    ...logCommands,
    ...legalEntityCommands,
    ...userCommands,
    ...identityCommands,
    ...signInPolicyCommands,
    ...personCommands,
    endUnfinishedClaim,
  ],
  sentences: organisationSentences,
}
