import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { Address, ElectronicAddress, Siren, Siret, VatNumber } from '../shared/party.ts'
import { Code, Currency, Day, Uuid, multiline, text } from '../shared/values.ts'

/** Stream `legalEntity-<entityId>`. */

const Identity = {
  name: text(200),
  /** "SAS", "SARL", "association loi 1901"… as printed on documents (C. com. R123-238). */
  legalForm: text(60),
  /** Share capital as printed: "50 000 EUR". */
  capital: text(40).optional(),
  /** Town of the register: "RCS Paris". */
  registration: text(60).optional(),
  siren: Siren,
  siret: Siret.optional(),
  vatNumber: VatNumber,
  address: Address,
  electronicAddress: ElectronicAddress.optional(),
}

export const LegalEntityRegistered = defineEvent(
  'organisation.LegalEntityRegistered',
  z.strictObject({
    entityId: Uuid,
    /** Short code, as people call it: GL, FORM… */
    code: Code,
    ...Identity,
    /** Currency of its ledger. */
    currency: Currency,
    /** IANA name: days are days there. */
    timeZone: text(60),
  }),
)

export const LegalEntityChanged = defineEvent(
  'organisation.LegalEntityChanged',
  z.strictObject({ entityId: Uuid, ...Identity }),
)

/**
 * When VAT on services falls due from a day on: at the receipt (the rule, CGI 269-2-c) or on the debits (by option).
 * Goods always fall due at delivery.
 */
export const VatRegimeChosen = defineEvent(
  'organisation.VatRegimeChosen',
  z.strictObject({ entityId: Uuid, from: Day, services: z.enum(['receipts', 'debits']) }),
)

export const FiscalYearOpened = defineEvent(
  'organisation.FiscalYearOpened',
  z.strictObject({
    entityId: Uuid,
    /** Name of the year, unique in the entity: "2026". */
    year: Code,
    startsOn: Day,
    endsOn: Day,
  }),
)

/** `{year}` is the year of the number's day, `{number:6}` the count on 6 digits: "F{year}-{number:6}". */
export const NumberPattern = z
  .string()
  .max(40)
  .regex(/^[A-Za-z0-9+_/-]*(\{year\})?[A-Za-z0-9+_/-]*\{number:[1-9]\}$/)

/** A gapless series. The register stream is `invoiceRegister-<entityId>.<series>`. */
export const NumberSeriesOpened = defineEvent(
  'organisation.NumberSeriesOpened',
  z.strictObject({
    entityId: Uuid,
    series: Code,
    documents: z
      .array(z.enum(['invoice', 'creditNote']))
      .min(1)
      .max(2),
    journal: Code,
    pattern: NumberPattern,
  }),
)

/** ISO 13616, as it is written without spaces. */
export const Iban = z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/)
/** ISO 9362. */
export const Bic = z.string().regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/)

/** What every invoice says and how it is to be paid (C. com. L441-9, D441-5; BR-FR-05 PMT, PMD, AAB). */
export const InvoicingTermsSet = defineEvent(
  'organisation.InvoicingTermsSet',
  z.strictObject({
    entityId: Uuid,
    paymentTermDays: z.int().min(0).max(60),
    latePaymentNote: multiline(1000),
    recoveryNote: multiline(1000),
    discountNote: multiline(1000),
    iban: Iban.optional(),
    bic: Bic.optional(),
  }),
)

/**
 * The command that had claimed the key of this legal entity never came back. Nothing begins on this stream any more; its
 * key is free again (PROTOCOL 16). `commandId` is the command that had claimed.
 */
export const LegalEntityRegistrationAbandoned = defineEvent(
  'organisation.LegalEntityRegistrationAbandoned',
  z.strictObject({ entityId: Uuid, commandId: Uuid }),
)

export const legalEntityEvents = [
  LegalEntityRegistered,
  LegalEntityChanged,
  VatRegimeChosen,
  FiscalYearOpened,
  NumberSeriesOpened,
  InvoicingTermsSet,
  LegalEntityRegistrationAbandoned,
] as const
export type LegalEntityEvent = EventOf<typeof legalEntityEvents>
