import { join } from 'node:path'
import { StartRefused } from '../event-store/errors.ts'
import { Failure, exitCodes } from './failure.ts'
import type { Sentence } from './failure.ts'
import { ensureFolder, homeOf } from './home.ts'

/** File of mode 0600 with the master key of a log’s vault. */
export const masterKeyFile = (environment: NodeJS.ProcessEnv, log: string): string => {
  const folder = join(homeOf(environment).folder, 'vault')
  ensureFolder(folder, 0o700)
  return join(folder, `${log}.key`)
}

/** What the log or the vault refuses is said to a person as everything else is. */
export const asFailure = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    throw new Failure(error.code, error.code === 'LOG_EMPTY' ? HOW_TO_OPEN : error.sentence, {
      facts: error.facts,
      exitCode: error.code === 'EVENTSTORE_UNREACHABLE' ? exitCodes.failure : exitCodes.refused,
      cause: error,
    })
  }
}

const HOW_TO_OPEN: Sentence = {
  en: 'The log is empty: fill it with the demonstration (start --demo) or an import (import), or open it for real business (init --production).',
  fr: 'Le journal est vide : remplissez-le par la démonstration (start --demo) ou un import (import), ou ouvrez-le pour une activité réelle (init --production).',
}
