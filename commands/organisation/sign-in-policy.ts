import * as E from 'fp-ts/lib/Either.js'
import { decide, SIGN_IN_POLICY_ID, signInPolicy } from '../../domain/organisation/sign-in-policy.ts'
import { SecondFactorRequired } from '../../domain/organisation/sign-in-policy.events.ts'
import { defineCommand, step } from '../definition.ts'

/** How people sign in holds for all entities: who administers some of them does not decide it. */
export interface PolicyRejection {
  readonly code: 'POLICY_BEYOND_OWN'
}

const requireSecondFactor = defineCommand({
  name: 'organisation.requireSecondFactor',
  summary: { fr: 'Exiger un second facteur de certains rôles', en: 'Require a second factor of roles' },
  input: SecondFactorRequired.data,
  roles: ['administrator'],
  facts: async (_, __, { grants }): Promise<E.Either<PolicyRejection, undefined>> =>
    grants.some(({ role, entityId }) => role === 'administrator' && entityId === 'all')
      ? E.right(undefined)
      : E.left({ code: 'POLICY_BEYOND_OWN' }),
  steps: ({ roles }) => [
    step({ aggregate: signInPolicy, id: SIGN_IN_POLICY_ID, decide: decide.requireSecondFactor(roles) }),
  ],
})

export const signInPolicyCommands = [requireSecondFactor]
