import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import { user } from '../../domain/organisation/user.ts'
import type { UserRejection } from '../../domain/organisation/user.ts'
import type { UserRegistered } from '../../domain/organisation/user.events.ts'
import type { FactReader } from '../definition.ts'
import { sameInClear } from '../same-in-clear.ts'

type Registration = Omit<z.output<typeof UserRegistered.data>, 'person'> & {
  readonly login: string
  readonly name: string
}

/**
 * A user who is there may be registered again as he was, and in no other way: nothing would be done, and a new login
 * be claimed for nobody.
 */
export const repeatFacts = async (
  { userId, kind, login, name, grants }: Registration,
  read: FactReader,
): Promise<E.Either<UserRejection, undefined>> => {
  const known = await read.state(user, userId)
  if (known.status !== 'active' && known.status !== 'left') return E.right(undefined)
  const input = { userId, kind, person: { personId: userId, login, name }, grants }
  return (await sameInClear(read, input, known.registered))
    ? E.right(undefined)
    : E.left({ code: 'USER_EXISTS', userId })
}
