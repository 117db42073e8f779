import { isUnreadable } from '../shapes/typed.ts'

/** What is typed, and what a command's input is made of. */

/** What stands in the fields, by their names. */
export type Values = Readonly<Record<string, unknown>>
export type Line = Readonly<Record<string, unknown>>

/** What a form keeps under a name, to begin others with. */
export interface Templates {
  /** What of it is kept: not what belongs to the one document alone. */
  readonly keep: (values: Values) => Values
  /** What is filled in from there: nothing that is typed already goes. */
  readonly fill: (values: Values, kept: Values) => Values
}

/** Reads texts that were typed, without what stands around them; undefined where there is nothing. */
export const typedIn =
  (values: Values) =>
  (name: string): string | undefined =>
    (values[name] as string | undefined)?.trim() || undefined

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

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readableIn = (value: unknown): unknown => {
  if (isUnreadable(value)) return undefined
  return Array.isArray(value) ? value.map((line: unknown) => (isObject(line) ? readable(line) : line)) : value
}

/** Without what cannot be read: all that declarations compute with while one types. */
export const readable = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, readableIn(value)]))

const isReadable = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(line => !isObject(line) || isAllReadable(line))
  return !isUnreadable(value)
}
const isAllReadable = (values: Values): boolean => Object.values(values).every(isReadable)

/** A form as it is used: whatever stands in it and cannot be read makes no input, wherever it stands. */
export const withReadable = <F extends { readonly input: (values: Values, subject: never) => unknown }>(
  form: F,
): F => ({
  ...form,
  input: (values: Values, subject: never) =>
    isAllReadable(values) ? form.input(values, subject) : undefined,
})
