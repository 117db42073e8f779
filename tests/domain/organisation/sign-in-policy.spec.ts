import { describe, expect, it } from 'vitest'
import { decide, requiresSecondFactor, signInPolicy } from '../../../domain/organisation/sign-in-policy.ts'
import type { SignInPolicyEvent } from '../../../domain/organisation/sign-in-policy.events.ts'
import type { Role } from '../../../domain/organisation/user.events.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(signInPolicy)
const required = (...roles: Role[]): SignInPolicyEvent => ({
  type: 'organisation.SecondFactorRequired',
  data: { roles },
})

describe('roles that need a second factor', () => {
  it('are required in the order of their declaration, each once', () =>
    given()
      .when(decide.requireSecondFactor(['administrator', 'sales', 'administrator']))
      .then(required('sales', 'administrator')))
  it('are required once, and replaced as a whole', () => {
    given(required('sales', 'administrator'))
      .when(decide.requireSecondFactor(['administrator', 'sales']))
      .thenNothing()
    given().when(decide.requireSecondFactor([])).thenNothing()
    given(required('sales')).when(decide.requireSecondFactor([])).then(required())
  })
  it('are asked of who holds one of them, wherever', () => {
    const policy = { secondFactorRoles: ['administrator'] as const }
    const entityId = '01932f0c-0000-7000-8000-0000000000e1'
    expect(requiresSecondFactor(policy, [{ role: 'sales', entityId: 'all' }])).toBe(false)
    expect(requiresSecondFactor(policy, [{ role: 'administrator', entityId }])).toBe(true)
  })
})
