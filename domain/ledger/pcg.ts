import pcg2026 from './pcg-2026.json' with { type: 'json' }

/**
 * The French standard chart of accounts (plan comptable général), by edition. Headings of one or two figures order
 * the chart; entries use accounts of three and more.
 */
const editions: ReadonlyMap<number, ReadonlyMap<string, string>> = new Map([
  [pcg2026.edition, new Map(Object.entries(pcg2026.accounts))],
])

/** The editions that the product knows. */
export const pcgEditions: readonly number[] = [...editions.keys()]

/** Label by account number, or undefined for an edition the product does not know. */
export const pcgOf = (edition: number): ReadonlyMap<string, string> | undefined => editions.get(edition)

/**
 * Accounts kept by third party, by their first figures: an entry on one of them always names whom it concerns (FEC
 * CompAuxNum). Accounts of employees and partners are kept so only where the entity opens one that is.
 */
const auxiliaries: readonly (readonly [string, AuxiliaryKind])[] = [
  ['401', 'supplier'],
  ['403', 'supplier'],
  ['404', 'supplier'],
  ['405', 'supplier'],
  ['4091', 'supplier'],
  ['411', 'customer'],
  ['413', 'customer'],
  ['416', 'customer'],
  ['4191', 'customer'],
]

export type AuxiliaryKind = 'customer' | 'supplier' | 'person'

/** The kind of third party that an account of the standard chart is kept by, if any. */
export const pcgAuxiliary = (account: string): AuxiliaryKind | undefined =>
  auxiliaries.find(([prefix]) => account.startsWith(prefix))?.[1]
