import {
  InvoicingTermsSet,
  LegalEntityChanged,
  LegalEntityRegistered,
  NumberSeriesOpened,
  VatRegimeChosen,
} from '../../domain/organisation/legal-entity.events.ts'
import { column, table } from '../definition.ts'
import type { Projection, Recorded } from '../definition.ts'
import { present } from '../shared.ts'

type Identity = Recorded<typeof LegalEntityRegistered | typeof LegalEntityChanged>['data']

const identityOf = (data: Identity) => ({
  name: data.name,
  legal_form: data.legalForm,
  capital: data.capital ?? null,
  registration: data.registration ?? null,
  siren: data.siren,
  siret: data.siret ?? null,
  vat_number: data.vatNumber,
  address: data.address,
})

export const legalEntityTable = table({
  name: 'legal_entity',
  comment: 'Legal entities as they stand now',
  columns: {
    entity_id: column.uuid('Identifier of the entity'),
    code: column.text('Short code'),
    name: column.text('Name'),
    legal_form: column.text('Legal form as printed'),
    capital: column.optional(column.text('Capital as printed')),
    registration: column.optional(column.text('Register of companies as printed')),
    siren: column.text('SIREN'),
    siret: column.optional(column.text('SIRET of the seat')),
    vat_number: column.text('VAT number'),
    address: column.json<object>('Address'),
    currency: column.text('ISO 4217 code of its ledger'),
    time_zone: column.text('IANA name: days are days there'),
    payment_term_days: column.optional(column.integer('Days from the invoice')),
    iban: column.optional(column.text('Account that customers pay to')),
  },
  key: ['entity_id'],
  history: true,
  on: on => [
    on(
      LegalEntityRegistered,
      e => [{ entity_id: e.data.entityId }],
      (_, { data }) => ({
        entity_id: data.entityId,
        code: data.code,
        ...identityOf(data),
        currency: data.currency,
        time_zone: data.timeZone,
        payment_term_days: null,
        iban: null,
      }),
    ),
    on(
      LegalEntityChanged,
      e => [{ entity_id: e.data.entityId }],
      (row, e) => ({ ...present(row), ...identityOf(e.data) }),
    ),
    on(
      InvoicingTermsSet,
      e => [{ entity_id: e.data.entityId }],
      (row, { data }) => ({
        ...present(row),
        payment_term_days: data.paymentTermDays,
        iban: data.iban ?? null,
      }),
    ),
  ],
})

export const numberSeriesTable = table({
  name: 'number_series',
  comment: 'Gapless series of numbers',
  columns: {
    entity_id: column.uuid('Legal entity'),
    series: column.text('Code of the series'),
    documents: column.texts('invoice, creditNote'),
    journal: column.text('Journal its documents are posted in'),
    pattern: column.text('How a number is written'),
  },
  key: ['entity_id', 'series'],
  on: on => [
    on(
      NumberSeriesOpened,
      e => [{ entity_id: e.data.entityId, series: e.data.series }],
      (_, { data }) => ({
        entity_id: data.entityId,
        series: data.series,
        documents: data.documents,
        journal: data.journal,
        pattern: data.pattern,
      }),
    ),
  ],
})

export const vatRegimeTable = table({
  name: 'vat_regime',
  comment: 'When VAT on services falls due, from a day on',
  columns: {
    entity_id: column.uuid('Legal entity'),
    from_day: column.date('First day of the regime'),
    services: column.oneOf(['receipts', 'debits'], 'When VAT on services falls due'),
  },
  key: ['entity_id', 'from_day'],
  on: on => [
    on(
      VatRegimeChosen,
      e => [{ entity_id: e.data.entityId, from_day: e.data.from }],
      (_, { data }) => ({ entity_id: data.entityId, from_day: data.from, services: data.services }),
    ),
  ],
})

export const entities: Projection = {
  name: 'entities',
  version: 1,
  comment: 'Legal entities and their settings',
  tables: [legalEntityTable, numberSeriesTable, vatRegimeTable],
}
