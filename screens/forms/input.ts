/** What is typed, and what a command's input is made of. */

/** What stands in the fields, by their names. */
export type Values = Readonly<Record<string, unknown>>
export type Line = Readonly<Record<string, unknown>>

/** What must be there, or nothing is: the input of a command is whole. */
export const whole = <T extends object>(
  input: T,
): { readonly [K in keyof T]: Exclude<T[K], undefined> } | undefined =>
  Object.values(input).includes(undefined) ? undefined : (input as never)

/** What may be left out is left out, not sent as nothing. */
export const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  ) as never
