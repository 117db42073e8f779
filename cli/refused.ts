import type { Outcome } from '../commands/outcome.ts'
import { ImportFailure } from '../integrations/import/errors.ts'
import { Refused } from '../integrations/player.ts'
import { Failure, exitCodes } from './failure.ts'

/** What a command refused, as the command line says it. */
export const refusedFailure = (outcome: Outcome): Failure => {
  if (outcome.kind === 'refused')
    return new Failure(outcome.rejection.code, outcome.sentence, { exitCode: exitCodes.refused })
  if (outcome.kind === 'invalid') {
    const [issue] = outcome.issues
    const sentence = { en: issue?.en ?? 'Not accepted.', fr: issue?.fr ?? 'Refusé.' }
    return new Failure('INVALID_INPUT', sentence, { exitCode: exitCodes.usage })
  }
  const sentence =
    'sentence' in outcome ? outcome.sentence : { en: 'Nothing was done.', fr: 'Rien n’a été fait.' }
  return new Failure('NOT_DONE', sentence)
}

/** Failures of an import whose cause is an argument: a profile or a file of the folder that is not there. */
const NAMED_WRONGLY: ReadonlySet<string> = new Set(['PROFILE_UNKNOWN', 'FILE_UNREADABLE'])

/** What makes playing a business impossible, or what the books refuse of it, is said as everything else is. */
export const asPlayed = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof ImportFailure) {
      const exitCode = NAMED_WRONGLY.has(error.code) ? exitCodes.usage : exitCodes.failure
      throw new Failure(error.code, error.sentence, { facts: error.facts, exitCode, cause: error })
    }
    if (error instanceof Refused)
      throw new Failure(error.code, error.sentence, { exitCode: exitCodes.refused, cause: error })
    throw error
  }
}
