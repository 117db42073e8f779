import type { z } from 'zod'
import type { InvoiceContent } from '../../../domain/invoicing/invoice-content.ts'
import type { ProtectedField } from '../../../domain/shared/protected.ts'

/** What a personal field reads as where its key was destroyed, or it was not asked for. */
interface Erased {
  readonly erased: string
}

/** Content as the API gives it: integers of fixed scales, and what is personal in clear, or erased. */
type Shown<T> = T extends ProtectedField
  ? Erased
  : T extends readonly (infer Item)[]
    ? readonly Shown<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Shown<T[K]> }
      : T

/** What an issued document says. */
export type PrintedContent = Shown<z.input<typeof InvoiceContent>>
export type PrintedLine = PrintedContent['lines'][number]

type Seller = PrintedContent['seller']
type Party = PrintedContent['buyer']['party']
type Place = NonNullable<PrintedContent['deliverTo']>

/** A company's address, or what a person has of one. */
interface Address {
  readonly line1?: MaybePersonal
  readonly line2?: MaybePersonal
  readonly line3?: MaybePersonal
  readonly postcode?: string | undefined
  readonly city: string
  readonly country: string
}

type MaybePersonal = string | Erased | undefined

/** Parties are told by lines of text; what is kept no more reads as erased. */
const clear = (text: MaybePersonal): string | undefined => (typeof text === 'object' ? '— effacé —' : text)

const COUNTRY_OF_SELLER = 'FR'

const addressLines = ({ line1, line2, line3, postcode, city, country }: Address) => [
  ...[line1, line2, line3].map(clear),
  [postcode, city].filter(Boolean).join(' '),
  country === COUNTRY_OF_SELLER ? undefined : countryName(country),
]

const countryName = (code: string): string =>
  new Intl.DisplayNames(['fr'], { type: 'region' }).of(code) ?? code

/** Name and address, line by line. */
export const postal = (party: Party | Place | (Seller & { readonly kind?: undefined })): readonly string[] =>
  [clear(party.name), ...addressLines(party.kind === 'person' ? party : party.address)].filter(
    (line): line is string => line !== undefined && line !== '',
  )

/** What identifies a buyer for the tax office, as far as the document says it. */
export const identifiersOf = (party: Party): readonly string[] =>
  (
    [
      ['SIREN', party.siren],
      ['SIRET', party.siret],
      ['N° TVA', party.vatNumber],
    ] as const
  ).flatMap(([label, value]) => (value === undefined ? [] : [`${label} ${clear(value) ?? ''}`]))

/** Nature of the operation (CGI ann. II 242 nonies A-I 8° bis). */
export const operationOf = (lines: readonly Pick<PrintedLine, 'operation'>[]): string => {
  const kinds = new Set(lines.map(({ operation }) => operation))
  if (kinds.size > 1) return 'Livraisons de biens et prestations de services'
  return kinds.has('goods') ? 'Livraisons de biens' : 'Prestations de services'
}
