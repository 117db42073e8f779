import { join } from 'node:path'
import { StartRefused } from '../event-store/errors.ts'
import { openProgram } from './composition.ts'
import type { Program, ProgramOptions } from './composition.ts'
import type { Context } from './context.ts'
import type { Database } from './database.ts'
import { Failure, exitCodes } from './failure.ts'
import { ensureFolder, homeOf } from './home.ts'

export type Opening = Pick<ProgramOptions, 'roles' | 'sandboxTime'> &
  Partial<Pick<ProgramOptions, 'create' | 'gatherMs'>> & {
    readonly database: Database
    /** Which log of the embedded server: its vault has a master key of its own. */
    readonly log: string | undefined
    readonly onFault?: (error: unknown) => void
  }

/** Opens the program for a command; it is closed when the command ends, before its database stops. */
export const openFor = async (context: Context, opening: Opening): Promise<Program> => {
  const program = await asFailure(
    openProgram({
      databaseUrl: opening.database.url,
      masterKeyFile: masterKeyFile(context.environment, opening.log ?? 'main'),
      roles: opening.roles,
      sandboxTime: opening.sandboxTime,
      ...(opening.create && { create: opening.create }),
      ...(opening.gatherMs !== undefined && { gatherMs: opening.gatherMs }),
      onFault: opening.onFault ?? (() => undefined),
    }),
  )
  context.onEnd(() => program.close())
  return program
}

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
    throw new Failure(error.code, error.sentence, {
      facts: error.facts,
      exitCode: exitCodes.refused,
      cause: error,
    })
  }
}
