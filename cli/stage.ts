import { user } from '../domain/organisation/user.ts'
import type { Actor } from '../commands/authorisation.ts'
import type { Origin } from '../event-store/metadata.ts'
import { SYSTEM_ACTORS } from '../commands/system-actors.ts'
import type { Sender, Stage } from '../integrations/player.ts'
import type { Program } from './composition.ts'

/** What who plays a business may do: all that a house's people may, in every entity of this sandbox. */
const EVERYTHING = (['sales', 'billing', 'accountant', 'chiefAccountant', 'administrator'] as const).map(
  role => ({ role, entityId: 'all' as const }),
)

/** Binds a program to whoever plays a business on it: commands and the sandbox's clock, nothing else. */
export const stageOf = ({ writeSide, clock }: Program, origin: Origin): Stage => {
  const actorOf = async (sender: Sender): Promise<Actor> => {
    if (sender.kind !== 'user') return { userId: SYSTEM_ACTORS[sender.kind], grants: EVERYTHING }
    const { state } = await writeSide.streams.read(user, sender.userId)
    return { userId: sender.userId, grants: state.status === 'active' ? state.grants : [] }
  }
  return {
    execute: async ({ name, input, key, sender }) =>
      writeSide.handler.handle({ name, input, key, actor: await actorOf(sender), origin }),
    clock,
  }
}
