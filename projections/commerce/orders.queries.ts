import { defineList, defineLookup } from '../lists.ts'
import { entityName } from '../organisation/organisation.queries.ts'
import { customerName } from './customers.queries.ts'
import { orderDeliveryTable, orderLineTable, orderTable, orders } from './orders.ts'

export const orderList = defineList({
  projection: orders,
  table: orderTable,
  filters: [
    'order_id',
    'entity_id',
    'customer_id',
    'number',
    'state',
    'salesperson_id',
    'currency',
    'purchase_order',
  ],
  ranges: ['ordered_on', 'requested_on', 'delivered_on', 'net', 'changed_at'],
  sorts: [['ordered_on', 'number'], 'number', 'net', 'delivered_on', 'changed_at'],
  defaultSort: { by: 'ordered_on', direction: 'desc' },
  groups: ['customer_id', 'state', 'ordered_on', 'entity_id', 'salesperson_id'],
  sums: ['net', 'freight'],
  names: { customer_id: customerName, entity_id: entityName },
})

export const orderLineList = defineList({
  projection: orders,
  table: orderLineTable,
  filters: ['order_id', 'product_id'],
  ranges: [],
  sorts: ['position'],
  defaultSort: { by: 'position', direction: 'asc' },
})

export const orderDeliveryList = defineList({
  projection: orders,
  table: orderDeliveryTable,
  filters: ['order_id'],
  ranges: ['delivered_on'],
  sorts: ['delivered_on'],
  defaultSort: { by: 'delivered_on', direction: 'asc' },
})

/** By the order's id. */
export const findOrder = defineLookup(orders, orderTable)
