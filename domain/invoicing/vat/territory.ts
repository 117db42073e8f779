import type { Day } from '../../shared/values.ts'

/**
 * Who belonged to the European Union, as VAT sees it, on which day. From the single market on (1993-01-01): before
 * it, every frontier was an export.
 */

interface Membership {
  readonly country: string
  readonly from: Day
  /** Last day. */
  readonly until?: Day
  readonly source: string
}

const SINGLE_MARKET = 'Directive 91/680/CEE, single market from 1993-01-01'
const members = (source: string, from: Day, ...countries: readonly string[]): readonly Membership[] =>
  countries.map(country => ({ country, from, source }))

export const MEMBERSHIPS: readonly Membership[] = [
  ...members(
    SINGLE_MARKET,
    '1993-01-01',
    ...['BE', 'DE', 'DK', 'ES', 'FR', 'GR', 'IE', 'IT', 'LU', 'NL', 'PT'],
  ),
  {
    country: 'GB',
    from: '1993-01-01',
    until: '2020-12-31',
    source: 'Withdrawal agreement 2019/C 384 I/01, art. 126: end of the transition',
  },
  ...members('Accession treaty of 1994', '1995-01-01', 'AT', 'FI', 'SE'),
  ...members(
    'Accession treaty of 2003',
    '2004-05-01',
    ...['CY', 'CZ', 'EE', 'HU', 'LT', 'LV', 'MT', 'PL', 'SI', 'SK'],
  ),
  ...members('Accession treaty of 2005', '2007-01-01', 'BG', 'RO'),
  ...members('Accession treaty of 2011', '2013-07-01', 'HR'),
]

/** Territories that VAT treats as part of a member state (directive 2006/112/CE, art. 7). */
const PART_OF: Readonly<Record<string, string>> = { MC: 'FR', IM: 'GB' }

/** The country whose VAT territory a country code belongs to. */
export const vatCountryOf = (country: string): string => PART_OF[country] ?? country

/** Whether a country was in the Union's VAT territory on a day. */
export const inUnion = (country: string, day: Day): boolean =>
  MEMBERSHIPS.some(
    m => m.country === vatCountryOf(country) && m.from <= day && (m.until === undefined || day <= m.until),
  )

/** Country that gave a VAT number, by its prefix: Greece writes EL. */
export const countryOfVatNumber = (vatNumber: string): string => {
  const prefix = vatNumber.slice(0, 2)
  return prefix === 'EL' ? 'GR' : prefix
}
