/** What an issued document says, as the API gives it: `InvoiceContent` of the event catalogue, integers of fixed scales. */

/** A text; of a natural person whose key was destroyed, or whose fields were not asked for, none. */
export type MaybePersonal = string | { readonly erased: string } | undefined

interface Address {
  readonly line1?: MaybePersonal
  readonly line2?: MaybePersonal
  readonly line3?: MaybePersonal
  readonly postcode?: string
  readonly city: string
  readonly country: string
}

interface Seller {
  readonly name: string
  readonly legalForm: string
  readonly capital?: string
  readonly registration?: string
  readonly siren: string
  readonly siret?: string
  readonly vatNumber: string
  readonly address: Address
}

interface CompanyParty {
  readonly kind: 'company'
  readonly name: string
  readonly siren?: string
  readonly siret?: string
  readonly vatNumber?: string
  readonly address: Address
}
interface PersonParty extends Address {
  readonly kind: 'person'
  readonly name: MaybePersonal
  readonly siren?: MaybePersonal
  readonly siret?: MaybePersonal
  readonly vatNumber?: MaybePersonal
}
export type Party = CompanyParty | PersonParty

type Place =
  | { readonly kind: 'company'; readonly name: string; readonly address: Address }
  | (Address & { readonly kind: 'person'; readonly name: MaybePersonal })

interface ItemVat {
  readonly category: string
  readonly rate: number
  readonly exemptionReason?: string
}

export interface PrintedLine {
  readonly number: string
  readonly order?: { readonly number: string; readonly purchaseOrder?: string }
  readonly delivery?: { readonly deliveredOn: string }
  readonly productCode?: string
  readonly name: string
  readonly description?: string
  readonly operation: 'goods' | 'services'
  readonly quantity: number
  readonly unit: string
  readonly unitPrice: number
  readonly discountRate: number
  readonly net: number
  readonly vat: ItemVat
}

export interface PrintedContent {
  readonly typeCode: string
  readonly currency: string
  readonly seller: Seller
  readonly buyer: { readonly code: string; readonly party: Party }
  readonly deliverTo?: Place
  readonly deliveredOn?: string
  readonly buyerReference?: string
  readonly purchaseOrder?: string
  readonly contract?: string
  readonly corrects?: { readonly number: string; readonly issuedOn: string }
  readonly lines: readonly PrintedLine[]
  readonly charges: readonly { readonly reason: string; readonly net: number; readonly vat: ItemVat }[]
  readonly vat: readonly {
    readonly rate: number
    readonly base: number
    readonly tax: number
    readonly exemptionReason?: string
  }[]
  readonly totals: {
    readonly net: number
    readonly tax: number
    readonly gross: number
    readonly prepaid: number
    readonly payable: number
  }
  readonly vatOnDebits: boolean
  readonly notes: readonly { readonly subject: string; readonly text: string }[]
  readonly paymentTermDays: number
  readonly payment?: { readonly iban?: string; readonly bic?: string }
}

/** Parties are told by lines of text; what is kept no more reads as erased. */
export const clear = (text: MaybePersonal): string | undefined =>
  typeof text === 'object' ? '— effacé —' : text

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
