import { cents, grossOf, quantity, rate, unitPrice, productOf } from './amounts.ts'
import { advances, manualEntries, orders } from './business.ts'
import type { DemonstrationLine, DemonstrationOrder } from './business.ts'
import { customers } from './catalogue.ts'
import type { Setting } from './play.ts'

/** The business as single steps, each by the user whose work it is, in the order of days and hours. */

interface Step {
  readonly offset: number
  readonly hour: number
  readonly run: () => Promise<unknown>
}

const HOURS = { place: 9, deliver: 11, invoice: 15, pay: 16, entry: 17, close: 18 } as const

export const stepsOfBusiness = (
  setting: Setting,
  closing: { readonly offset: number; readonly months: readonly string[] },
): readonly (() => Promise<unknown>)[] =>
  [
    ...orders.flatMap(order => stepsOfOrder(setting, order)),
    ...advances.map(advance => advanceStep(setting, advance)),
    ...manualEntries.map((entry, index) => manualStep(setting, entry, String(index + 1))),
    { offset: closing.offset, hour: HOURS.close, run: () => closeMonths(setting, closing.months) },
  ]
    .toSorted((a, b) => a.offset - b.offset || a.hour - b.hour)
    .map(({ offset, hour, run }) => () => {
      setting.at(offset, hour)
      return run()
    })

const stepsOfOrder = (setting: Setting, order: DemonstrationOrder): readonly Step[] => {
  const { orderedOn, deliveredOn = [], invoicedOn = [], paid = [], remainderCancelledOn } = order
  const step = (offset: number, hour: number, run: Step['run']): Step => ({ offset, hour, run })
  const work = new OrderWork(setting, order)
  return [
    step(orderedOn, HOURS.place, () => work.place()),
    ...deliveredOn.map((offset, nth) => step(offset, HOURS.deliver, () => work.deliver(nth, offset))),
    ...invoicedOn.map((offset, nth) => step(offset, HOURS.invoice, () => work.invoice(nth))),
    ...paid.map(([offset], nth) => step(offset, HOURS.pay, () => work.receive(nth))),
    ...(remainderCancelledOn === undefined
      ? []
      : [step(remainderCancelledOn, HOURS.entry, () => work.cancelRemainder(remainderCancelledOn))]),
  ]
}

/** What becomes of one order. */
class OrderWork {
  private readonly setting: Setting
  private readonly order: DemonstrationOrder
  private readonly ids: { readonly orderId: string; readonly customerId: string }

  constructor(setting: Setting, order: DemonstrationOrder) {
    this.setting = setting
    this.order = order
    this.ids = {
      orderId: setting.id('order', order.number),
      customerId: setting.id('customer', order.customer),
    }
  }

  async place(): Promise<void> {
    const { player, day, entityId, user } = this.setting
    const { number, orderedOn, lines, freight = 0, reference } = this.order
    const day0 = day(orderedOn)
    const input = {
      ...this.ids,
      entityId,
      number,
      ...(reference !== undefined && { purchaseOrder: reference }),
      orderedOn: day0,
      currency: 'EUR',
      lines: lines.map(({ product, quantity: pieces, discount = 0 }, index) => ({
        lineId: this.lineId(index),
        productCode: product,
        quantity: quantity(pieces),
        unitPrice: unitPrice(productOf(product).price),
        discountRate: rate(discount),
      })),
      freight: cents(freight),
      salespersonId: user('sales').userId,
    }
    await player.play('commerce.placeOrder', input, this.key('place'), user('sales'))
    const confirmation = { orderId: this.ids.orderId, confirmedOn: day0 }
    await player.play('commerce.confirmOrder', confirmation, this.key('confirm'), user('sales'))
  }

  async deliver(nth: number, offset: number): Promise<void> {
    const { player, day, id, user } = this.setting
    const input = {
      orderId: this.ids.orderId,
      deliveryId: id('delivery', this.order.number, String(nth)),
      deliveredOn: day(offset),
      lines: this.part(nth).map(({ quantity: pieces }, index) => ({
        lineId: this.lineId(index),
        quantity: quantity(pieces),
      })),
    }
    await player.play('commerce.deliverOrder', input, this.key('deliver', nth), user('sales'))
  }

  async invoice(nth: number): Promise<void> {
    const { player, entityId, user } = this.setting
    const { orderId, customerId } = this.ids
    const invoiceId = this.invoiceId(nth)
    const draft = { invoiceId, entityId, customerId, currency: 'EUR', orders: [{ orderId }] }
    await player.play('invoicing.draftInvoice', draft, this.key('draft', nth), user('billing'))
    if (this.order.staysDraft !== true)
      await player.play('invoicing.issueInvoice', { invoiceId }, this.key('issue', nth), user('billing'))
  }

  /** A payment of the first invoice, allocated the same day. */
  async receive(nth: number): Promise<void> {
    const { player, day, id, user, entityId } = this.setting
    const { number, customer, paid = [], invoicedOn = [], freight = 0 } = this.order
    const [offset, percent] = paid[nth] ?? [0, 0]
    const country = customers.find(c => c.code === customer)?.address.country ?? 'FR'
    const gross = grossOf(this.part(0), freight, { country, day: day(invoicedOn[0] ?? 0) })
    const amount = Number((gross * BigInt(percent)) / 100n)
    const { customerId } = this.ids
    const paymentId = id('payment', number, String(nth))
    const payment = {
      paymentId,
      entityId,
      customerId,
      bankDate: day(offset),
      amount,
      currency: 'EUR',
      journal: 'BQ',
      bankReference: `VIR ${number} ${nth + 1}`,
    }
    await player.play('invoicing.recordPayment', payment, this.key('payment', nth), user('accountant'))
    const allocation = {
      allocationId: id('allocation', number, String(nth)),
      entityId,
      customerId,
      currency: 'EUR',
      paymentId,
      settlements: [{ invoiceId: this.invoiceId(0), amount }],
      allocatedOn: day(offset),
    }
    await player.play('invoicing.allocatePayment', allocation, this.key('allocate', nth), user('accountant'))
  }

  async cancelRemainder(offset: number): Promise<void> {
    const { player, day, user } = this.setting
    const explanation = 'Le client renonce au reste de la commande'
    const input = { orderId: this.ids.orderId, cancelledOn: day(offset), explanation }
    await player.play('commerce.cancelOrderRemainder', input, this.key('cancel'), user('sales'))
  }

  /** What goes out in the nth delivery. */
  private part(nth: number): readonly DemonstrationLine[] {
    const { lines, deliveredOn = [], remainderCancelledOn } = this.order
    const halved = deliveredOn.length > 1 || remainderCancelledOn !== undefined
    return lines.map(line => {
      const half = Math.ceil(line.quantity / 2)
      return { ...line, quantity: !halved ? line.quantity : nth === 0 ? half : line.quantity - half }
    })
  }

  private lineId(index: number): string {
    return this.setting.id('order line', this.order.number, String(index + 1))
  }
  private invoiceId(nth: number): string {
    return this.setting.id('invoice', this.order.number, String(nth))
  }
  private key(what: string, nth = 0): string {
    return this.setting.key(this.order.number, what, String(nth))
  }
}

const advanceStep = (setting: Setting, { customer, on, amount }: (typeof advances)[number]): Step => {
  const { player, day, id, key, user, entityId } = setting
  const payment = {
    paymentId: id('advance', customer),
    entityId,
    customerId: id('customer', customer),
    bankDate: day(on),
    amount: cents(amount),
    currency: 'EUR',
    journal: 'BQ',
    bankReference: `VIR ${customer}`,
  }
  const run = () =>
    player.play('invoicing.recordPayment', payment, key('advance', customer), user('accountant'))
  return { offset: on, hour: HOURS.pay, run }
}

const manualStep = (setting: Setting, entry: (typeof manualEntries)[number], number: string): Step => {
  const { player, day, id, key, user, entityId } = setting
  const { on, label, debit, credit, amount } = entry
  const entryId = id('manual entry', number)
  const side = (account: string, which: 'debit' | 'credit') => ({
    account,
    label,
    side: which,
    amount: cents(amount),
  })
  const draft = {
    entryId,
    entityId,
    journal: 'OD',
    accountingDate: day(on),
    documentDate: day(on),
    documentReference: `OD-${number}`,
    label,
    lines: [side(debit, 'debit'), side(credit, 'credit')],
  }
  const run = async (): Promise<void> => {
    await player.play('ledger.draftManualEntry', draft, key('manual', number), user('accountant'))
    const validate = key('manual', number, 'validate')
    await player.play('ledger.validateManualEntry', { entryId }, validate, user('chiefAccountant'))
  }
  return { offset: on, hour: HOURS.entry, run }
}

const closeMonths = async (
  { player, key, entityId, user }: Setting,
  months: readonly string[],
): Promise<void> => {
  for (const period of months)
    await player.play('ledger.cutPeriod', { entityId, period }, key('close', period), user('chiefAccountant'))
}
