import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import { monthOf } from '../shared/days.ts'
import { allocate, lineNet, sum, withinBound } from '../shared/money.ts'
import type { Address } from '../shared/party.ts'
import type { Day, Period } from '../shared/values.ts'
import type {
  Buyer,
  DocumentCharge,
  InvoiceContent,
  InvoiceLine,
  ItemVat,
  Seller,
} from './invoice-content.ts'
import type { DraftLine, InvoiceDrafted } from './invoice.events.ts'
import { businessProcessOf, notesOf } from './notes.ts'
import type { InvoicingTerms } from './notes.ts'
import { countryOfVatNumber, vatCountryOf } from './vat/territory.ts'
import { determineVat } from './vat/determine.ts'
import type { VatQuestion, VatRejection } from './vat/determine.ts'
import { vatTotals } from './vat-totals.ts'

/**
 * What an invoice says, made from a draft on the day its issue is asked for: complete for EN 16931 and French law, or
 * refused by the name of what is missing.
 */

export type DraftContent = Omit<
  z.output<typeof InvoiceDrafted.data>,
  'invoiceId' | 'entityId' | 'customerId' | 'currency'
>

export interface ContentFacts {
  readonly draft: DraftContent
  readonly currency: string
  readonly seller: z.output<typeof Seller>
  readonly buyer: z.output<typeof Buyer>
  readonly terms: InvoicingTerms
  /** Days from the invoice agreed with the customer; the seller's terms where absent. */
  readonly paymentTermDays: number | undefined
  /** When the seller's services fall due on that day. */
  readonly services: 'receipts' | 'debits'
  /** Account of freight charged to customers. */
  readonly freightAccount: string
  /** Day of the request in the seller's zone. */
  readonly day: Day
}

/** An invoice may gather the deliveries of one calendar month, and of no more (CGI 289-I-3). */
export interface SeveralMonths {
  readonly code: 'GOODS_OF_SEVERAL_MONTHS'
  readonly months: readonly Period[]
}

/** What the lines or the whole of a draft come to is beyond the bound of amounts, VAT included at any rate up to 100 %. */
export interface DraftTooLarge {
  readonly code: 'INVOICE_DRAFT_TOO_LARGE'
  /** Of those that no order stands behind, counted from 1; undefined of the whole. */
  readonly line: number | undefined
  readonly net: bigint
}

/** A company of an invoice whose address does not say where it is. */
export interface AddressIncomplete {
  readonly code: 'ADDRESS_INCOMPLETE'
  readonly name: string
  readonly missing: readonly ('line1' | 'postcode')[]
}

export type ContentRejection =
  | VatRejection
  | SeveralMonths
  | DraftTooLarge
  | { readonly code: 'BUYER_SIREN_MISSING'; readonly customer: string }
  | AddressIncomplete
  | { readonly code: 'DELIVERY_AFTER_ISSUE'; readonly deliveredOn: Day; readonly day: Day }
  | { readonly code: 'VAT_CHANGED_BETWEEN_DELIVERIES'; readonly first: Day; readonly last: Day }
  | { readonly code: 'EXEMPTIONS_MIXED'; readonly category: string; readonly codes: readonly string[] }
  | { readonly code: 'OUT_OF_SCOPE_MIXED' }
  | { readonly code: 'TOO_MANY_CHARGES'; readonly charges: number; readonly max: number }
  | { readonly code: 'INVOICE_WITHOUT_AMOUNT' }
  | { readonly code: 'INVOICE_AMOUNT_OUT_OF_BOUNDS'; readonly gross: bigint }

/** The buyer's SIREN is a mention of the invoice from then on (CGI ann. II 242 nonies A-I 1°, in force 2025-01-01). */
const BUYER_SIREN_FROM: Day = '2025-01-01'
/** What the stored shape holds. */
const CHARGES_MAX = 20

type OfLine = Pick<DraftLine, 'operation' | 'vat' | 'vatExemption'>

export const buildContent = (facts: ContentFacts): E.Either<ContentRejection, InvoiceContent> => {
  const refusal = refusalOf(facts)
  if (refusal !== undefined) return E.left(refusal)
  const lines: InvoiceLine[] = []
  for (const [index, line] of facts.draft.lines.entries()) {
    const vat = vatOfItem(facts, line)
    if (E.isLeft(vat)) return vat
    lines.push(contentLine(line, index + 1, vat.right))
  }
  const content = assemble(facts, lines, freightCharges(facts, lines))
  const flaw = flawOf(content)
  return flaw === undefined ? E.right(content) : E.left(flaw)
}

/** What can be seen before any amount is computed. */
const refusalOf = ({ draft, seller, buyer, day }: ContentFacts): ContentRejection | undefined => {
  const { party } = buyer
  const inFrance = vatCountryOf(countryOf(party)) === 'FR'
  if (party.kind === 'company' && inFrance && day >= BUYER_SIREN_FROM && party.siren === undefined)
    return { code: 'BUYER_SIREN_MISSING', customer: buyer.code }
  const incomplete =
    incompleteAddress(seller) ?? (party.kind === 'company' ? incompleteAddress(party) : undefined)
  if (incomplete !== undefined) return incomplete
  const last = deliveryDays(draft).at(-1)
  return last !== undefined && last > day
    ? { code: 'DELIVERY_AFTER_ISSUE', deliveredOn: last, day }
    : severalMonths(draft)
}

/** The addresses of both companies are mentions of an invoice (CGI ann. II 242 nonies A-I 1°). */
const incompleteAddress = ({
  name,
  address: { line1, postcode, country },
}: {
  readonly name: string
  readonly address: Address
}): AddressIncomplete | undefined => {
  const missing = [
    ...(line1 === undefined ? (['line1'] as const) : []),
    // Not every country has them.
    ...(postcode === undefined && country === 'FR' ? (['postcode'] as const) : []),
  ]
  return missing.length === 0 ? undefined : { code: 'ADDRESS_INCOMPLETE', name, missing }
}

/** Refuses goods delivered in different months: their VAT falls due in each (CGI 269-2-a), and one day dates it here. */
export const severalMonths = (draft: DraftContent): SeveralMonths | undefined => {
  const months = [...new Set(goodsDays(draft).map(monthOf))]
  return months.length > 1 ? { code: 'GOODS_OF_SEVERAL_MONTHS', months } : undefined
}

/** Refuses what no amount of the books, nor of a read model, can hold (PROTOCOL 7). */
export const draftTooLarge = ({ lines, freight }: DraftContent): DraftTooLarge | undefined => {
  const netOf = (line: DraftLine): bigint => lineNet(line.quantity, line.unitPrice, line.discountRate)
  const free = lines.filter(({ order }) => order === undefined).map(netOf)
  const at = free.findIndex(net => !withinBound(2n * net))
  const line = free[at]
  if (line !== undefined) return { code: 'INVOICE_DRAFT_TOO_LARGE', line: at + 1, net: line }
  const net = sum([...lines.map(netOf), ...freight.map(charge => charge.net)])
  return withinBound(2n * net) ? undefined : { code: 'INVOICE_DRAFT_TOO_LARGE', line: undefined, net }
}

const countryOf = (party: ContentFacts['buyer']['party']): string =>
  party.kind === 'company' ? party.address.country : party.country

/** Days on which something billed went out, oldest first. */
const deliveryDays = ({ deliveries }: DraftContent): readonly Day[] =>
  deliveries.map(({ deliveredOn }) => deliveredOn).toSorted()

/** Days on which goods billed went out, oldest first: any of the draft's for a line that does not tell its own. */
const goodsDays = (draft: DraftContent): readonly Day[] =>
  draft.lines
    .filter(({ operation, order }) => operation === 'goods' && order !== undefined)
    .flatMap(({ delivery }) => (delivery === undefined ? deliveryDays(draft) : [delivery.deliveredOn]))
    .toSorted()

/** The law of the delivery's day applies; of the request's day where nothing was delivered. */
const vatOfItem = (
  facts: ContentFacts,
  line: OfLine & Pick<DraftLine, 'delivery'>,
): E.Either<ContentRejection, z.output<typeof ItemVat>> => {
  const days = line.delivery === undefined ? deliveryDays(facts.draft) : [line.delivery.deliveredOn]
  const last = days.at(-1) ?? facts.day
  const first = days.at(0) ?? last
  const vat = determineVat(questionOf(facts, line, last))
  if (E.isLeft(vat) || first === last) return vat
  const earlier = determineVat(questionOf(facts, line, first))
  return E.isRight(earlier) &&
    earlier.right.rate === vat.right.rate &&
    earlier.right.category === vat.right.category
    ? vat
    : E.left({ code: 'VAT_CHANGED_BETWEEN_DELIVERIES', first, last })
}

const questionOf = (
  { seller, buyer: { party }, draft, services }: ContentFacts,
  { operation, vat, vatExemption }: OfLine,
  day: Day,
): VatQuestion => {
  const country = countryOf(party)
  // A person's number is protected; he is registered where he lives.
  const vatNumberOf =
    party.kind === 'company'
      ? party.vatNumber && countryOfVatNumber(party.vatNumber)
      : party.vatNumber && country
  const place = draft.deliverTo
  return {
    sellerCountry: seller.address.country,
    buyer: { isBusiness: party.kind === 'company' || party.trader === true, country, vatNumberOf },
    destination:
      place === undefined ? country : place.kind === 'company' ? place.address.country : place.country,
    operation,
    rateClass: vat,
    exemption: vatExemption,
    services,
    day,
  }
}

const contentLine = (line: DraftLine, number: number, vat: z.output<typeof ItemVat>): InvoiceLine => {
  const { vat: _class, vatExemption: _exemption, revenueAccount, axes, ...said } = line
  return {
    number: String(number),
    ...said,
    net: lineNet(line.quantity, line.unitPrice, line.discountRate),
    vat,
    account: revenueAccount,
    ...(axes === undefined ? {} : { axes }),
  }
}

type Charge = z.output<typeof DocumentCharge>

/**
 * Freight is accessory to what it carries and taxed like it (CGI 267-I-2°): the freight of an order is split over the
 * VAT of the goods of that order, in proportion to their nets.
 */
const freightCharges = ({ draft, freightAccount }: ContentFacts, lines: readonly InvoiceLine[]): Charge[] =>
  draft.freight.flatMap(({ orderId, number, net }) => {
    const ofOrder = preferring(lines, line => line.order?.orderId === orderId)
    const carried = preferring(ofOrder, line => line.operation === 'goods')
    const totals = vatShares(carried)
    const weights = totals.map(({ base }) => base)
    const shares = sum(weights) > 0n ? allocate(net, weights) : totals.map((_, i) => (i === 0 ? net : 0n))
    return totals.flatMap(({ vat }, index): Charge[] => {
      const share = shares[index] ?? 0n
      const reason = `Port, commande ${number}`
      const order = { orderId, number }
      return share === 0n
        ? []
        : [{ reasonCode: 'FC', reason, net: share, vat, account: freightAccount, order }]
    })
  })

/** Those that satisfy a wish, or all where none does. */
const preferring = <T>(items: readonly T[], wish: (item: T) => boolean): readonly T[] => {
  const wished = items.filter(wish)
  return wished.length > 0 ? wished : items
}

const vatShares = (lines: readonly InvoiceLine[]): { vat: InvoiceLine['vat']; base: bigint }[] => {
  const shares = new Map<string, { vat: InvoiceLine['vat']; base: bigint }>()
  for (const { vat, net } of lines) {
    const key = `${vat.category} ${vat.rate} ${vat.regime} ${vat.exemptionCode ?? ''}`
    shares.set(key, { vat, base: (shares.get(key)?.base ?? 0n) + net })
  }
  return [...shares.values()]
}

/** The totals of EN 16931 BR-CO-10 to BR-CO-16. */
const totalsOf = (
  lines: readonly InvoiceLine[],
  charges: readonly Charge[],
  vat: InvoiceContent['vat'],
): InvoiceContent['totals'] => {
  const ofLines = sum(lines.map(({ net }) => net))
  const ofCharges = sum(charges.map(({ net }) => net))
  const tax = sum(vat.map(total => total.tax))
  const net = ofLines + ofCharges
  const gross = net + tax
  return { lines: ofLines, charges: ofCharges, net, tax, gross, prepaid: 0n, payable: gross }
}

const assemble = (facts: ContentFacts, lines: InvoiceLine[], charges: Charge[]): InvoiceContent => {
  const { draft, currency, terms } = facts
  const vat = vatTotals([...lines, ...charges])
  const deliveredOn = goodsDays(draft).at(-1) ?? deliveryDays(draft).at(-1)
  const { deliverTo, buyerReference, purchaseOrder, contract, deliveries } = draft
  return {
    typeCode: '380',
    businessProcess: businessProcessOf(lines),
    currency,
    seller: facts.seller,
    buyer: facts.buyer,
    ...(deliverTo === undefined ? {} : { deliverTo }),
    ...(deliveredOn === undefined ? {} : { deliveredOn }),
    ...(buyerReference === undefined ? {} : { buyerReference }),
    ...(purchaseOrder === undefined ? {} : { purchaseOrder }),
    ...(contract === undefined ? {} : { contract }),
    deliveries,
    lines,
    charges,
    vat,
    totals: totalsOf(lines, charges, vat),
    vatOnDebits: lines.some(line => line.vat.category === 'S' && line.vat.regime === 'debits'),
    notes: notesOf(terms, facts.buyer, lines),
    paymentTermDays: facts.paymentTermDays ?? terms.paymentTermDays,
    ...(terms.iban === undefined
      ? {}
      : {
          payment: {
            means: '30' as const,
            iban: terms.iban,
            ...(terms.bic === undefined ? {} : { bic: terms.bic }),
          },
        }),
  }
}

/** What the finished document cannot be. */
const flawOf = ({ vat, lines, charges, totals }: InvoiceContent): ContentRejection | undefined => {
  for (const category of new Set(vat.map(total => total.category))) {
    const items = [...lines, ...charges].filter(item => item.vat.category === category)
    const codes = [...new Set(items.map(item => item.vat.exemptionCode ?? ''))]
    if (codes.length > 1) return { code: 'EXEMPTIONS_MIXED', category, codes }
  }
  // BR-O-11: an invoice with what is out of the tax's scope holds nothing else.
  if (vat.length > 1 && vat.some(({ category }) => category === 'O')) return { code: 'OUT_OF_SCOPE_MIXED' }
  if (charges.length > CHARGES_MAX)
    return { code: 'TOO_MANY_CHARGES', charges: charges.length, max: CHARGES_MAX }
  if (totals.gross === 0n) return { code: 'INVOICE_WITHOUT_AMOUNT' }
  return withinBound(totals.gross) ? undefined : { code: 'INVOICE_AMOUNT_OUT_OF_BOUNDS', gross: totals.gross }
}
