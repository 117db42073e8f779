import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { Role } from './user.events.ts'

/** Stream `signInPolicy-main`: how people must sign in, for the whole log. */

/** From now on who holds one of these roles, in whatever entity, signs in with a second factor. Replaces what was said. */
export const SecondFactorRequired = defineEvent(
  'organisation.SecondFactorRequired',
  z.strictObject({ roles: z.array(Role).max(20) }),
)

export const signInPolicyEvents = [SecondFactorRequired] as const
export type SignInPolicyEvent = EventOf<typeof signInPolicyEvents>
