import type { Sentence } from '../../commands/definition.ts'
import { readTable, type Row, type Table } from './csv-file.ts'
import { KEY_OF, type TableName } from './fields.ts'
import { formatOfTable, type Profile } from './profile.ts'
import {
  columnName,
  readRows,
  requireColumn,
  requireColumns,
  type Lookups,
  type ReadRow,
  type ReadTable,
} from './read-rows.ts'
import { sortRejects, type Reject } from './rejects.ts'

/** An order with its lines: imported whole or not at all. */
export interface ReadOrder extends ReadRow<'orders'> {
  readonly lines: readonly ReadRow<'orderLines'>[]
}

/** A business as its files tell it. Every row is in here, or in the rejects. */
export interface Business {
  readonly customers: readonly ReadRow<'customers'>[]
  readonly products: readonly ReadRow<'products'>[]
  readonly orders: readonly ReadOrder[]
  readonly rejects: readonly Reject[]
  /** Rows by file, without the line of column names. */
  readonly rows: Readonly<Record<string, number>>
}

/**
 * Reads the files of a business. A row that cannot be read, or that leans on one that cannot, is rejected by name;
 * the others stand.
 * @throws ImportFailure where a file or a column is missing, or a file is not what the profile says
 */
export const readBusiness = async (profile: Profile, folder: string): Promise<Business> => {
  const table = async (name: TableName): Promise<Table> => {
    const read = await readTable(folder, profile[name].file, formatOfTable(profile, name))
    requireColumns(profile, name, read)
    return read
  }
  const tables = {
    customers: await table('customers'),
    products: await table('products'),
    orders: await table('orders'),
    orderLines: await table('orderLines'),
  }
  const lookups = await readLookups(profile, folder)
  const customers = unique(profile, 'customers', readRows(profile, 'customers', tables.customers, lookups))
  const products = unique(profile, 'products', readRows(profile, 'products', tables.products, lookups))
  const orders = unique(profile, 'orders', readRows(profile, 'orders', tables.orders, lookups))
  const lines = readRows(profile, 'orderLines', tables.orderLines, lookups)
  const joined = join(profile, { customers, products, orders, lines })
  const rejects = [...customers.rejects, ...products.rejects, ...joined.rejects]
  const files = [profile.customers, profile.products, profile.orders, profile.orderLines].map(t => t.file)
  return {
    customers: customers.rows,
    products: products.rows,
    orders: joined.orders,
    rejects: sortRejects(rejects, files),
    rows: Object.fromEntries(
      Object.values(tables).map(({ file, rows, broken }) => [file, rows.length + broken.length]),
    ),
  }
}

const readLookups = async (profile: Profile, folder: string): Promise<Lookups> => {
  const lookups = new Map<string, Table>()
  for (const name of ['customers', 'products', 'orders', 'orderLines'] as const) {
    for (const source of Object.values(profile[name].fields)) {
      if (typeof source === 'string' || !('column' in source) || source.lookup === undefined) continue
      const { file, key, value } = source.lookup
      const read = lookups.get(file) ?? (await readTable(folder, file, profile.format))
      requireColumn(read, key)
      requireColumn(read, value)
      lookups.set(file, read)
    }
  }
  return lookups
}

/** The first row with a key stands, every later one is rejected. */
const unique = <T extends keyof typeof KEY_OF>(
  profile: Profile,
  name: T,
  table: ReadTable<T>,
): ReadTable<T> => {
  const field = KEY_OF[name]
  const keyOf = (read: ReadRow<T>): string =>
    (read.record as Readonly<Record<string, unknown>>)[field] as string
  const first = new Map<string, ReadRow<T>>()
  for (const read of table.rows) if (!first.has(keyOf(read))) first.set(keyOf(read), read)
  const stands = (read: ReadRow<T>): boolean => first.get(keyOf(read)) === read
  const double = table.rows.filter(read => !stands(read))
  return {
    rows: table.rows.filter(stands),
    refused: [...table.refused, ...double.map(({ row }) => row)],
    rejects: [
      ...table.rejects,
      ...double.map(read => {
        const line = first.get(keyOf(read))?.row.line ?? 0
        return rejectOf(read.row, columnName(profile, name, field), keyOf(read), {
          en: `a value that no row before has; line ${line} has it`,
          fr: `une valeur qu’aucune ligne précédente n’a ; la ligne ${line} l’a déjà`,
        })
      }),
    ],
  }
}

const rejectOf = ({ file, line }: Row, field: string, found: string, expected: Sentence): Reject => ({
  file,
  line,
  field,
  found,
  expected,
})

interface ReadTables {
  readonly customers: ReadTable<'customers'>
  readonly products: ReadTable<'products'>
  readonly orders: ReadTable<'orders'>
  readonly lines: ReadTable<'orderLines'>
}

/** Puts orders together. An order stands with its customer and all its lines, each line with its product. */
const join = (
  profile: Profile,
  { customers, products, orders, lines }: ReadTables,
): { readonly orders: readonly ReadOrder[]; readonly rejects: readonly Reject[] } => {
  const rejects = [...orders.rejects, ...lines.rejects]
  const orderColumn = columnName(profile, 'orderLines', 'order')
  const productCodes = new Set(products.rows.map(({ record }) => record.code))
  const customerCodes = new Set(customers.rows.map(({ record }) => record.code))
  const known = new Set(orders.rows.map(({ record }) => record.number))
  /** Orders that lack a line which could not be read; a broken row is taken to be of the order it seems to name. */
  const incomplete = new Set(lines.refused.map(row => (row.cells[orderColumn] ?? '').trim()))
  const whole = new Map<string, ReadRow<'orderLines'>[]>()
  for (const line of lines.rows) {
    const { order, product } = line.record
    if (!productCodes.has(product)) {
      incomplete.add(order)
      const column = columnName(profile, 'orderLines', 'product')
      rejects.push(rejectOf(line.row, column, product, importedRowOf(profile.products.file)))
    } else whole.set(order, [...(whole.get(order) ?? []), line])
  }
  const stands: ReadOrder[] = []
  for (const read of orders.rows) {
    const ofOrder = whole.get(read.record.number) ?? []
    const reject = orderReject(profile, read, {
      hasCustomer: customerCodes.has(read.record.customer),
      incomplete: incomplete.has(read.record.number),
      lines: ofOrder.length,
    })
    if (reject === undefined) stands.push({ ...read, lines: ofOrder })
    else {
      known.delete(read.record.number)
      rejects.push(reject)
    }
  }
  const left = [...whole].filter(([order]) => !known.has(order)).flatMap(([, ofOrder]) => ofOrder)
  const expected = importedRowOf(profile.orders.file)
  rejects.push(...left.map(({ row, record }) => rejectOf(row, orderColumn, record.order, expected)))
  return { orders: stands, rejects }
}

/** Why an order whose own row was read cannot stand. */
const orderReject = (
  profile: Profile,
  { row, record }: ReadRow<'orders'>,
  its: { readonly hasCustomer: boolean; readonly incomplete: boolean; readonly lines: number },
): Reject | undefined => {
  const at = (field: string, found: string, expected: Sentence): Reject =>
    rejectOf(row, columnName(profile, 'orders', field), found, expected)
  const { number, customer, orderedOn, requestedOn, shippedOn } = record
  const lineFile = profile.orderLines.file
  if (!its.hasCustomer) return at('customer', customer, importedRowOf(profile.customers.file))
  if (requestedOn !== undefined && requestedOn < orderedOn)
    return at('requestedOn', requestedOn, notBefore(orderedOn))
  if (shippedOn !== undefined && shippedOn < orderedOn)
    return at('shippedOn', shippedOn, notBefore(orderedOn))
  if (its.incomplete)
    return at('number', number, {
      en: `an order all of whose lines in ${lineFile} can be imported`,
      fr: `une commande dont toutes les lignes de ${lineFile} sont importables`,
    })
  if (its.lines > 0) return undefined
  return at('number', number, {
    en: `an order with at least one line in ${lineFile}`,
    fr: `une commande d’au moins une ligne dans ${lineFile}`,
  })
}

const importedRowOf = (file: string): Sentence => ({
  en: `what ${file} has in a row that can be imported`,
  fr: `ce que ${file} contient dans une ligne importable`,
})

const notBefore = (day: string): Sentence => ({
  en: `a day not before the order's, ${day}`,
  fr: `un jour qui ne précède pas celui de la commande, le ${day}`,
})
