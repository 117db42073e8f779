import { appending, openBenchLog } from './bench-log.ts'
import { rate } from './statistics.ts'

/**
 * Appends in a process of its own: `append-alone.ts <database url> <master key file> <callers> <milliseconds>` prints
 * events per second.
 */
const [databaseUrl = '', masterKeyFile = '', callers = '1', milliseconds = '1000'] = process.argv.slice(2)
const { log, close } = await openBenchLog(databaseUrl, masterKeyFile, { create: false })
console.log(await rate(Number(callers), Number(milliseconds), appending(log, 1)))
await close()
