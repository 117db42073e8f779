import {
  country,
  day,
  decimal,
  oneOf,
  rate,
  siren,
  text,
  vatNumber,
  wholeNumber,
  yesOrNo,
  type Conversion,
} from './conversions.ts'
import { VatRateClass } from '../../domain/commerce/public.ts'
import { AMOUNT_BOUND } from '../../domain/shared/values.ts'

/** What can be imported: the fields of each table, how they are read, and which of them must be there. */

interface Field<T, Required extends boolean> {
  readonly conversion: Conversion<T>
  readonly required: Required
}
const required = <T>(conversion: Conversion<T>): Field<T, true> => ({ conversion, required: true })
const optional = <T>(conversion: Conversion<T>): Field<T, false> => ({ conversion, required: false })

/** Of a price: 6 decimals (PROTOCOL 7). */
const unitPrice = decimal({ scale: 6, min: 0n, max: BigInt(AMOUNT_BOUND) })
const quantity = decimal({ scale: 4, min: 1n, max: 10n ** 12n })
const amount = decimal({ scale: 2, min: 0n, max: BigInt(AMOUNT_BOUND) })

export const FIELDS = {
  customers: {
    code: required(text(20)),
    name: required(text(200)),
    line1: optional(text(200)),
    line2: optional(text(200)),
    line3: optional(text(200)),
    postcode: optional(text(20)),
    city: required(text(100)),
    region: optional(text(100)),
    country: required(country),
    siren: optional(siren),
    vatNumber: optional(vatNumber),
    paymentTermDays: optional(wholeNumber(60)),
    contactName: optional(text(200)),
    contactRole: optional(text(100)),
    contactEmail: optional(text(254)),
    contactPhone: optional(text(40)),
    contactFax: optional(text(40)),
  },
  products: {
    code: required(text(40)),
    name: required(text(200)),
    description: optional(text(1000)),
    family: optional(text(60)),
    operation: required(oneOf(['goods', 'services'])),
    unit: required(text(3)),
    unitPrice: required(unitPrice),
    vat: required(oneOf(VatRateClass.options)),
    vatExemption: optional(text(40)),
    revenueAccount: required(text(15)),
    discontinued: optional(yesOrNo),
  },
  orders: {
    number: required(text(35)),
    customer: required(text(20)),
    purchaseOrder: optional(text(60)),
    orderedOn: required(day),
    requestedOn: optional(day),
    /** The day that everything left: delivered, and invoiced with its freight. Nothing: the order stays open. */
    shippedOn: optional(day),
    carrier: optional(text(100)),
    freight: optional(amount),
    deliverToName: optional(text(200)),
    deliverToLine1: optional(text(200)),
    deliverToLine2: optional(text(200)),
    deliverToPostcode: optional(text(20)),
    deliverToCity: optional(text(100)),
    deliverToRegion: optional(text(100)),
    deliverToCountry: optional(country),
  },
  orderLines: {
    order: required(text(35)),
    product: required(text(40)),
    quantity: required(quantity),
    unitPrice: required(unitPrice),
    discount: optional(rate),
  },
} as const

export type TableName = keyof typeof FIELDS

/** What must be different in every row of a table. */
export const KEY_OF = { customers: 'code', products: 'code', orders: 'number' } as const

type ValueOf<F> = F extends Field<infer T, boolean> ? T : never
type RequiredKeys<T> = { [K in keyof T]: T[K] extends Field<unknown, true> ? K : never }[keyof T]

/** A row of a table as it was understood. */
export type RecordOf<T extends TableName> = {
  readonly [K in RequiredKeys<(typeof FIELDS)[T]>]: ValueOf<(typeof FIELDS)[T][K]>
} & {
  readonly [K in Exclude<keyof (typeof FIELDS)[T], RequiredKeys<(typeof FIELDS)[T]>>]?: ValueOf<
    (typeof FIELDS)[T][K]
  >
}

/** One field of a table by its name. */
export const fieldOf = (table: TableName, name: string): Field<unknown, boolean> | undefined =>
  (FIELDS[table] as Readonly<Record<string, Field<unknown, boolean>>>)[name]

export const fieldsOf = (table: TableName): readonly string[] => Object.keys(FIELDS[table])

export const isRequired = (table: TableName, name: string): boolean => fieldOf(table, name)?.required === true
