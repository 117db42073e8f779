/** A row of the API, as far as machinery knows it. */
export type AnyRow = Readonly<Record<string, unknown>>

/** The legal entity of a row, where rows of its kind have one. */
export const entityIdOf = ({ entityId }: AnyRow): string | undefined =>
  typeof entityId === 'string' ? entityId : undefined
