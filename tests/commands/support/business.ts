import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { collaboration } from '../../../commands/collaboration/index.ts'
import { commerce } from '../../../commands/commerce/index.ts'
import { invoicing } from '../../../commands/invoicing/index.ts'
import { ledger } from '../../../commands/ledger/index.ts'
import { organisation } from '../../../commands/organisation/index.ts'
import type { Outcome } from '../../../commands/outcome.ts'
import { openWriteSide } from '../../../commands/write-side.ts'
import type { WriteSide, WriteSideOptions } from '../../../commands/write-side.ts'
import { eventDefinitions } from '../../../domain/events.ts'
import type { Grant } from '../../../domain/organisation/user.events.ts'
import { createCodec } from '../../../event-store/codec.ts'
import { openLog } from '../../../event-store/log.ts'
import type { Log } from '../../../event-store/log.ts'
import { openStore } from '../../../cli/open-store.ts'
import type { LogPlace } from '../../../cli/open-store.ts'
import { fieldRevealer } from '../../../event-store/vault/reveal-field.ts'
import { openVault } from '../../../event-store/vault/vault.ts'
import { openSelling } from '../../support/selling.ts'

/** A write side of all contexts on a log that several processes may share, and a business to invoice with it. */

export const CONTEXTS = [organisation, commerce, ledger, invoicing, collaboration]
export const entityId = '01932f0c-0000-7000-8000-0000000000e1'
export const customerId = '01932f0c-0000-7000-8000-000000000001'
export const productId = '01932f0c-0000-7000-8000-000000000021'
export const REGISTER = `invoiceRegister-${entityId}.F`

const GRANTS: Grant[] = (['sales', 'billing', 'accountant', 'chiefAccountant', 'administrator'] as const).map(
  role => ({
    role,
    entityId: 'all',
  }),
)
const USER = '01932f0c-0000-7000-8000-0000000000aa'

export interface Business {
  readonly log: Log
  readonly side: WriteSide
  send(name: string, input: unknown, key?: string, dryRun?: boolean): Promise<Outcome>
  done(name: string, input: unknown, key?: string): Promise<Extract<Outcome, { kind: 'done' }>>
}

export interface BusinessProcess extends Business {
  close(): Promise<void>
}

/** Sends commands to a write side as somebody who may send them all. */
export const businessOn = (log: Log, side: WriteSide): Business => {
  const send: Business['send'] = (name, input, key = randomUUID(), dryRun = false) =>
    side.handler.handle({ name, input, key, dryRun, origin: 'api', actor: { userId: USER, grants: GRANTS } })
  return {
    log,
    side,
    send,
    done: async (name, input, key) => {
      const outcome = await send(name, input, key)
      if (outcome.kind !== 'done')
        throw new Error(
          `${name}: ${outcome.kind} ${'sentence' in outcome ? outcome.sentence.en : ''} ${'issues' in outcome ? outcome.issues.map(i => i.en).join(' ') : ''}`,
        )
      return outcome
    },
  }
}

export interface ProcessOptions extends LogPlace, Partial<Omit<WriteSideOptions, 'databaseUrl'>> {
  readonly masterKeyFile: string
}

/** One process on the log: its own connections, caches and locks. */
export const openBusinessProcess = async (options: ProcessOptions): Promise<BusinessProcess> => {
  const { databaseUrl, masterKeyFile } = options
  const { store } = await openStore(options)
  const vault = await openVault({ connectionString: databaseUrl, masterKeyFile })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  pool.on('error', () => undefined)
  const log = await openLog({
    store,
    codec: createCodec(eventDefinitions),
    protection: vault,
    clock: { kind: 'simulated' },
  })
  const side = await openWriteSide({
    log,
    pool,
    contexts: CONTEXTS,
    now: () => log.clock.maximum,
    hmac: (kind, text) => vault.hmac(kind, text),
    personalKeys: () => Promise.resolve([]),
    reveal: fieldRevealer(vault, log.id),
    ...options,
  })
  return {
    ...businessOn(log, side),
    close: async () => {
      await side.stop()
      await store.close()
      await vault.close()
      await pool.end()
    },
  }
}

/** An entity with its books, a series F of invoices, a customer and a product. */
export const openBusiness = async (process: Business): Promise<void> => {
  const done = (name: string, input: unknown) => process.done(name, input)
  const address = { line1: '1 rue du Port', postcode: '76600', city: 'Le Havre', country: 'FR' }
  await done('organisation.registerLegalEntity', {
    entityId,
    code: 'NW',
    name: 'Northwind SAS',
    legalForm: 'SAS',
    siren: '404833048',
    vatNumber: 'FR83404833048',
    address,
    currency: 'EUR',
    timeZone: 'Europe/Paris',
  })
  await done('organisation.openFiscalYear', {
    entityId,
    year: '2026',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
  })
  await done('organisation.chooseVatRegime', { entityId, from: '2026-01-01', services: 'receipts' })
  await done('ledger.adoptChart', { entityId, edition: 2026 })
  await done('ledger.openAccount', { entityId, account: '44574', label: 'TVA collectée en attente' })
  await done('ledger.openAccount', { entityId, account: '70851', label: 'Ports facturés' })
  for (const [journal, kind] of [
    ['VE', 'sale'],
    ['OD', 'operations'],
  ])
    await done('ledger.openJournal', { entityId, journal, label: kind, kind })
  await openSelling(done, entityId, '2026-01-01')
  await done('commerce.registerCustomer', {
    customerId,
    code: 'VINET',
    party: { kind: 'company', name: 'Vins Chevalier', siren: '732829320', address },
    currency: 'EUR',
  })
  await done('commerce.registerProduct', {
    productId,
    code: 'P1',
    name: 'Chai',
    operation: 'goods',
    unit: 'C62',
    vat: 'standard',
    revenueAccount: '707',
    unitPrice: 18_000000,
    currency: 'EUR',
  })
}

/** An order of `quantity` pieces, delivered. */
export const deliveredOrder = async (process: Business, quantity = 12_0000): Promise<string> => {
  const done = (name: string, input: unknown) => process.done(name, input)
  const [orderId, lineId] = [randomUUID(), randomUUID()]
  const number = `O-${orderId.slice(0, 8)}`
  const orderedOn = '2026-01-02'
  await done('commerce.placeOrder', {
    orderId,
    entityId,
    customerId,
    number,
    orderedOn,
    lines: [{ lineId, productId, quantity }],
  })
  await done('commerce.confirmOrder', { orderId, confirmedOn: orderedOn })
  const lines = [{ lineId, quantity }]
  await done('commerce.deliverOrder', { orderId, deliveryId: randomUUID(), deliveredOn: orderedOn, lines })
  return orderId
}

/** A draft of all that an order lets bill. */
export const draftedInvoice = async (process: Business): Promise<string> => {
  const orderId = await deliveredOrder(process)
  const invoiceId = randomUUID()
  await process.done('invoicing.draftInvoice', {
    invoiceId,
    entityId,
    customerId,
    currency: 'EUR',
    orders: [{ orderId }],
  })
  return invoiceId
}
