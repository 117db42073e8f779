import { addYears, dayIn } from '../shared/days.ts'
import type { Purpose } from '../shared/protected.ts'
import { impossible, type Day, type Instant } from '../shared/values.ts'

/**
 * How long what is kept for a purpose stays, by law or by rule of the trade. Erasure does not override a legal
 * obligation to keep (GDPR art. 17-3-b). Dated data: a rule applies to the erasures asked for from its first day on.
 */
export interface RetentionRule {
  readonly purpose: Purpose
  /** First day on which the rule is applied. */
  readonly from: Day
  readonly years: number
  /** What the years are counted from. */
  readonly start: 'lastFact' | 'fiscalYearEnd' | 'departure'
  readonly source: string
}

export const RETENTION_RULES: readonly RetentionRule[] = [
  {
    purpose: 'prospecting',
    from: '1900-01-01',
    years: 3,
    start: 'lastFact',
    source: 'CNIL, référentiel gestion commerciale (2022-02-03): 3 years after the last contact',
  },
  {
    purpose: 'contract',
    from: '1900-01-01',
    years: 5,
    start: 'lastFact',
    source: 'C. civ. art. 2224: 5 years of prescription after the last act of the contract',
  },
  {
    purpose: 'accounting',
    from: '1900-01-01',
    years: 10,
    start: 'fiscalYearEnd',
    source: 'C. com. art. L123-22: 10 years after the end of the fiscal year',
  },
  {
    purpose: 'account',
    from: '1900-01-01',
    years: 6,
    start: 'departure',
    source: 'LPF art. L102 B, CGI art. 289-VII: who acted is part of the audit trail, kept 6 years',
  },
]

/** The rule of a purpose on a day: the one that began last. */
export const retentionRule = (purpose: Purpose, on: Day): RetentionRule =>
  RETENTION_RULES.filter(rule => rule.purpose === purpose && rule.from <= on)
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))
    .at(0) ?? impossible(`no retention rule for ${purpose} on ${on}`)

/**
 * The first day on which what was kept under a rule may be forgotten. The fiscal year is not known here, a person
 * dealing with several entities: the latest day on which a twelve-month year holding the fact can end is taken.
 * @param lastFactAt instant of the last fact kept for the purpose
 * @param leftOn day a user left
 */
export const retainedUntil = (rule: RetentionRule, lastFactAt: Instant, leftOn: Day | undefined): Day => {
  const lastFact = dayIn('Europe/Paris', lastFactAt)
  switch (rule.start) {
    case 'lastFact':
      return addYears(lastFact, rule.years)
    case 'fiscalYearEnd':
      return addYears(addYears(lastFact, 1), rule.years)
    case 'departure':
      return addYears(leftOn !== undefined && leftOn > lastFact ? leftOn : lastFact, rule.years)
  }
}
