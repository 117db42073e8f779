import type { Day } from '../../shared/values.ts'
import type { VatRateClass } from '../../commerce/public.ts'

/**
 * VAT rates of mainland France, dated. Each row holds from its day until the next row of its class; a day before the
 * first row has no answer, and is refused rather than guessed.
 */

interface DatedRate {
  readonly class: Exclude<VatRateClass, 'exempt'>
  readonly from: Day
  /** In 1/10,000. */
  readonly rate: bigint
  readonly source: string
}

/** Oldest first within a class. Rates of 1991 stand for those already in force then. */
export const FRENCH_RATES: readonly DatedRate[] = [
  { class: 'standard', from: '1991-01-01', rate: 1860n, source: 'CGI art. 278' },
  { class: 'standard', from: '1995-08-01', rate: 2060n, source: 'CGI art. 278, loi 95-885 du 4 août 1995' },
  {
    class: 'standard',
    from: '2000-04-01',
    rate: 1960n,
    source: 'CGI art. 278, loi 2000-656 du 13 juillet 2000',
  },
  {
    class: 'standard',
    from: '2014-01-01',
    rate: 2000n,
    source: 'CGI art. 278, loi 2012-1510 du 29 décembre 2012',
  },
  {
    class: 'intermediate',
    from: '2012-01-01',
    rate: 700n,
    source: 'CGI art. 279, loi 2011-1978 du 28 décembre 2011',
  },
  {
    class: 'intermediate',
    from: '2014-01-01',
    rate: 1000n,
    source: 'CGI art. 279, loi 2012-1510 du 29 décembre 2012',
  },
  { class: 'reduced', from: '1991-01-01', rate: 550n, source: 'CGI art. 278-0 bis (278 bis before 2012)' },
  { class: 'superReduced', from: '1991-01-01', rate: 210n, source: 'CGI art. 281 quater et suivants' },
]

/** The rate of a class on a day, in 1/10,000; undefined where the data do not reach. */
export const frenchRateOn = (rateClass: DatedRate['class'], day: Day): bigint | undefined =>
  FRENCH_RATES.filter(row => row.class === rateClass && row.from <= day).at(-1)?.rate
