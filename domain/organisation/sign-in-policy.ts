import * as E from 'fp-ts/lib/Either.js'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { same } from '../shared/same.ts'
import { signInPolicyEvents, type SignInPolicyEvent } from './sign-in-policy.events.ts'
import { Role, type Grant } from './user.events.ts'

/** How people must sign in: one stream for the whole log. */
export const SIGN_IN_POLICY_ID = 'main'

export interface SignInPolicy {
  readonly secondFactorRoles: readonly Role[]
}

type PolicyDecision = Decision<SignInPolicy, SignInPolicyEvent, never>

export const decide = {
  /** Roles in the order in which they are declared, each once: what is asked in another order is the same. */
  requireSecondFactor:
    (roles: readonly Role[]): PolicyDecision =>
    policy => {
      const ordered = Role.options.filter(role => roles.includes(role))
      return same(ordered, policy.secondFactorRoles, 'different')
        ? E.right([])
        : E.right([{ type: 'organisation.SecondFactorRequired', data: { roles: ordered } }])
    },
}

/** Whether who holds these rights must sign in with a second factor. */
export const requiresSecondFactor = (policy: SignInPolicy, grants: readonly Grant[]): boolean =>
  grants.some(({ role }) => policy.secondFactorRoles.includes(role))

const evolve = (_: SignInPolicy, event: SignInPolicyEvent): SignInPolicy => ({
  secondFactorRoles: event.data.roles,
})

export const signInPolicy: Aggregate<SignInPolicy, SignInPolicyEvent> = {
  category: 'signInPolicy',
  events: signInPolicyEvents,
  initial: { secondFactorRoles: [] },
  evolve,
}
