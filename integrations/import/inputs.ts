import type { RecordOf } from './fields.ts'
import { importedId } from './ids.ts'
import type { Profile } from './profile.ts'
import type { ReadOrder } from './read-business.ts'
import type { ReadRow } from './read-rows.ts'

/** Rows as the inputs of commands, in the shape that travels: numbers for amounts, absent fields left out. */

const wire = (value: bigint): number => Number(value)

/** Ids of what a profile imports. All of them follow from the profile and the file's own keys. */
export const idsOf = (profile: Profile) => {
  const { profile: name, company } = profile
  const start = company.fiscalYears[0]?.startsOn ?? '1970-01-01'
  return {
    entity: importedId(start, name, 'company', company.code),
    customer: (code: string) => importedId(start, name, profile.customers.file, code),
    contact: (code: string) => importedId(start, name, profile.customers.file, code, 'contact'),
    product: (code: string) => importedId(start, name, profile.products.file, code),
    order: (order: RecordOf<'orders'>) =>
      importedId(order.orderedOn, name, profile.orders.file, order.number),
    /** Lines are told apart by their place in the order. */
    line: (order: RecordOf<'orders'>, index: number) =>
      importedId(order.orderedOn, name, profile.orderLines.file, order.number, String(index + 1)),
    delivery: (order: RecordOf<'orders'>, day: string) =>
      importedId(day, name, profile.orders.file, order.number, 'delivery'),
    invoice: (order: RecordOf<'orders'>, day: string) =>
      importedId(day, name, profile.orders.file, order.number, 'invoice'),
  }
}
export type Ids = ReturnType<typeof idsOf>

/** Leaves out what is not there: a stored shape has no empty field. */
const present = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

export const customerInput = (ids: Ids, profile: Profile, { record, invented }: ReadRow<'customers'>) => {
  const { code, name, line1, line2, line3, postcode, city, region, country, siren, vatNumber } = record
  const { contactName, contactRole, contactEmail, contactPhone, contactFax } = record
  const contact = {
    personId: ids.contact(code),
    name: contactName,
    role: contactRole,
    email: contactEmail,
    phone: contactPhone,
    fax: contactFax,
  }
  return present({
    customerId: ids.customer(code),
    code,
    party: present({
      kind: 'company',
      name,
      siren,
      vatNumber,
      address: present({ line1, line2, line3, postcode, city, region, country }),
      invented: invented.length > 0 ? invented : undefined,
    }),
    currency: profile.company.currency,
    paymentTermDays: record.paymentTermDays,
    contacts: contactName === undefined ? [] : [present(contact)],
  })
}

export const productInput = (ids: Ids, profile: Profile, { record }: ReadRow<'products'>) => {
  const { discontinued: _, unitPrice, ...details } = record
  return {
    productId: ids.product(record.code),
    ...details,
    unitPrice: wire(unitPrice),
    currency: profile.company.currency,
  }
}

const deliveryPlaceOf = (order: RecordOf<'orders'>) => {
  const { deliverToName: name, deliverToCity: city, deliverToCountry: country } = order
  // A place without name, town or country is none that an invoice could show: the customer's own address stands.
  if (name === undefined || city === undefined || country === undefined) return undefined
  const { deliverToLine1: line1, deliverToLine2: line2, deliverToPostcode: postcode } = order
  const address = present({ line1, line2, postcode, city, region: order.deliverToRegion, country })
  return { kind: 'company', name, address }
}

export const orderInput = (ids: Ids, profile: Profile, { record, lines }: ReadOrder) =>
  present({
    orderId: ids.order(record),
    entityId: ids.entity,
    customerId: ids.customer(record.customer),
    number: record.number,
    purchaseOrder: record.purchaseOrder,
    orderedOn: record.orderedOn,
    requestedOn: record.requestedOn,
    currency: profile.company.currency,
    lines: lines.map(({ record: line }, index) => ({
      lineId: ids.line(record, index),
      productId: ids.product(line.product),
      quantity: wire(line.quantity),
      unitPrice: wire(line.unitPrice),
      discountRate: wire(line.discount ?? 0n),
    })),
    freight: wire(record.freight ?? 0n),
    deliverTo: deliveryPlaceOf(record),
  })

/** Everything leaves at once, on the shipping day. */
export const deliveryInput = (ids: Ids, { record, lines }: ReadOrder, day: string) =>
  present({
    orderId: ids.order(record),
    deliveryId: ids.delivery(record, day),
    deliveredOn: day,
    carrier: record.carrier,
    lines: lines.map(({ record: line }, index) => ({
      lineId: ids.line(record, index),
      quantity: wire(line.quantity),
    })),
  })
