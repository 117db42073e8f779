import { schemaOf } from '../definition.ts'
import { nameOf } from '../list-names.ts'
import { defineList, defineLookup } from '../lists.ts'
import { personTable, persons } from '../organisation/persons.ts'
import { customerContactTable, customerTable, customers } from './customers.ts'

/** What a customer is called: a person who buys is known by code. */
export const customerName = nameOf(customers, customerTable, 'name', 'code')

const PERSON = `${schemaOf(persons)}.${personTable.name}`

/** Private customers are found by their names too, which stand with the person alone and go with it (PROTOCOL 30). */
export const customerList = defineList({
  projection: customers,
  table: customerTable,
  filters: ['customer_id', 'code', 'kind', 'country', 'currency', 'siren', 'vat_number'],
  ranges: ['registered_at', 'changed_at'],
  sorts: ['code', 'name', 'country', 'registered_at', 'changed_at'],
  defaultSort: { by: 'code', direction: 'asc' },
  groups: ['country', 'kind', 'currency'],
  joined: [persons],
  alsoFound: pattern =>
    `t.person_id in (select p.person_id from ${PERSON} p where p.purpose = 'accounting' and p.search like ${pattern})`,
})

export const customerContactList = defineList({
  projection: customers,
  table: customerContactTable,
  filters: ['customer_id', 'person_id'],
  ranges: [],
  sorts: ['customer_id', 'person_id'],
  defaultSort: { by: 'customer_id', direction: 'asc' },
})

/** By the customer's id. */
export const findCustomer = defineLookup(customers, customerTable)
