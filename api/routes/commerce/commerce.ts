import type { RouteModule } from '../index.ts'
import {
  customerContactList,
  customerList,
  findCustomer,
} from '../../../projections/commerce/customers.queries.ts'
import { customers } from '../../../projections/commerce/customers.ts'
import {
  findOrder,
  orderDeliveryList,
  orderLineList,
  orderList,
} from '../../../projections/commerce/orders.queries.ts'
import { orders } from '../../../projections/commerce/orders.ts'
import { findProduct, productList } from '../../../projections/commerce/products.queries.ts'
import { products } from '../../../projections/commerce/products.ts'
import { commentsRoute } from '../comments.ts'
import { listRoutes, partsRoute } from '../lists.ts'
import { documentRoutes } from '../reading.ts'
import type { DocumentRoute } from '../reading.ts'
import { storyRoute } from '../story.ts'
import { withPrivateNames } from './private-names.ts'
import type { CustomerRow } from './private-names.ts'

const area = 'commerce'

const customer = {
  path: '/api/commerce/customers',
  summary: 'A customer',
  area,
  category: 'customer',
  projection: customers,
  find: findCustomer,
  fields: customerList.columns,
} as const satisfies DocumentRoute

const product = {
  path: '/api/commerce/products',
  summary: 'A product',
  area,
  category: 'product',
  projection: products,
  find: findProduct,
  fields: productList.columns,
} as const satisfies DocumentRoute

const order = {
  path: '/api/commerce/orders',
  summary: 'An order',
  area,
  category: 'order',
  projection: orders,
  find: findOrder,
  fields: orderList.columns,
} as const satisfies DocumentRoute

/** Customers, products and orders. */
export const commerceRoutes: RouteModule = (app, deps) => {
  listRoutes(app, deps, [
    {
      path: customer.path,
      summary: 'Customers, with the names of natural persons among them: a read that is written down',
      area,
      projection: customers,
      list: customerList,
      completed: {
        fields: [],
        rows: (request, rows) => withPrivateNames(deps, request, rows as readonly CustomerRow[]),
      },
    },
    { path: product.path, summary: 'Products', area, projection: products, list: productList },
    { path: order.path, summary: 'Orders', area, projection: orders, list: orderList },
  ])
  for (const document of [customer, product, order]) {
    documentRoutes(app, deps, document)
    storyRoute(app, deps, document)
    commentsRoute(app, deps, document)
  }
  partsRoute(app, deps, {
    document: customer,
    name: 'contacts',
    summary: 'Contacts of a customer: who they are stands with the person',
    list: customerContactList,
    by: 'customerId',
  })
  partsRoute(app, deps, {
    document: order,
    name: 'lines',
    summary: 'Lines of an order, with what remains to deliver and to bill',
    list: orderLineList,
    by: 'orderId',
  })
  partsRoute(app, deps, {
    document: order,
    name: 'deliveries',
    summary: 'Deliveries of an order',
    list: orderDeliveryList,
    by: 'orderId',
  })
}
