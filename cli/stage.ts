import { PeriodCut } from '../domain/ledger/period.events.ts'
import { user } from '../domain/organisation/user.ts'
import type { Actor } from '../commands/authorisation.ts'
import type { Origin } from '../event-store/metadata.ts'
import { uuidv5 } from '../event-store/uuid.ts'
import { SYSTEM_ACTORS } from '../commands/system-actors.ts'
import { setPassword } from '../api/sign-in/secrets.ts'
import type { DemonstrationStage } from '../integrations/demonstration/play.ts'
import type { Sender, Stage } from '../integrations/player.ts'
import { waitForEffects } from '../projections/engine/watermarks.ts'
import type { Program } from './composition.ts'

/** What who plays a business may do: all that a house's people may, in every entity of this sandbox. */
const EVERYTHING = (['sales', 'billing', 'accountant', 'chiefAccountant', 'administrator'] as const).map(
  role => ({ role, entityId: 'all' as const }),
)

const actorIdOf = (sender: Sender): string =>
  sender.kind === 'user' ? sender.userId : SYSTEM_ACTORS[sender.kind]

/** Binds a program to whoever plays a business on it: commands and the sandbox's clock, nothing else. */
export const stageOf = ({ writeSide, clock }: Program, origin: Origin): Stage => {
  const actorOf = async (sender: Sender): Promise<Actor> => {
    const userId = actorIdOf(sender)
    if (sender.kind !== 'user') return { userId, grants: EVERYTHING }
    const { state } = await writeSide.streams.read(user, userId)
    return { userId, grants: state.status === 'active' ? state.grants : [] }
  }
  return {
    execute: async ({ name, input, key, sender }) =>
      writeSide.handler.handle({ name, input, key, actor: await actorOf(sender), origin }),
    clock,
  }
}

const EFFECTS_MS_MAX = 10_000

/**
 * The same for a demonstration, whose users have passwords that everybody knows. What a cut sets off is waited for:
 * the clock would be days ahead of it otherwise.
 */
export const demonstrationStageOf = (program: Program): DemonstrationStage => ({
  ...stageOf(program, 'demo'),
  execute: async command => {
    const outcome = await stageOf(program, 'demo').execute(command)
    if (outcome.kind === 'done' && outcome.events.some(({ type }) => type === PeriodCut.type)) {
      const commandId = uuidv5(actorIdOf(command.sender), command.key)
      await waitForEffects(program.readModels, commandId, outcome.position, EFFECTS_MS_MAX)
    }
    return outcome
  },
  setPassword: async (userId, password, key) => {
    const { writeSide, vault } = program
    const actor = { userId: SYSTEM_ACTORS.demonstration, grants: EVERYTHING }
    const by = { actor, origin: 'demo', key } as const
    const outcome = await setPassword({ commands: writeSide.handler, vault }, { userId, password }, by)
    if (outcome.kind !== 'done' && outcome.kind !== 'nothing')
      throw new Error(`the password of ${userId} was not set: ${outcome.kind}`)
  },
})
