import * as E from 'fp-ts/lib/Either.js'
import type { VatCategory, VatRegime } from '../../shared/journal-entry.ts'
import type { Day } from '../../shared/values.ts'
import type { VatRateClass } from '../../commerce/public.ts'
import {
  EXPORT,
  INTRA_UNION,
  OUT_OF_SCOPE,
  REVERSE_CHARGE,
  exemptionOf,
  knownExemptions,
} from './exemptions.ts'
import { frenchRateOn } from './rates.ts'
import { inUnion, vatCountryOf } from './territory.ts'

/**
 * The VAT of one item sold by a seller in France: category, rate and regime, from dated rules.
 *
 * Goods follow where they go (CGI 258): within France taxed; to another member state exempt where the buyer has a VAT
 * number there or in a third one (262 ter I), else taxed here as a distance sale below the threshold (259 D); out of
 * the Union exempt (262 I). Services follow the buyer where he is a business (259, 1°), since 2010; else the seller.
 */

export interface VatQuestion {
  readonly sellerCountry: string
  readonly buyer: {
    readonly isBusiness: boolean
    readonly country: string
    /** Country that gave his VAT number, if he has one. */
    readonly vatNumberOf: string | undefined
  }
  /** Where goods go: the buyer's country where nothing else is said. */
  readonly destination: string
  readonly operation: 'goods' | 'services'
  readonly rateClass: VatRateClass
  /** VATEX code of an exempt item. */
  readonly exemption: string | undefined
  /** When the seller's services fall due. */
  readonly services: 'receipts' | 'debits'
  /** Day of delivery or performance: whose law applies. */
  readonly day: Day
}

export interface DeterminedVat {
  readonly category: VatCategory
  readonly rate: bigint
  readonly regime: VatRegime
  readonly exemptionCode?: string
  readonly exemptionReason?: string
}

export type VatRejection =
  | { readonly code: 'VAT_RULES_MISSING'; readonly country: string; readonly day: Day }
  | { readonly code: 'VAT_RATE_UNKNOWN'; readonly rateClass: VatRateClass; readonly day: Day }
  | {
      readonly code: 'VAT_EXEMPTION_UNKNOWN'
      readonly exemption: string | undefined
      readonly known: readonly string[]
    }

/** Services between businesses follow the buyer since then (directive 2008/8/CE, "VAT package"). */
const SERVICES_FOLLOW_BUYER_FROM: Day = '2010-01-01'

type Exemption = NonNullable<ReturnType<typeof exemptionOf>>

export const determineVat = (question: VatQuestion): E.Either<VatRejection, DeterminedVat> => {
  const { sellerCountry, day } = question
  return vatCountryOf(sellerCountry) !== 'FR'
    ? E.left({ code: 'VAT_RULES_MISSING', country: sellerCountry, day })
    : question.operation === 'goods'
      ? goods(question)
      : services(question)
}

const isFrance = (country: string): boolean => vatCountryOf(country) === 'FR'

/** A VAT number of another member state: what makes a buyer a business there. */
const hasUnionNumber = ({ buyer: { vatNumberOf }, day }: VatQuestion): boolean =>
  vatNumberOf !== undefined && !isFrance(vatNumberOf) && inUnion(vatNumberOf, day)

const goods = (question: VatQuestion): E.Either<VatRejection, DeterminedVat> => {
  const { destination, day } = question
  if (isFrance(destination)) return domestic(question)
  if (!inUnion(destination, day)) return E.right(exempt(question, EXPORT))
  return hasUnionNumber(question) ? E.right(exempt(question, INTRA_UNION)) : domestic(question)
}

const services = (question: VatQuestion): E.Either<VatRejection, DeterminedVat> => {
  const { buyer, day } = question
  if (isFrance(buyer.country)) return domestic(question)
  if (day < SERVICES_FOLLOW_BUYER_FROM)
    return E.left({ code: 'VAT_RULES_MISSING', country: buyer.country, day })
  if (!buyer.isBusiness) return domestic(question)
  if (!inUnion(buyer.country, day)) return E.right(exempt(question, OUT_OF_SCOPE))
  return hasUnionNumber(question) ? E.right(exempt(question, REVERSE_CHARGE)) : domestic(question)
}

const domestic = (question: VatQuestion): E.Either<VatRejection, DeterminedVat> => {
  const { rateClass, exemption, day } = question
  if (rateClass === 'exempt') {
    const known = exemptionOf(exemption)
    return known === undefined
      ? E.left({ code: 'VAT_EXEMPTION_UNKNOWN', exemption, known: knownExemptions })
      : E.right(exempt(question, known))
  }
  const rate = frenchRateOn(rateClass, day)
  return rate === undefined
    ? E.left({ code: 'VAT_RATE_UNKNOWN', rateClass, day })
    : E.right({ category: 'S', rate, regime: regimeOf(question) })
}

const exempt = (question: VatQuestion, { category, code, reason }: Exemption): DeterminedVat => ({
  category,
  rate: 0n,
  regime: regimeOf(question),
  exemptionCode: code,
  exemptionReason: reason,
})

/** Goods fall due at delivery (CGI 269-2-a); services on receipts unless the seller opted for debits (269-2-c). */
const regimeOf = ({ operation, services: chosen }: VatQuestion): VatRegime =>
  operation === 'goods' ? 'delivery' : chosen
