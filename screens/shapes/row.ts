/** A row of the API, as far as machinery knows it. */
export type AnyRow = Readonly<Record<string, unknown>>
