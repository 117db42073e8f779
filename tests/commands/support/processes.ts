import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { Outcome } from '../../../commands/outcome.ts'
import { openWriteSide } from '../../../commands/write-side.ts'
import type { WriteSide, WriteSideOptions } from '../../../commands/write-side.ts'
import { eventDefinitions } from '../../../domain/events.ts'
import { createCodec } from '../../../event-store/codec.ts'
import { openLog } from '../../../event-store/log.ts'
import { openPostgresStore } from '../../../event-store/postgres/postgres-store.ts'
import { fieldRevealer } from '../../../event-store/vault/reveal-field.ts'
import { EVERYBODY, everywhere } from '../../support/command-harness.ts'
import { OPENED_AT, openTestLog } from '../../support/open-log.ts'
import type { OpenedLog } from '../../support/open-log.ts'
import { testContext } from './test-commands.ts'

/** Several processes at work on one log on PostgreSQL, anew for each test of the file that calls `useProcesses`. */

export let opened: OpenedLog
/** What background work survived; a test takes out what it expects. */
export let faults: unknown[]
export let sides: { side: WriteSide; close: () => Promise<void> }[]

export const useProcesses = (): void => {
  beforeEach(async () => {
    opened = await openTestLog()
    sides = []
    faults = []
  })
  afterEach(async () => {
    for (const { close } of sides) await close()
    await opened.close()
    expect(faults).toEqual([])
  })
}

/** A process of its own, as far as memory goes: its own store, caches and locks on the shared database. */
export const process = async (
  options: Partial<WriteSideOptions> = {},
  beforeAppend = (): Promise<void> => Promise.resolve(),
): Promise<WriteSide> => {
  const store = await openPostgresStore({ connectionString: opened.databaseUrl })
  const log = await openLog({
    store,
    codec: createCodec(eventDefinitions),
    protection: opened.vault,
    clock: { kind: 'simulated' },
  })
  const append = log.append.bind(log)
  vi.spyOn(log, 'append').mockImplementation(async request => {
    await beforeAppend()
    return append(request)
  })
  const side = await openWriteSide({
    log,
    pool: opened.pool,
    databaseUrl: opened.databaseUrl,
    contexts: [testContext],
    now: () => OPENED_AT,
    hmac: (kind, text) => opened.vault.hmac(kind, text),
    personalKeys: () => Promise.resolve([]),
    reveal: fieldRevealer(opened.vault, log.id),
    reactionsToRun: [],
    onFault: fault => faults.push(fault),
    ...options,
  })
  const close = async () => {
    await side.stop()
    await store.close()
  }
  sides.push({ side, close })
  return side
}

export const send = (
  side: WriteSide,
  name: string,
  input: unknown,
  key: string = randomUUID(),
): Promise<Outcome> =>
  side.handler.handle({
    name,
    input,
    key,
    origin: 'api',
    actor: { userId: EVERYBODY, grants: everywhere('sales', 'accountant', 'administrator') },
  })

export const pricesOf = async (productId: string): Promise<bigint[]> =>
  (await opened.log.load(`product-${productId}`)).events.map(e => (e.data as { unitPrice: bigint }).unitPrice)
