import { commerce } from '../../commands/commerce/index.ts'
import { invoicing } from '../../commands/invoicing/index.ts'
import { ledger } from '../../commands/ledger/index.ts'
import { organisation } from '../../commands/organisation/index.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { user } from '../../domain/organisation/user.ts'
import type { DemonstrationStage } from '../../integrations/demonstration/play.ts'
import { commandHarness, everywhere, type CommandHarness } from '../support/command-harness.ts'

export interface PlayedLog extends CommandHarness {
  readonly stage: DemonstrationStage
  /** Passwords that were set, by user. */
  readonly passwords: ReadonlyMap<string, string>
}

/** Every command of the product on a log in memory that begins at an instant, as a stage to play on. */
export const playedLog = async (at: string, origin: 'import' | 'demo'): Promise<PlayedLog> => {
  const harness = await commandHarness([commerce, invoicing, ledger, organisation], { at })
  const passwords = new Map<string, string>()
  const everything = everywhere('sales', 'billing', 'accountant', 'chiefAccountant', 'administrator')
  const stage: DemonstrationStage = {
    clock: harness.clock,
    execute: async ({ name, input, key, sender }) => {
      const own = sender.kind === 'user' ? await harness.deps.streams.read(user, sender.userId) : undefined
      const grants = own?.state.status === 'active' ? own.state.grants : everything
      const userId = sender.kind === 'user' ? sender.userId : SYSTEM_ACTORS[sender.kind]
      return harness.handler.handle({ name, input, key, origin, actor: { userId, grants } })
    },
    setPassword: async (userId, password) => void passwords.set(userId, password),
  }
  return { ...harness, stage, passwords }
}
