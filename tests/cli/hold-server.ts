/**
 * A program that does nothing but run the embedded server of a folder, for tests that kill it or run it as
 * another user: `node hold-server.ts <home> [refuse|share]`. Says `ready <pid of the server> <url>`, then ends
 * on SIGTERM, or at once, leaving everything as it is, on SIGHUP; SIGINT is only noted, as by a program that is still closing its own connections.
 */
import { once } from 'node:events'
import { embeddedPostgres } from '../../cli/embedded-postgres/embedded-postgres.ts'
import { readPostmaster } from '../../cli/embedded-postgres/server.ts'
import { Failure } from '../../cli/failure.ts'

const [folder = '', whenRunning = 'refuse'] = process.argv.slice(2)
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
process.on('SIGINT', () => say('interrupted'))
process.on('SIGHUP', () => process.exit(129))
const terminated = once(process, 'SIGTERM')
const awake = setInterval(() => undefined, 60_000)
try {
  const server = await embeddedPostgres({
    home: { folder, chosen: true },
    command: 'hold',
    whenRunning: whenRunning === 'share' ? 'share' : 'refuse',
    say: () => undefined,
  })
  const url = await server.ensureDatabase('held')
  say(`ready ${readPostmaster(`${folder}/postgres`)?.pid ?? 'hidden'} ${url}`)
  await terminated
  await server.stop()
  say('stopped')
} catch (error) {
  say(error instanceof Failure ? `failed ${error.code}` : String(error))
  process.exitCode = 1
} finally {
  clearInterval(awake)
}
