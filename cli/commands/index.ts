import type { Register } from '../context.ts'
import { register as importFiles } from './import.ts'
import { register as init } from './init.ts'
import { register as log } from './log.ts'
import { register as replay } from './replay.ts'
import { register as start } from './start.ts'
import { register as user } from './user.ts'

/**
 * The commands of the program, one file each. A new command is a file that exports `register` and a line here.
 * What an action needs of other rooms it imports inside the action, so that `--help` stays instant.
 */
export const commands: readonly Register[] = [start, init, importFiles, log, replay, user]
