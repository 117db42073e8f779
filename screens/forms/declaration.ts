import type { CommandAnswer, CommandName } from '../api/client.ts'
import type { Commands } from '../api/generated.ts'
import type { LegalEntity } from '../frame/entity.tsx'
import type { AnyRow } from '../shapes/row.ts'
import type { Shape } from '../shapes/shape.ts'
import type { Text } from '../words/words.ts'

/**
 * The form of a command, declared: its fields, what they begin with, and the command's input that they make. Errors of
 * the API come back to the fields by their names.
 */

/** What stands in the fields, by their names. */
export type Values = Readonly<Record<string, unknown>>
export type Line = Readonly<Record<string, unknown>>

export interface Field {
  /** As the input of the command names it, so that errors find it. */
  readonly name: string
  readonly label: Text
  readonly as: Shape
  readonly optional?: true
  /** A text of several words: the whole width. */
  readonly wide?: true
  /** What choosing a reference says of other fields. */
  readonly picked?: (row: AnyRow) => Values
}

export interface LineColumn {
  readonly name: string
  readonly label: Text
  readonly as: Shape
  readonly width: number
  readonly optional?: true
  /** Shown, not typed. */
  readonly fixed?: true
  /** What choosing a reference says of the rest of its line. */
  readonly picked?: (row: AnyRow) => Line
  /** Finds what a pasted text names. */
  readonly find?: (typed: string) => Promise<AnyRow | undefined>
}

/** Lines typed into a grid: all that the command takes under one name. */
export interface Lines {
  readonly name: string
  readonly label: Text
  readonly columns: readonly LineColumn[]
  /** Makes an empty line, where lines can be added. */
  readonly empty?: () => Line
  /** What a line comes to: computed as one types, by the same functions as in the decision. */
  readonly total?: { readonly label: Text; readonly of: (line: Line) => bigint | undefined }
}

/** What a form begins from. */
export interface Beginning {
  readonly entity: LegalEntity | undefined
  readonly today: string
  readonly userId: string
}

export interface FormDeclaration<C extends CommandName, Subject = undefined> {
  readonly command: C
  readonly title: Text
  readonly submit: Text
  readonly fields: readonly Field[]
  readonly lines?: Lines
  readonly begin: (beginning: Beginning, subject: Subject) => Values | Promise<Values>
  /** The command's input; undefined while something it needs is missing. */
  readonly input: (values: Values, subject: Subject) => Commands[C] | undefined
  /** The screen that is opened when it is done. */
  readonly opens?: (input: Commands[C]) => string
  /** What is said when it is done. */
  readonly done: (
    answer: CommandAnswer,
    input: Commands[C],
  ) => readonly [Text, Readonly<Record<string, string>>]
}

export interface AnyForm {
  readonly command: CommandName
  readonly title: Text
  readonly submit: Text
  readonly fields: readonly Field[]
  readonly lines?: Lines
  readonly begin: (beginning: Beginning, subject: AnyRow | undefined) => Values | Promise<Values>
  readonly input: (values: Values, subject: AnyRow | undefined) => object | undefined
  readonly opens?: (input: object) => string
  readonly done: (answer: CommandAnswer, input: object) => readonly [Text, Readonly<Record<string, string>>]
}

/** Declares a form of its own. */
export const defineForm = <C extends CommandName>(form: FormDeclaration<C>): AnyForm =>
  form as unknown as AnyForm

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
