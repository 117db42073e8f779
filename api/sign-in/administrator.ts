import { randomUUIDv7 } from 'node:crypto'
import type { Actor } from '../../commands/authorisation.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { setPassword } from './secrets.ts'
import type { SecretsDependencies } from './secrets.ts'

/** Who runs the program where its data lies: nobody signed in can do more than they. */
const OPERATOR: Actor = {
  userId: SYSTEM_ACTORS.operator,
  grants: [{ role: 'administrator', entityId: 'all' }],
}

export type AdministratorCreated = { readonly userId: string } | { readonly refused: Outcome }

/**
 * Registers an administrator of all legal entities, with a password: the first one of a log, or another where all
 * others are locked out. The log says that the operator did.
 */
export const createAdministrator = async (
  deps: SecretsDependencies,
  { login, name, password }: { readonly login: string; readonly name: string; readonly password: string },
): Promise<AdministratorCreated> => {
  const userId = randomUUIDv7()
  const by = { actor: OPERATOR, origin: 'cli', key: userId } as const
  const registered = await deps.commands.handle({
    ...by,
    name: 'organisation.registerUser',
    input: { userId, kind: 'human', login, name, grants: OPERATOR.grants },
  })
  if (registered.kind !== 'done') return { refused: registered }
  const set = await setPassword(deps, { userId, password }, { ...by, key: `${userId}-password` })
  return set.kind === 'done' ? { userId } : { refused: set }
}
