import { createAccounts } from '../api/sign-in/accounts.ts'
import { createAdministrator } from '../api/sign-in/administrator.ts'
import type { NewAdministrator } from '../api/sign-in/administrator.ts'
import type { Program } from './composition.ts'
import { refusedFailure } from './refused.ts'

/**
 * Registers an administrator in the log of an open program, and gives the id of the user.
 * @throws Failure where the books refuse, as of a login that is taken
 */
export const registerAdministrator = async (
  { log, vault, writeSide }: Pick<Program, 'log' | 'vault' | 'writeSide'>,
  administrator: NewAdministrator,
): Promise<string> => {
  const accounts = createAccounts({ streams: writeSide.streams, log, vault })
  const created = await createAdministrator({ commands: writeSide.handler, accounts, vault }, administrator)
  if ('refused' in created) throw refusedFailure(created.refused)
  return created.userId
}
