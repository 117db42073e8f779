import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openStore } from '../../cli/open-store.ts'
import type { OpenStore } from '../../cli/open-store.ts'
import { eventDefinitions } from '../../domain/events.ts'
import { createCodec } from '../../event-store/codec.ts'
import { createLog, openLog } from '../../event-store/log.ts'
import type { AppendResult, Log } from '../../event-store/log.ts'
import { postgresClock } from '../../event-store/postgres/server-clock.ts'
import { openVault } from '../../event-store/vault/vault.ts'
import type { Vault } from '../../event-store/vault/vault.ts'

/** The log by itself, with its real clock and vault, as a program opens it. */
export interface BenchLog {
  readonly log: Log
  readonly vault: Vault
  readonly logServer: OpenStore['logServer']
  readonly close: () => Promise<void>
}

/** @param options whether to open an empty log, and the server of the log where that is another than the database */
export const openBenchLog = async (
  databaseUrl: string,
  masterKeyFile: string,
  { create, eventStoreUrl }: { readonly create: boolean; readonly eventStoreUrl?: string | undefined },
): Promise<BenchLog> => {
  const { store, logServer } = await openStore({ databaseUrl, eventStoreUrl })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const vault = await openVault({ connectionString: databaseUrl, masterKeyFile })
  const clock = { kind: 'real', serverNow: postgresClock(pool) } as const
  const options = { store, codec: createCodec(eventDefinitions), protection: vault, clock }
  if (create)
    await createLog(options, { kind: 'sandbox', name: 'bench', recordedAt: new Date().toISOString() })
  return {
    log: await openLog(options),
    vault,
    logServer,
    close: async () => {
      await Promise.all([store.close(), pool.end(), vault.close()])
    },
  }
}

/** An event of about 600 bytes with its metadata, as PERFORMANCE measured. */
const smallEvent = () => ({
  type: 'organisation.KeyClaimed',
  data: { kind: 'orderNumber', ownerStream: `order-${randomUUID()}`, commandId: randomUUID() },
})

const ACTOR = randomUUID()

/** Appends so many events to a new stream, each time it is called. */
export const appending =
  (log: Log, size: number): (() => Promise<AppendResult>) =>
  () => {
    const commandId = randomUUID()
    return log.append({
      stream: `uniqueKey-orderNumber.${commandId}`,
      expected: 'noStream',
      events: Array.from({ length: size }, smallEvent),
      context: {
        commandId,
        correlationId: commandId,
        actor: ACTOR,
        permission: 'sales@all',
        origin: 'api',
        recordedAt: new Date().toISOString(),
      },
    })
  }
