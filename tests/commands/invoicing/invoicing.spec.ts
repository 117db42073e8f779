import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SYSTEM_ACTORS } from '../../../commands/system-actors.ts'
import { recompute } from '../../../domain/ledger/posting-rules/registry.ts'
import { entryOf } from '../../../domain/ledger/posting.ts'
import { StoreUnavailable } from '../../../event-store/port.ts'
import type { CommandHarness } from '../../support/command-harness.ts'
import { shown } from '../../domain/ledger/books.ts'
import {
  company,
  conseil,
  deliveryId,
  draft,
  entityId,
  invoiceId,
  line1,
  orderId,
  unknown,
} from './company.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await company()
})
afterEach(() => house.stop())

const eventsOf = (stream: string) => house.events(stream)
const typesOf = async (stream: string) => (await eventsOf(stream)).map(({ type }) => type.split('.')[1])
const orderTypes = async () => (await typesOf(`order-${orderId}`)).slice(3)
const register = `invoiceRegister-${entityId}.F`
const issued = async () => {
  await house.done('invoicing.draftInvoice', draft)
  await house.done('invoicing.issueInvoice', { invoiceId })
}
describe('draftInvoice', () => {
  it('PROTOCOL 16: claims on the order first; the draft is what was claimed', async () => {
    await house.done('invoicing.draftInvoice', draft)
    expect(await orderTypes()).toStrictEqual(['BillingClaimed'])
    const [drafted] = await eventsOf(`invoice-${invoiceId}`)
    expect(drafted?.data).toMatchObject({
      lines: [
        {
          order: { orderId, lineId: line1, number: 'O-1' },
          delivery: { deliveryId, deliveredOn: '2026-11-18' },
          name: 'Chai',
          quantity: 12_0000n,
          unitPrice: 18_000000n,
        },
        { name: 'Conseil', quantity: 2_0000n, revenueAccount: '706' },
      ],
      freight: [{ orderId, number: 'O-1', net: 10_00n }],
      deliveries: [{ deliveryId, orderId, deliveredOn: '2026-11-18' }],
      deliverTo: { name: 'Chais Chevalier' },
    })
  })

  it('bills parts; what goes out in two deliveries stands on two lines', async () => {
    await house.done('invoicing.draftInvoice', {
      ...draft,
      orders: [{ orderId, lines: [{ lineId: line1, quantity: 5_0000 }], freight: 0 }],
    })
    const second = unknown
    await house.done('invoicing.draftInvoice', { ...draft, invoiceId: second })
    const [drafted] = await eventsOf(`invoice-${second}`)
    expect(drafted?.data).toMatchObject({
      lines: [{ quantity: 7_0000n }, { quantity: 2_0000n }],
      freight: [{ net: 10_00n }],
    })
  })

  it('bills no freight by itself: it is taxed like what it goes with, a free line if need be', async () => {
    const lines = [
      { lineId: line1, quantity: 12_0000 },
      { lineId: conseil, quantity: 2_0000 },
    ]
    await house.done('invoicing.draftInvoice', { ...draft, orders: [{ orderId, lines, freight: 0 }] })
    const second = { ...draft, invoiceId: unknown }
    const freeLine = {
      name: 'Frais de dossier',
      operation: 'services',
      quantity: 1_0000,
      unit: 'C62',
      unitPrice: 5_000000,
      discountRate: 0,
      vat: 'standard',
      revenueAccount: '706',
    }
    expect(await house.rejection('invoicing.draftInvoice', second)).toStrictEqual({
      code: 'FREIGHT_WITHOUT_LINE',
    })
    expect(await orderTypes()).toStrictEqual(['BillingClaimed'])
    await house.done('invoicing.draftInvoice', { ...second, lines: [freeLine] })
    const emptied = { invoiceId: unknown, orders: [{ orderId, freight: 10_00 }] }
    expect(await house.rejection('invoicing.changeInvoiceDraft', emptied)).toStrictEqual({
      code: 'FREIGHT_WITHOUT_LINE',
    })
  })

  it('never bills twice', async () => {
    await house.done('invoicing.draftInvoice', draft)
    const lines = [{ lineId: line1, quantity: 1 }]
    expect(
      await house.rejection('invoicing.draftInvoice', {
        ...draft,
        invoiceId: unknown,
        orders: [{ orderId, lines, freight: 0 }],
      }),
    ).toStrictEqual({ code: 'BILLING_EXCEEDS_DELIVERED', lineId: line1, asked: 1n, remaining: 0n })
  })

  it('PROTOCOL 16: goes on from the stored claim when it was cut off behind it', async () => {
    await house.done('invoicing.draftInvoice', {
      ...draft,
      invoiceId: unknown,
      orders: [{ orderId, lines: [{ lineId: line1, quantity: 2_0000 }], freight: 0 }],
    })
    const append = house.log.append.bind(house.log)
    const cut = vi
      .spyOn(house.log, 'append')
      .mockImplementation(request =>
        request.stream === `invoice-${invoiceId}`
          ? Promise.reject(new StoreUnavailable('cut off'))
          : append(request),
      )
    const outcome = await house.send('invoicing.draftInvoice', draft, { key: 'once' })
    expect(outcome.kind).toBe('unavailable')
    cut.mockRestore()
    expect(await typesOf(`invoice-${invoiceId}`)).toStrictEqual([])
    // Meanwhile the rest of another order's life goes on: the claim does not move.
    await house.done('invoicing.cancelInvoiceDraft', { invoiceId: unknown, explanation: 'Erreur' })
    await house.done('invoicing.draftInvoice', draft, { key: 'once' })
    const [drafted] = await eventsOf(`invoice-${invoiceId}`)
    expect(drafted?.data).toMatchObject({ lines: [{ quantity: 10_0000n }, { quantity: 2_0000n }] })
    expect(await orderTypes()).toStrictEqual(['BillingClaimed', 'BillingClaimed', 'BillingReleased'])
  })

  it('PROTOCOL 16: what was claimed and never drafted is ended, then released', async () => {
    const append = house.log.append.bind(house.log)
    const cut = vi
      .spyOn(house.log, 'append')
      .mockImplementation(request =>
        request.stream === `invoice-${invoiceId}`
          ? Promise.reject(new StoreUnavailable('cut off'))
          : append(request),
      )
    await house.send('invoicing.draftInvoice', draft, { key: 'once' })
    cut.mockRestore()
    const reactions = { as: { userId: SYSTEM_ACTORS.reactions, grants: [] } }
    const abandon = { invoiceId, orders: [orderId], explanation: 'Jamais préparée' }
    await house.done('invoicing.abandonInvoice', abandon, reactions)
    expect(await typesOf(`invoice-${invoiceId}`)).toStrictEqual(['InvoiceDraftCancelled'])
    expect(await orderTypes()).toStrictEqual(['BillingClaimed', 'BillingReleased'])
    // The command that was only paused finds its owner ended.
    const late = await house.send('invoicing.draftInvoice', draft, { key: 'once' })
    expect(late).toMatchObject({ kind: 'refused', rejection: { code: 'INVOICE_CANCELLED' } })
    expect(await orderTypes()).toStrictEqual(['BillingClaimed', 'BillingReleased'])
  })

  it('PROTOCOL 16: a draft that lives is not abandoned', async () => {
    await house.done('invoicing.draftInvoice', draft)
    const reactions = { as: { userId: SYSTEM_ACTORS.reactions, grants: [] } }
    const abandon = { invoiceId, orders: [orderId], explanation: 'Jamais préparée' }
    expect((await house.send('invoicing.abandonInvoice', abandon, reactions)).kind).toBe('nothing')
    expect(await orderTypes()).toStrictEqual(['BillingClaimed'])
    const person = await house.send('invoicing.abandonInvoice', abandon)
    expect(person.kind).toBe('forbidden')
  })

  it.each([
    [{ customerId: unknown }, { code: 'CUSTOMER_NOT_FOUND' }],
    [{ orders: [] }, { code: 'INVOICE_EMPTY' }],
    [{ orders: [{ orderId: unknown }] }, { code: 'ORDER_NOT_FOUND' }],
    [{ orders: [{ orderId }, { orderId }] }, { code: 'ORDER_NAMED_TWICE', orderId }],
    [{ currency: 'USD' }, { code: 'ORDER_OF_OTHERS', orderId, field: 'currency' }],
    [{ entityId: unknown }, { code: 'ORDER_OF_OTHERS', orderId, field: 'entityId' }],
  ])('refuses %o', async (more, rejection) => {
    expect(await house.rejection('invoicing.draftInvoice', { ...draft, ...more })).toStrictEqual(rejection)
    expect(await orderTypes()).toStrictEqual([])
  })
})

describe('changeInvoiceDraft and cancelInvoiceDraft', () => {
  const to = (quantity: number) => ({
    invoiceId,
    orders: [{ orderId, lines: [{ lineId: line1, quantity }], freight: 0 }],
  })

  it('PROTOCOL 16: a lowered draft frees nothing until it ends, then gives all back', async () => {
    await house.done('invoicing.draftInvoice', draft)
    await house.done('invoicing.changeInvoiceDraft', to(4_0000))
    expect(await orderTypes()).toStrictEqual(['BillingClaimed'])
    const cancel = { invoiceId, explanation: 'Erreur de client' }
    await house.done('invoicing.cancelInvoiceDraft', cancel)
    expect(await typesOf(`invoice-${invoiceId}`)).toStrictEqual([
      'InvoiceDrafted',
      'InvoiceDraftChanged',
      'InvoiceDraftCancelled',
    ])
    const events = await eventsOf(`order-${orderId}`)
    expect(events.at(-1)).toMatchObject({
      type: 'commerce.BillingReleased',
      data: { lines: [{ lineId: line1, quantity: 12_0000n }, { quantity: 2_0000n }], freight: 10_00n },
    })
    expect((await house.send('invoicing.cancelInvoiceDraft', cancel)).kind).toBe('nothing')
    expect(await house.rejection('invoicing.changeInvoiceDraft', to(1))).toStrictEqual({
      code: 'INVOICE_CANCELLED',
    })
  })

  it('a raised draft claims the more', async () => {
    await house.done('invoicing.draftInvoice', { ...draft, ...{ orders: to(4_0000).orders } })
    await house.done('invoicing.changeInvoiceDraft', to(9_0000))
    const claims = (await eventsOf(`order-${orderId}`)).filter(e => e.type === 'commerce.BillingClaimed')
    expect(claims.map(c => (c.data as { lines: unknown }).lines)).toStrictEqual([
      [{ lineId: line1, quantity: 4_0000n }],
      [{ lineId: line1, quantity: 5_0000n }],
    ])
    const changed = (await eventsOf(`invoice-${invoiceId}`)).at(-1)
    const { lines } = changed?.data as { lines: { quantity: bigint }[] }
    expect(lines.reduce((total, l) => total + l.quantity, 0n)).toBe(9_0000n)
  })

  it('refuse an invoice that is not there, or issued', async () => {
    for (const [command, input] of [
      ['changeInvoiceDraft', to(1)],
      ['cancelInvoiceDraft', { invoiceId, explanation: 'x' }],
      ['issueInvoice', { invoiceId }],
    ] as const)
      expect(await house.rejection(`invoicing.${command}`, input)).toStrictEqual({
        code: 'INVOICE_NOT_FOUND',
      })
    await issued()
    expect(await house.rejection('invoicing.changeInvoiceDraft', to(1))).toStrictEqual({
      code: 'INVOICE_ALREADY_REQUESTED',
    })
    const cancel = { invoiceId, explanation: 'x' }
    expect(await house.rejection('invoicing.cancelInvoiceDraft', cancel)).toStrictEqual({
      code: 'INVOICE_ALREADY_REQUESTED',
    })
  })
})

describe('issueInvoice', () => {
  it('freezes, numbers and posts', async () => {
    await issued()
    const [event] = await eventsOf(register)
    // 12 × 18.00 = 216.00, + freight 10.00 = 226.00; advice 2 × 500.00 = 1,000.00. 20 % of 1,226.00 = 245.20: goods
    // 45.20, advice 200.00. Gross 1,471.20.
    expect(shown(entryOf(event!))).toStrictEqual([
      'VE 2026-11-22 F2026-000001 of 2026-11-22 sale 1',
      'D 411 VINET 1471.20 by 2026-12-22',
      'C 707 216.00 | S 20.00% delivery 216.00 + 0.00 due 2026-11-18',
      'C 706 1000.00 | S 20.00% receipts 1000.00 + 0.00 waits',
      'C 7085 10.00 | S 20.00% delivery 10.00 + 0.00 due 2026-11-18',
      'C 44571 45.20 | S 20.00% delivery 226.00 + 45.20 due 2026-11-18',
      'C 44574 200.00 | S 20.00% receipts 1000.00 + 200.00 waits',
    ])
    expect(recompute(event!)).toStrictEqual(entryOf(event!))
  })

  it('adds nothing when asked again', async () => {
    await issued()
    const before = await house.store.head()
    expect((await house.send('invoicing.issueInvoice', { invoiceId })).kind).toBe('nothing')
    expect(await house.store.head()).toStrictEqual(before)
  })

  it('PROTOCOL 16: releases after the request what the draft had claimed and does not bill', async () => {
    await house.done('invoicing.draftInvoice', draft)
    await house.done('invoicing.changeInvoiceDraft', {
      invoiceId,
      orders: [{ orderId, lines: [{ lineId: line1, quantity: 4_0000 }], freight: 10_00 }],
    })
    await house.done('invoicing.issueInvoice', { invoiceId })
    expect((await eventsOf(`order-${orderId}`)).at(-1)).toMatchObject({
      type: 'commerce.BillingReleased',
      data: {
        lines: [
          { lineId: line1, quantity: 8_0000n },
          { lineId: conseil, quantity: 2_0000n },
        ],
        freight: 0n,
      },
    })
  })

  it('PROTOCOL 25: is refused in a locked journal, with the first open day', async () => {
    await house.done('invoicing.draftInvoice', draft)
    await house.done('ledger.lockJournal', { entityId, period: '2026-11', journal: 'VE' })
    expect(await house.rejection('invoicing.issueInvoice', { invoiceId })).toStrictEqual({
      code: 'JOURNAL_LOCKED_FOR_ENTRIES',
      day: '2026-11-22',
      journal: 'VE',
      period: '2026-11',
      firstOpenDay: '2026-12-01',
    })
  })

  it('wants a series of this entity', async () => {
    await house.done('invoicing.draftInvoice', draft)
    expect(await house.rejection('invoicing.issueInvoice', { invoiceId, series: 'X' })).toStrictEqual({
      code: 'SERIES_NOT_FOUND',
      series: 'X',
    })
    await house.done('organisation.openNumberSeries', {
      entityId,
      series: 'G',
      documents: ['invoice'],
      journal: 'VE',
      pattern: 'G{number:4}',
    })
    expect(await house.rejection('invoicing.issueInvoice', { invoiceId })).toStrictEqual({
      code: 'SERIES_TO_CHOOSE',
      series: ['F', 'G'],
    })
    await house.done('invoicing.issueInvoice', { invoiceId, series: 'G' })
    expect(await eventsOf(`invoiceRegister-${entityId}.G`)).toHaveLength(1)
  })
})
