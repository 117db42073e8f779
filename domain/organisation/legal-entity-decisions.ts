import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Decision } from '../shared/aggregate.ts'
import { addDays, addMonths, isTimeZone } from '../shared/days.ts'
import { identifiersProblem, isIban, type IdentifierRejection } from '../shared/identifiers.ts'
import { isSupportedCurrency } from '../shared/money.ts'
import { same } from '../shared/same.ts'
import type { Day, Uuid } from '../shared/values.ts'
import type {
  FiscalYear,
  InvoicingTerms,
  LegalEntity,
  NumberSeries,
  RegisteredEntity,
  VatRegimeChoice,
} from './legal-entity.ts'
import type { LegalEntityChanged, LegalEntityEvent, LegalEntityRegistered } from './legal-entity.events.ts'
import { longestNumber, patternsClash } from './number-pattern.ts'

type Registration = z.output<typeof LegalEntityRegistered.data>
type Change = z.output<typeof LegalEntityChanged.data>

export type LegalEntityRejection =
  | IdentifierRejection
  | { readonly code: 'LEGAL_ENTITY_NOT_FOUND' }
  | { readonly code: 'LEGAL_ENTITY_EXISTS'; readonly entityCode: string }
  | { readonly code: 'LEGAL_ENTITY_ABANDONED' }
  | { readonly code: 'CURRENCY_NOT_SUPPORTED'; readonly currency: string }
  | { readonly code: 'TIME_ZONE_UNKNOWN'; readonly timeZone: string }
  | { readonly code: 'VAT_REGIME_NOT_IN_ORDER'; readonly from: Day; readonly last: Day }
  | { readonly code: 'FISCAL_YEAR_EXISTS'; readonly year: string }
  | { readonly code: 'FISCAL_YEAR_ENDS_BEFORE_START'; readonly startsOn: Day; readonly endsOn: Day }
  | { readonly code: 'FISCAL_YEAR_TOO_LONG'; readonly endsOn: Day; readonly latest: Day }
  | { readonly code: 'FISCAL_YEAR_NOT_CONTIGUOUS'; readonly startsOn: Day; readonly expected: Day }
  | { readonly code: 'SERIES_EXISTS'; readonly series: string }
  | { readonly code: 'SERIES_DOCUMENT_TWICE'; readonly document: string }
  | { readonly code: 'SERIES_NUMBER_TOO_LONG'; readonly pattern: string; readonly length: number }
  | { readonly code: 'SERIES_PATTERN_CLASHES'; readonly pattern: string; readonly series: string }
  | { readonly code: 'IBAN_INVALID'; readonly iban: string }

type EntityDecision = Decision<LegalEntity, LegalEntityEvent, LegalEntityRejection>

/** Longest number of a document (BR-FR-02). */
const NUMBER_MAX = 35
/** A first year may last until the end of the year after; none is longer. */
const FISCAL_YEAR_MONTHS_MAX = 24

const registered = (
  decision: (entity: RegisteredEntity) => E.Either<LegalEntityRejection, readonly LegalEntityEvent[]>,
): EntityDecision => {
  return entity =>
    entity.status === 'registered' ? decision(entity) : E.left({ code: 'LEGAL_ENTITY_NOT_FOUND' })
}

const registrationProblem = (data: Registration): LegalEntityRejection | undefined => {
  const { currency, timeZone } = data
  if (!isSupportedCurrency(currency)) return { code: 'CURRENCY_NOT_SUPPORTED', currency }
  if (!isTimeZone(timeZone)) return { code: 'TIME_ZONE_UNKNOWN', timeZone }
  return identifiersProblem(data)
}

const fiscalYearProblem = (
  { startsOn, endsOn }: FiscalYear,
  last: FiscalYear | undefined,
): LegalEntityRejection | undefined => {
  if (endsOn < startsOn) return { code: 'FISCAL_YEAR_ENDS_BEFORE_START', startsOn, endsOn }
  const latest = addDays(addMonths(startsOn, FISCAL_YEAR_MONTHS_MAX), -1)
  if (endsOn > latest) return { code: 'FISCAL_YEAR_TOO_LONG', endsOn, latest }
  const expected = last === undefined ? startsOn : addDays(last.endsOn, 1)
  return startsOn === expected ? undefined : { code: 'FISCAL_YEAR_NOT_CONTIGUOUS', startsOn, expected }
}

const seriesProblem = (
  { documents, pattern }: NumberSeries,
  others: Iterable<NumberSeries>,
): LegalEntityRejection | undefined => {
  const document = documents.find((d, index) => documents.indexOf(d) < index)
  if (document !== undefined) return { code: 'SERIES_DOCUMENT_TWICE', document }
  const length = longestNumber(pattern)
  if (length > NUMBER_MAX) return { code: 'SERIES_NUMBER_TOO_LONG', pattern, length }
  for (const other of others)
    if (patternsClash(pattern, other.pattern))
      return { code: 'SERIES_PATTERN_CLASHES', pattern, series: other.series }
  return undefined
}

export const decide = {
  register:
    (data: Registration): EntityDecision =>
    entity => {
      if (entity.status === 'abandoned') return E.left({ code: 'LEGAL_ENTITY_ABANDONED' })
      if (entity.status === 'registered')
        return same(data, entity.registered, 'different')
          ? E.right([])
          : E.left({ code: 'LEGAL_ENTITY_EXISTS', entityCode: entity.registered.code })
      const problem = registrationProblem(data)
      return problem === undefined
        ? E.right([{ type: 'organisation.LegalEntityRegistered', data }])
        : E.left(problem)
    },

  /** Documents issued before keep what they said. */
  change: (data: Change): EntityDecision =>
    registered(({ identity: before }) => {
      const { entityId: _id, ...identity } = data
      if (same(identity, before, 'different')) return E.right([])
      const problem = identifiersProblem(identity)
      return problem === undefined
        ? E.right([{ type: 'organisation.LegalEntityChanged', data }])
        : E.left(problem)
    }),

  /** From a day on, later than any chosen before: what applied stays what applied. */
  chooseVatRegime: (data: VatRegimeChoice): EntityDecision =>
    registered(({ vatRegimes }) => {
      const last = vatRegimes.at(-1)
      if (last !== undefined && same(data, last, 'different')) return E.right([])
      return last !== undefined && data.from <= last.from
        ? E.left({ code: 'VAT_REGIME_NOT_IN_ORDER', from: data.from, last: last.from })
        : E.right([{ type: 'organisation.VatRegimeChosen', data }])
    }),

  /** Years follow each other without gap or overlap. */
  openFiscalYear: (data: FiscalYear): EntityDecision =>
    registered(({ fiscalYears }) => {
      const known = fiscalYears.find(({ year }) => year === data.year)
      if (known !== undefined)
        return same(data, known, 'different')
          ? E.right([])
          : E.left({ code: 'FISCAL_YEAR_EXISTS', year: data.year })
      const problem = fiscalYearProblem(data, fiscalYears.at(-1))
      return problem === undefined
        ? E.right([{ type: 'organisation.FiscalYearOpened', data }])
        : E.left(problem)
    }),

  /** No two series of an entity can give the same number (CGI ann. II art. 242 nonies A, I-7°). */
  openSeries: (data: NumberSeries): EntityDecision =>
    registered(({ series }) => {
      const known = series.get(data.series)
      if (known !== undefined)
        return same(data, known, 'different')
          ? E.right([])
          : E.left({ code: 'SERIES_EXISTS', series: data.series })
      const problem = seriesProblem(data, series.values())
      return problem === undefined
        ? E.right([{ type: 'organisation.NumberSeriesOpened', data }])
        : E.left(problem)
    }),

  setInvoicingTerms: (data: InvoicingTerms): EntityDecision =>
    registered(({ terms }) => {
      if (same(data, terms, 'different')) return E.right([])
      return data.iban === undefined || isIban(data.iban)
        ? E.right([{ type: 'organisation.InvoicingTermsSet', data }])
        : E.left({ code: 'IBAN_INVALID', iban: data.iban })
    }),

  /** Ends a registration that never came after its claim on the code, so that the code can be released. */
  abandon:
    (data: { readonly entityId: Uuid; readonly commandId: Uuid }): EntityDecision =>
    entity => {
      switch (entity.status) {
        case 'none':
          return E.right([{ type: 'organisation.LegalEntityRegistrationAbandoned', data }])
        case 'abandoned':
          return E.right([])
        case 'registered':
          return E.left({ code: 'LEGAL_ENTITY_EXISTS', entityCode: entity.registered.code })
      }
    },
}
