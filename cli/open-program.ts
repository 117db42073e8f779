import { openProgram } from './composition.ts'
import type { Program, ProgramOptions } from './composition.ts'
import type { Context } from './context.ts'
import type { Database } from './database.ts'
import { asFailure, masterKeyFile } from './vault-key.ts'

export type Opening = Pick<ProgramOptions, 'roles' | 'sandboxTime'> &
  Partial<Pick<ProgramOptions, 'create' | 'gatherMs'>> & {
    readonly database: Database
    readonly onFault?: (error: unknown) => void
  }

/** Opens the program for a command; it is closed when the command ends, before its database stops. */
export const openFor = async (context: Context, opening: Opening): Promise<Program> => {
  const program = await asFailure(
    openProgram({
      databaseUrl: opening.database.url,
      eventStoreUrl: context.eventStoreUrl(),
      masterKeyFile: masterKeyFile(context.environment, opening.database.log),
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
