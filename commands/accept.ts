import { uuidv5 } from '../event-store/uuid.ts'
import { mayEver } from './authorisation.ts'
import { sentences } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { CommandRequest, HandlerDeps, Run } from './run.ts'
import { SYSTEM_ACTORS } from './system-actors.ts'
import { inputText, parseInput } from './validation.ts'

const KEY = /^[\x21-\x7e]{1,200}$/

/** Everything that can be said before anything is read. */
export const accept = (deps: HandlerDeps, request: CommandRequest): Run | Outcome => {
  const definition = deps.registry.find(request.name)
  if (!definition) return { kind: 'unknownCommand', sentence: sentences.unknownCommand }
  const parsed = parseInput(definition.input, request.input)
  if (!parsed.ok) return { kind: 'invalid', issues: parsed.issues }
  if (!request.dryRun && (request.key === undefined || !KEY.test(request.key))) return KEY_MISSING
  const { actor } = request
  const commandId = uuidv5(actor.userId, request.key ?? '')
  if (!mayEver(definition, actor)) {
    deps.refusals.refused({ actor: actor.userId, command: request.name, code: 'FORBIDDEN', commandId })
    return { kind: 'forbidden', sentence: sentences.forbidden }
  }
  // A reaction's input is the event it answers, which its metadata names.
  const inputHash =
    actor.userId === SYSTEM_ACTORS.reactions
      ? undefined
      : deps.hmac('commandInput', `${request.name}\n${inputText(parsed.input)}`)
  return { definition, input: parsed.input, actor, commandId, request, inputHash }
}

const KEY_MISSING: Outcome = {
  kind: 'invalid',
  issues: [
    {
      field: 'Idempotency-Key',
      expected: {
        fr: 'une clé de 1 à 200 caractères ASCII visibles, nouvelle pour chaque commande',
        en: 'a key of 1 to 200 visible ASCII characters, new for each command',
      },
      fr: 'En-tête « Idempotency-Key » : attendu une clé de 1 à 200 caractères ASCII visibles, nouvelle pour chaque commande.',
      en: 'Header "Idempotency-Key": expected a key of 1 to 200 visible ASCII characters, new for each command.',
    },
  ],
}
