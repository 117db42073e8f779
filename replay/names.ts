import { customerTable, customers } from '../projections/commerce/customers.ts'
import { invoiceTable, invoices } from '../projections/invoicing/invoices.ts'
import { entities, legalEntityTable } from '../projections/organisation/entities.ts'
import { rowsAsOf } from './as-of.ts'
import type { Source } from './cut.ts'
import type { NamedTable } from './named-figures.ts'

/** Ids behind the names that people use, out of the log itself: what an auditor asks leans on no read model. */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const lookUp = async (
  source: Source,
  named: NamedTable,
  { id, column, name }: { readonly id: string; readonly column: string; readonly name: string },
): Promise<string | undefined> => {
  if (UUID.test(name)) return name
  const { answer } = await rowsAsOf(source, named, { [column]: name })
  return answer[0]?.[id] as string | undefined
}

/** A legal entity by its code or id; without one, the only entity there is. */
export const entityIdOf = async (source: Source, name: string | undefined): Promise<string | undefined> => {
  const named = { projection: entities, table: legalEntityTable }
  if (name !== undefined) return lookUp(source, named, { id: 'entity_id', column: 'code', name })
  const { answer } = await rowsAsOf(source, named, {})
  return answer.length === 1 ? (answer[0]?.entity_id as string) : undefined
}

/** A customer by code or id. */
export const customerIdOf = (source: Source, name: string): Promise<string | undefined> =>
  lookUp(source, { projection: customers, table: customerTable }, { id: 'customer_id', column: 'code', name })

/** An invoice or credit note by number or id. */
export const invoiceIdOf = (source: Source, name: string): Promise<string | undefined> =>
  lookUp(source, { projection: invoices, table: invoiceTable }, { id: 'invoice_id', column: 'number', name })
