import {
  CustomerChanged,
  CustomerContactRemoved,
  CustomerContactSet,
  CustomerRegistered,
} from '../../domain/commerce/customer.events.ts'
import type { Party } from '../../domain/shared/party.ts'
import { column, table } from '../definition.ts'
import type { Projection } from '../definition.ts'
import { partyColumns, present, searchText, SEARCH_COMMENT } from '../shared.ts'

interface Details {
  readonly party: Party
  readonly currency: string
  readonly paymentTermDays?: number | undefined
}

const detailsOf = (code: string, { party, currency, paymentTermDays }: Details) => {
  const company = party.kind === 'company' ? party : undefined
  return {
    kind: party.kind,
    ...partyColumns(party),
    siren: company?.siren ?? null,
    vat_number: company?.vatNumber ?? null,
    postcode: (company ? company.address.postcode : undefined) ?? null,
    city: company ? company.address.city : null,
    address: company ? company.address : null,
    currency,
    payment_term_days: paymentTermDays ?? null,
    search: searchText(code, company?.name, company?.siren, company?.vatNumber, company?.address.city),
  }
}

export const customerTable = table({
  name: 'customer',
  comment: 'Customers as they stand now',
  columns: {
    customer_id: column.uuid('Identifier of the customer'),
    code: column.text('Short code, unique'),
    kind: column.oneOf(['company', 'person'], 'What kind of customer'),
    name: column.optional(column.text('Name of the company; of a person see the person table')),
    person_id: column.optional(column.uuid('The natural person who buys')),
    country: column.text('ISO 3166-1 code'),
    siren: column.optional(column.text('SIREN of a French company')),
    vat_number: column.optional(column.text('VAT number with its country prefix')),
    postcode: column.optional(column.text('Postcode of the company')),
    city: column.optional(column.text('City of the company')),
    address: column.optional(column.json<object>('Address of the company')),
    currency: column.text('ISO 4217 code of its documents'),
    payment_term_days: column.optional(
      column.integer('Days from the invoice; null: the terms of the entity'),
    ),
    search: column.text(SEARCH_COMMENT),
    registered_at: column.instant('Instant of its registration'),
    changed_at: column.instant('Instant of its last change'),
  },
  key: ['customer_id'],
  history: true,
  indexes: [
    { columns: ['code', 'customer_id'] },
    { columns: ['name', 'customer_id'] },
    { columns: ['search'], using: 'trigrams' },
  ],
  on: on => [
    on(
      CustomerRegistered,
      e => [{ customer_id: e.data.customerId }],
      (_, e) => ({
        customer_id: e.data.customerId,
        code: e.data.code,
        ...detailsOf(e.data.code, e.data),
        registered_at: e.recordedAt,
        changed_at: e.recordedAt,
      }),
    ),
    on(
      CustomerChanged,
      e => [{ customer_id: e.data.customerId }],
      (row, e) => ({
        ...present(row),
        ...detailsOf(present(row).code, e.data),
        changed_at: e.recordedAt,
      }),
    ),
  ],
})

export const customerContactTable = table({
  name: 'customer_contact',
  comment: 'Persons we deal with at a customer; who they are stands in the person table',
  columns: {
    customer_id: column.uuid('The customer'),
    person_id: column.uuid('The person'),
    role: column.optional(column.text('What the person does there')),
  },
  key: ['customer_id', 'person_id'],
  history: true,
  indexes: [{ columns: ['person_id'] }],
  on: on => [
    on(
      CustomerRegistered,
      e => e.data.contacts.map(c => ({ customer_id: e.data.customerId, person_id: c.personId })),
      (_, e, key) => ({
        customer_id: e.data.customerId,
        person_id: key.person_id as string,
        role: e.data.contacts.find(c => c.personId === key.person_id)?.role ?? null,
      }),
    ),
    on(
      CustomerContactSet,
      e => [{ customer_id: e.data.customerId, person_id: e.data.contact.personId }],
      (_, { data: { customerId, contact } }) => ({
        customer_id: customerId,
        person_id: contact.personId,
        role: contact.role ?? null,
      }),
    ),
    on(
      CustomerContactRemoved,
      e => [{ customer_id: e.data.customerId, person_id: e.data.personId }],
      () => undefined,
    ),
  ],
})

export const customers: Projection = {
  name: 'customers',
  version: 3,
  comment: 'Customers and whom we deal with there',
  tables: [customerTable, customerContactTable],
}
