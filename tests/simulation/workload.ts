/**
 * A process that handles commands without end, to be killed: `node workload.ts <database url> <master key> <seed>`.
 * Every client sends its commands one after the other, each with a key of its own, and prints an answer before it
 * sends the next; after a kill it repeats what was not answered. Prints one JSON line per answer.
 */
import pg from 'pg'
import { eventDefinitions } from '../../domain/events.ts'
import { createCodec } from '../../event-store/codec.ts'
import { openLog } from '../../event-store/log.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { openVault } from '../../event-store/vault/vault.ts'
import { openWriteSide } from '../../commands/write-side.ts'
import { commandOf } from './workload-commands.ts'
import { testContext } from '../commands/support/test-commands.ts'

const [databaseUrl = '', masterKeyFile = '', seed = '1', answered = '{}'] = process.argv.slice(2)
const CLIENTS = 8
const USER = '01900000-0000-7000-8000-0000000000aa'

const store = await openPostgresStore({ connectionString: databaseUrl })
const vault = await openVault({ connectionString: databaseUrl, masterKeyFile })
const log = await openLog({
  store,
  codec: createCodec(eventDefinitions),
  protection: vault,
  clock: { kind: 'simulated' },
})
const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
const side = await openWriteSide({
  log,
  pool,
  databaseUrl,
  contexts: [testContext],
  now: () => log.clock.maximum,
  hmac: (kind, text) => vault.hmac(kind, text),
  personalKeys: () => Promise.resolve([]),
  reactionsToRun: [],
})

const from = JSON.parse(answered) as Record<string, number>
const client = async (n: number): Promise<void> => {
  for (let i = from[n] ?? 0; ; i++) {
    const { name, input, key } = commandOf(Number(seed), n, i)
    const outcome = await side.handler.handle({
      name,
      input,
      key,
      origin: 'api',
      actor: { userId: USER, grants: [{ role: 'sales', entityId: 'all' }] },
    })
    const events = outcome.kind === 'done' ? outcome.events : []
    // Written at once: what the parent has read was acknowledged, whatever happens to this process next.
    await new Promise<void>(resolve => {
      process.stdout.write(`${JSON.stringify({ client: n, i, kind: outcome.kind, events })}\n`, () => {
        resolve()
      })
    })
  }
}
await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)))
