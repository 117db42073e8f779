import { Uuid } from '../../domain/shared/values.ts'
import { CommandInputs } from '../command-inputs.ts'
import { placeOf } from '../check.ts'
import type { Check } from '../check.ts'

/**
 * A key means one input (PROTOCOL 13). Sent with two inputs to two processes within the moment in which neither knows
 * of the other, it takes effect twice where the inputs go to different streams: nothing refuses that, so it is told.
 */
export const commands: Check = {
  name: 'commands',
  title: {
    fr: 'Chaque commande n’a agi que pour une seule demande',
    en: 'Each command took effect for one input alone',
  },
  begin: (_, report) => {
    const inputs = new CommandInputs()
    return {
      see: event => {
        const { commandId, inputHash, stream } = event
        if (!Uuid.safeParse(commandId).success || !inputs.differs(commandId, inputHash)) return
        report(placeOf(event), {
          code: 'KEY_OF_TWO_INPUTS',
          severity: 'warning',
          found: `${commandId} ${inputHash ?? ''}`.trimEnd(),
          expected: 'the input under which the command recorded first',
          sentence: {
            fr: `La commande ${commandId} a agi dans ${stream} pour une autre demande que d’abord : une même clé a servi à deux demandes, au même moment, auprès de deux processus. Comparez ce que cette commande a enregistré, et corrigez ce qui est de trop.`,
            en: `Command ${commandId} took effect in ${stream} for another input than at first: one key was sent with two inputs, at the same moment, to two processes. Compare what this command recorded, and correct what is too much.`,
          },
        })
      },
    }
  },
}
