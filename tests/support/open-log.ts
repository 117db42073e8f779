import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openStore } from '../../cli/open-store.ts'
import type { LogPlace } from '../../cli/open-store.ts'
import { eventDefinitions } from '../../domain/events.ts'
import type { EventDefinition } from '../../domain/shared/events.ts'
import type { ClockSource } from '../../event-store/clock.ts'
import { createCodec } from '../../event-store/codec.ts'
import { createLog, openLog } from '../../event-store/log.ts'
import type { AppendContext, Log } from '../../event-store/log.ts'
import type { EventStore } from '../../event-store/port.ts'
import { openVault } from '../../event-store/vault/vault.ts'
import type { Vault } from '../../event-store/vault/vault.ts'
import { freshDatabase } from './postgres.ts'

/** A sandbox log with a simulated clock, its vault and its database, all of a test's own. */
export interface OpenedLog extends LogPlace {
  readonly log: Log
  readonly store: EventStore
  readonly vault: Vault
  readonly pool: pg.Pool
  readonly masterKeyFile: string
  close(): Promise<void>
}

export interface OpenTestLogOptions {
  readonly definitions?: readonly EventDefinition[]
  readonly clock?: ClockSource
  readonly kind?: 'production' | 'sandbox'
  readonly openedAt?: string
  /** The EventStoreDB server to put the log on; in the test's database where there is none. */
  readonly eventStoreUrl?: string | undefined
}

export const OPENED_AT = '2026-01-02T03:04:05.678Z'

export const openTestLog = async ({
  definitions = eventDefinitions,
  clock = { kind: 'simulated' },
  kind = 'sandbox',
  openedAt = OPENED_AT,
  eventStoreUrl,
}: OpenTestLogOptions = {}): Promise<OpenedLog> => {
  const database = await freshDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'grandlivre-vault-'))
  const masterKeyFile = join(folder, 'master.key')
  const place = { databaseUrl: database.url, eventStoreUrl }
  const { store } = await openStore(place)
  const vault = await openVault({ connectionString: database.url, masterKeyFile })
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  const options = { store, codec: createCodec(definitions), protection: vault, clock }
  await createLog(options, { kind, name: 'test', recordedAt: openedAt })
  return {
    log: await openLog(options),
    store,
    vault,
    pool,
    ...place,
    masterKeyFile,
    async close() {
      await Promise.all([store.close(), vault.close(), pool.end()])
      await database.drop()
      await rm(folder, { recursive: true })
    },
  }
}

/** Who acts in a test, and when. */
export const contextAt = (recordedAt: string, given: Partial<AppendContext> = {}): AppendContext => {
  const commandId = randomUUID()
  return {
    commandId,
    correlationId: commandId,
    actor: '00000000-0000-4000-8000-000000000002',
    origin: 'api',
    recordedAt,
    ...given,
  }
}
