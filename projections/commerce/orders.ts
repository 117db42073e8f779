import {
  BillingClaimed,
  BillingReleased,
  OrderConfirmed,
  OrderDelivered,
  OrderPlaced,
  OrderRemainderCancelled,
} from '../../domain/commerce/order.events.ts'
import { lineNet, sum } from '../../domain/shared/money.ts'
import { column, table } from '../definition.ts'
import type { Projection } from '../definition.ts'
import { present, searchText, SEARCH_COMMENT } from '../shared.ts'

interface LineQuantity {
  readonly lineId: string
  readonly quantity: bigint
}
const total = (lines: readonly LineQuantity[]): bigint => sum(lines.map(l => l.quantity))
const quantityOf = (lines: readonly LineQuantity[], lineId: unknown): bigint =>
  total(lines.filter(l => l.lineId === lineId))

interface Quantities {
  readonly ordered: bigint
  readonly delivered: bigint
  readonly cancelled: bigint
  readonly confirmed_on: string | null
}
const STATES = ['placed', 'confirmed', 'partlyDelivered', 'delivered', 'cancelled'] as const

/** How far an order is, in words. */
const stateOf = ({ ordered, delivered, cancelled, confirmed_on }: Quantities): (typeof STATES)[number] => {
  if (cancelled === ordered) return 'cancelled'
  if (delivered + cancelled === ordered) return 'delivered'
  if (delivered > 0n) return 'partlyDelivered'
  return confirmed_on === null ? 'placed' : 'confirmed'
}
const withState = <R extends Quantities>(row: R): R => ({ ...row, state: stateOf(row) })

/** Deliveries may be recorded in another order than they were made. */
const later = (known: string | null, day: string): string => (known !== null && known > day ? known : day)

export const orderTable = table({
  name: 'order',
  comment: 'Orders of customers as they stand now',
  columns: {
    order_id: column.uuid('Identifier of the order'),
    entity_id: column.uuid('Legal entity that sells'),
    customer_id: column.uuid('Customer'),
    number: column.text('Our number'),
    purchase_order: column.optional(column.text("The customer's own reference")),
    state: column.oneOf(STATES, 'How far it is'),
    ordered_on: column.date('Day of the order'),
    requested_on: column.optional(column.date('Day on which the customer wants it')),
    confirmed_on: column.optional(column.date('Day of the confirmation')),
    delivered_on: column.optional(column.date('Day of the last delivery')),
    currency: column.text('ISO 4217 code'),
    net: column.bigint('Net amount of the lines as ordered, minor units'),
    freight: column.bigint('Freight agreed for the whole order, net, minor units'),
    freight_billed: column.bigint('Of the freight, what invoices claim'),
    ordered: column.bigint('Sum of quantities ordered, 4 decimals'),
    delivered: column.bigint('Sum of quantities delivered'),
    cancelled: column.bigint('Sum of quantities that will not be delivered'),
    billed: column.bigint('Sum of quantities that invoices claim, drafts included'),
    salesperson_id: column.optional(column.uuid('User who sold it')),
    search: column.text(SEARCH_COMMENT),
    changed_at: column.instant('Instant of its last change'),
  },
  key: ['order_id'],
  history: true,
  measures: ['net', 'freight', 'freight_billed', 'ordered', 'delivered', 'cancelled', 'billed'],
  indexes: [
    { columns: ['number'] },
    { columns: ['ordered_on', 'number', 'order_id'] },
    { columns: ['customer_id', 'ordered_on', 'number', 'order_id'] },
    { columns: ['net', 'order_id'] },
    { columns: ['search'], using: 'trigrams' },
  ],
  on: on => [
    on(
      OrderPlaced,
      e => [{ order_id: e.data.orderId }],
      (_, { data, recordedAt }) => ({
        order_id: data.orderId,
        entity_id: data.entityId,
        customer_id: data.customerId,
        number: data.number,
        purchase_order: data.purchaseOrder ?? null,
        state: 'placed',
        ordered_on: data.orderedOn,
        requested_on: data.requestedOn ?? null,
        confirmed_on: null,
        delivered_on: null,
        currency: data.currency,
        net: sum(data.lines.map(l => lineNet(l.quantity, l.unitPrice, l.discountRate))),
        freight: data.freight,
        freight_billed: 0n,
        ordered: total(data.lines),
        delivered: 0n,
        cancelled: 0n,
        billed: 0n,
        salesperson_id: data.salespersonId ?? null,
        search: searchText(data.number, data.purchaseOrder),
        changed_at: recordedAt,
      }),
    ),
    on(
      OrderConfirmed,
      e => [{ order_id: e.data.orderId }],
      (row, e) => withState({ ...present(row), confirmed_on: e.data.confirmedOn, changed_at: e.recordedAt }),
    ),
    on(
      OrderDelivered,
      e => [{ order_id: e.data.orderId }],
      (row, { data, recordedAt }) =>
        withState({
          ...present(row),
          delivered: present(row).delivered + total(data.lines),
          delivered_on: later(present(row).delivered_on, data.deliveredOn),
          changed_at: recordedAt,
        }),
    ),
    on(
      OrderRemainderCancelled,
      e => [{ order_id: e.data.orderId }],
      (row, { data, recordedAt }) =>
        withState({
          ...present(row),
          cancelled: present(row).cancelled + total(data.lines),
          changed_at: recordedAt,
        }),
    ),
    on(
      [BillingClaimed, BillingReleased],
      e => [{ order_id: e.data.orderId }],
      (row, { type, data, recordedAt }) => {
        const sign = type === BillingClaimed.type ? 1n : -1n
        return {
          ...present(row),
          billed: present(row).billed + sign * total(data.lines),
          freight_billed: present(row).freight_billed + sign * data.freight,
          changed_at: recordedAt,
        }
      },
    ),
  ],
})

export const orderLineTable = table({
  name: 'order_line',
  comment: 'Lines of orders, with what became of them',
  columns: {
    order_id: column.uuid('The order'),
    line_id: column.uuid('Identifier of the line'),
    position: column.integer('Place in the order, from 1'),
    product_id: column.uuid('Product'),
    product_code: column.text('Code of the product on the day of the order'),
    name: column.text('Name on the day of the order'),
    unit: column.text('UN/ECE Recommendation 20 code of the unit'),
    unit_price: column.bigint('Gross price of one unit, 6 decimals'),
    discount_rate: column.bigint('Discount in 1/10,000'),
    net: column.bigint('Net amount as ordered, minor units'),
    ordered: column.bigint('Quantity ordered, 4 decimals'),
    delivered: column.bigint('Quantity delivered'),
    cancelled: column.bigint('Quantity that will not be delivered'),
    billed: column.bigint('Quantity that invoices claim, drafts included'),
  },
  key: ['order_id', 'line_id'],
  history: true,
  measures: ['net', 'ordered', 'delivered', 'cancelled', 'billed'],
  indexes: [{ columns: ['product_id'] }],
  on: on => {
    const lines = ({ data }: { data: { orderId: string; lines: readonly LineQuantity[] } }) =>
      data.lines.map(l => ({ order_id: data.orderId, line_id: l.lineId }))
    return [
      on(
        OrderPlaced,
        e => e.data.lines.map(l => ({ order_id: e.data.orderId, line_id: l.lineId })),
        (_, { data }, key) => {
          const index = data.lines.findIndex(l => l.lineId === key.line_id)
          const line = present(data.lines[index])
          return {
            order_id: data.orderId,
            line_id: line.lineId,
            position: index + 1,
            product_id: line.productId,
            product_code: line.productCode,
            name: line.name,
            unit: line.unit,
            unit_price: line.unitPrice,
            discount_rate: line.discountRate,
            net: lineNet(line.quantity, line.unitPrice, line.discountRate),
            ordered: line.quantity,
            delivered: 0n,
            cancelled: 0n,
            billed: 0n,
          }
        },
      ),
      on(OrderDelivered, lines, (row, e, key) => ({
        ...present(row),
        delivered: present(row).delivered + quantityOf(e.data.lines, key.line_id),
      })),
      on(OrderRemainderCancelled, lines, (row, e, key) => ({
        ...present(row),
        cancelled: present(row).cancelled + quantityOf(e.data.lines, key.line_id),
      })),
      on(BillingClaimed, lines, (row, e, key) => ({
        ...present(row),
        billed: present(row).billed + quantityOf(e.data.lines, key.line_id),
      })),
      on(BillingReleased, lines, (row, e, key) => ({
        ...present(row),
        billed: present(row).billed - quantityOf(e.data.lines, key.line_id),
      })),
    ]
  },
})

export const orderDeliveryTable = table({
  name: 'order_delivery',
  comment: 'Deliveries of orders',
  columns: {
    order_id: column.uuid('The order'),
    delivery_id: column.uuid('Identifier of the delivery'),
    delivered_on: column.date('Day of the delivery'),
    carrier: column.optional(column.text('Who carried it')),
  },
  // Ids of deliveries are unique within their order.
  key: ['order_id', 'delivery_id'],
  history: true,
  indexes: [{ columns: ['order_id', 'delivered_on'] }],
  on: on => [
    on(
      OrderDelivered,
      e => [{ order_id: e.data.orderId, delivery_id: e.data.deliveryId }],
      (_, { data }) => ({
        order_id: data.orderId,
        delivery_id: data.deliveryId,
        delivered_on: data.deliveredOn,
        carrier: data.carrier ?? null,
      }),
    ),
  ],
})

export const orders: Projection = {
  name: 'orders',
  version: 3,
  comment: 'Orders of customers, what was delivered and what was billed',
  tables: [orderTable, orderLineTable, orderDeliveryTable],
}
