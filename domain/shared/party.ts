import { z } from 'zod'
import { about, personal } from './protected.ts'
import { Country, text } from './values.ts'

/** SIREN: 9 digits of the French register of companies. The Luhn key is checked by commands, not by the shape. */
export const Siren = z.string().regex(/^\d{9}$/)
/** SIRET: SIREN and 5 digits of the establishment. */
export const Siret = z.string().regex(/^\d{14}$/)
/** VAT number as written on documents: country prefix, no spaces. */
export const VatNumber = z.string().regex(/^[A-Z]{2}[0-9A-Z+*]{2,13}$/)

/** A postal address (EN 16931 BG-5, BG-8, BG-15). Of a company: not personal. */
export const Address = z.strictObject({
  line1: text(200).optional(),
  line2: text(200).optional(),
  line3: text(200).optional(),
  postcode: text(20).optional(),
  city: text(100),
  region: text(100).optional(),
  country: Country,
})
export type Address = z.output<typeof Address>

/** Scheme of an electronic address (EAS code list), such as 0225. */
export const ElectronicScheme = z.string().regex(/^[0-9A-Z]{2,4}$/)

/** Where an e-invoice is sent (BT-34, BT-49): scheme 0225 is the French directory, SIREN first. */
export const ElectronicAddress = z.strictObject({
  scheme: ElectronicScheme,
  id: text(100),
})

/** A person at a company that we deal with: kept for the contract. */
export const Contact = about('contract', {
  name: personal(200),
  role: text(100).optional(),
  email: personal(254).optional(),
  phone: personal(40).optional(),
  fax: personal(40).optional(),
})
export type Contact = z.output<typeof Contact>

/**
 * A natural person who buys, privately or as a sole trader (entrepreneur individuel): name, address and identifiers
 * are personal, kept for the accounts. Town and country stay in clear: taxes and statistics need them.
 */
export const PersonParty = about('accounting', {
  kind: z.literal('person'),
  name: personal(200),
  line1: personal(200).optional(),
  line2: personal(200).optional(),
  line3: personal(200).optional(),
  postcode: text(20).optional(),
  city: text(100),
  region: text(100).optional(),
  country: Country,
  /** Buys for a business: sole traders have a SIREN, and an e-invoice names it. */
  trader: z.boolean().optional(),
  siren: personal(9).optional(),
  siret: personal(14).optional(),
  vatNumber: personal(15).optional(),
  electronicScheme: ElectronicScheme.optional(),
  electronicId: personal(100).optional(),
})

/** An organisation that buys. `invented` lists identifiers made up for a sandbox, so that nobody trusts them. */
export const CompanyParty = z.strictObject({
  kind: z.literal('company'),
  name: text(200),
  siren: Siren.optional(),
  siret: Siret.optional(),
  vatNumber: VatNumber.optional(),
  address: Address,
  electronicAddress: ElectronicAddress.optional(),
  invented: z
    .array(z.enum(['siren', 'siret', 'vatNumber']))
    .max(3)
    .optional(),
})

export const Party = z.discriminatedUnion('kind', [CompanyParty, PersonParty])
export type Party = z.output<typeof Party>

/**
 * Where goods or services go (BG-13). A private address is personal; kept for the accounts from the first day on,
 * because an invoice copies it as it is and must show it as long as the invoice is kept.
 */
export const DeliveryPlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('company'), name: text(200), address: Address }),
  about('accounting', {
    kind: z.literal('person'),
    name: personal(200),
    line1: personal(200).optional(),
    line2: personal(200).optional(),
    line3: personal(200).optional(),
    postcode: text(20).optional(),
    city: text(100),
    country: Country,
  }),
])
export type DeliveryPlace = z.output<typeof DeliveryPlace>
