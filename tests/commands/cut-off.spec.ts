import { afterEach, describe, expect, it } from 'vitest'
import { createCommandHandler } from '../../commands/handler.ts'
import { Streams } from '../../commands/streams.ts'
import { StoreUnavailable } from '../../event-store/port.ts'
import { EVERYBODY, everywhere } from '../support/command-harness.ts'
import type { CommandHarness } from '../support/command-harness.ts'
import { memoryCommandIndex } from '../support/memory-command-index.ts'
import { customer, legalEntity, order, product } from './commerce/business.ts'
import { chai, company, draft, invoiceId, line1, orderId, paid, unknown } from './invoicing/company.ts'

/** Every command of several appends, cut off at each of them, and sent again with its key to another process. */

type Way = readonly [name: string, input: object, before: readonly (readonly [string, object])[]]

const second = {
  ...order,
  orderId: unknown,
  number: 'O-2',
  lines: [{ lineId: line1, productId: chai, quantity: 3_0000 }],
}
const bothOrders: Way[2] = [
  ['commerce.placeOrder', second],
  ['commerce.confirmOrder', { orderId: unknown, confirmedOn: '2026-11-20' }],
  [
    'commerce.deliverOrder',
    {
      orderId: unknown,
      deliveryId: unknown,
      deliveredOn: '2026-11-20',
      lines: [{ lineId: line1, quantity: 3_0000 }],
    },
  ],
]
const twoOrders = { ...draft, orders: [{ orderId }, { orderId: unknown }] }
const drafted: Way[2] = [...bothOrders, ['invoicing.draftInvoice', twoOrders]]
const one = { lineId: line1, quantity: 1_0000 }
const lowered = {
  invoiceId,
  orders: [
    { orderId, lines: [one], freight: 0 },
    { orderId: unknown, lines: [one], freight: 0 },
  ],
}
const raised = {
  invoiceId,
  orders: [
    { orderId, lines: [{ lineId: line1, quantity: 12_0000 }], freight: 0 },
    { orderId: unknown, lines: [{ lineId: line1, quantity: 3_0000 }], freight: 0 },
  ],
}
const few: Way[2] = [...bothOrders, ['invoicing.draftInvoice', { ...draft, orders: lowered.orders }]]
const WAYS: readonly Way[] = [
  [
    'organisation.registerLegalEntity',
    { ...legalEntity, entityId: unknown, code: 'B', siren: '732829320', vatNumber: 'FR44732829320' },
    [],
  ],
  ['organisation.registerUser', { userId: unknown, kind: 'human', login: 'n', name: 'N', grants: [] }, []],
  ['commerce.registerCustomer', { ...customer, customerId: unknown, code: 'B' }, []],
  ['commerce.registerProduct', { ...product, productId: unknown, code: 'B' }, []],
  ['commerce.placeOrder', second, []],
  ['invoicing.draftInvoice', twoOrders, bothOrders],
  ['invoicing.changeInvoiceDraft', raised, few],
  ['invoicing.cancelInvoiceDraft', { invoiceId, explanation: 'x' }, drafted],
  ['invoicing.issueInvoice', { invoiceId }, [...drafted, ['invoicing.changeInvoiceDraft', lowered]]],
  ['invoicing.recordPayment', paid, []],
]

const opened: CommandHarness[] = []
const prepared = async (before: Way[2]): Promise<CommandHarness> => {
  const house = await company()
  opened.push(house)
  for (const [name, input] of before) await house.done(name, input)
  return house
}

afterEach(async () => {
  for (const house of opened.splice(0)) await house.stop()
})

type Send = (name: string, input: object) => Promise<{ readonly kind: string }>

/** Another process on the log: nothing remembered, and the index as the log has it. */
const process = (house: CommandHarness, log = house.log): Send => {
  const handler = createCommandHandler({
    ...house.deps,
    log,
    streams: new Streams(house.log),
    index: memoryCommandIndex(house.store),
  })
  const actor = {
    userId: EVERYBODY,
    grants: everywhere('sales', 'billing', 'accountant', 'chiefAccountant', 'administrator'),
  }
  return (name, input) => handler.handle({ name, input, key: 'cut', origin: 'api', actor })
}

/** A log that is away from its append number `cut` on; where `stored`, that one is stored and its answer lost. */
const cutAt = (log: CommandHarness['log'], cut: number, stored: boolean): CommandHarness['log'] => {
  let appends = 0
  return Object.assign(Object.create(log) as typeof log, {
    append: async (request: Parameters<typeof log.append>[0]) => {
      const nth = appends++
      if (nth < cut) return log.append(request)
      if (nth === cut && stored) await log.append(request)
      throw new StoreUnavailable('cut off')
    },
  })
}

/** What a command left, register apart: its events name ids that every log has its own of. */
const left = async (house: CommandHarness, from: number): Promise<unknown[]> => {
  const streams = [...new Set(house.store.events.slice(from).map(event => event.stream))]
  const events = await Promise.all(streams.map(stream => house.events(stream)))
  return events
    .flat()
    .map(({ stream, type, data }) => ({
      stream,
      type,
      data: stream.startsWith('invoiceRegister-') ? undefined : data,
    }))
    .toSorted((a, b) => (a.stream < b.stream ? -1 : 1))
}

describe.each(WAYS)('PROTOCOL 13, 16: %s', (name, input, before) => {
  it('leaves the same, once, wherever it was cut off before it was sent again', async () => {
    const whole = await prepared(before)
    const from = whole.store.events.length
    expect(await process(whole)(name, input)).toMatchObject({ kind: 'done' })
    const expected = await left(whole, from)
    const appends = new Set(whole.store.events.slice(from).map(event => event.stream)).size
    expect(appends).toBeGreaterThan(1)
    for (let cut = 0; cut < appends; cut++)
      for (const stored of [false, true]) {
        const house = await prepared(before)
        const start = house.store.events.length
        await process(house, cutAt(house.log, cut, stored))(name, input)
        expect(await process(house)(name, input)).toMatchObject({ kind: 'done' })
        expect(await left(house, start)).toStrictEqual(expected)
        const { length } = house.store.events
        expect(await process(house)(name, input)).toMatchObject({ kind: 'done' })
        expect(house.store.events).toHaveLength(length)
      }
  })
})
