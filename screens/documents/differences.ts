type Values = Readonly<Record<string, unknown>>

/** A field that another changed while it stood in the form. */
export interface Difference {
  readonly name: string
  readonly before: unknown
  readonly theirs: unknown
  readonly mine: unknown
  /** Whether this person changed it too: one of the two must be chosen. */
  readonly both: boolean
}

export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/**
 * What differs between the document as the form began from it and as it stands now.
 * @param mine what stands in the form
 */
export const differencesOf = (
  names: readonly string[],
  before: Values,
  theirs: Values,
  mine: Values,
): readonly Difference[] =>
  names
    .map(name => ({ name, before: before[name], theirs: theirs[name], mine: mine[name] }))
    .filter(field => !same(field.before, field.theirs) && !same(field.mine, field.theirs))
    .map(field => ({ ...field, both: !same(field.mine, field.before) }))
