import { openPostgresStore } from '../../../event-store/postgres/postgres-store.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { bank, bankCodec, tally } from './bank.ts'

/**
 * A program that rebuilds and is killed, as by `kill -9`, at the first sign of a phase:
 * `killed-rebuild.ts <database url> <phase>`.
 */
const [, , databaseUrl = '', phase = ''] = process.argv
const store = await openPostgresStore({ connectionString: databaseUrl })
await rebuild({
  databaseUrl,
  store,
  codec: bankCodec,
  projections: [bank, tally],
  batchSize: 100,
  onProgress: progress => {
    if (progress.phase === phase && progress.events > 0) process.kill(process.pid, 'SIGKILL')
  },
})
await store.close()
