import { openProgram } from '../../cli/composition.ts'
import { serve } from '../../cli/serve.ts'
import { REQUESTS_UNBOUNDED } from '../support/unbounded.ts'

/**
 * A second API process on a log that is there: `api-alone.ts <database url> <master key file>` prints its address and
 * serves until its standard input ends.
 */
const [databaseUrl = '', masterKeyFile = ''] = process.argv.slice(2)
const program = await openProgram({
  databaseUrl,
  masterKeyFile,
  roles: [],
  sandboxTime: 'machine',
  onFault: error => {
    console.error(error)
  },
})
const { address, close } = await serve(program, {
  port: 0,
  logging: { level: 'silent' },
  requestsPerMinuteMax: REQUESTS_UNBOUNDED,
})
console.log(address)
process.stdin.resume()
process.stdin.once('end', () => {
  void close().then(() => program.close())
})
