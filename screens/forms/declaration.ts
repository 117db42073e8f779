import type { ComponentType } from 'react'
import type { CommandAnswer, CommandName, QueryValues } from '../api/client.ts'
import type { Commands } from '../api/generated.ts'
import type { EventWords } from '../documents/declaration.ts'
import type { LegalEntity } from '../frame/entity.tsx'
import type { AnyRow } from '../shapes/row.ts'
import type { Shape } from '../shapes/shape.ts'
import type { Text } from '../words/words.ts'
import { withReadable } from './input.ts'
import type { Line, Templates, Values } from './input.ts'

export { given, typedIn, whole } from './input.ts'
export type { Line, Templates, Values } from './input.ts'

/**
 * The form of a command, declared: its fields, what they begin with, and the command's input that they make. Errors of
 * the API come back to the fields by their names.
 */

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
  /** Narrows what a reference offers, by what else is filled in. */
  readonly within?: (values: Values) => QueryValues
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
  /** Narrows what a reference offers, by what the form is filled in with. */
  readonly within?: (values: Values) => QueryValues
  /** Lines that have it to be filled in, and what the others show instead. */
  readonly when?: (line: Line) => boolean
  readonly otherwise?: (line: Line) => string
  /** What typing into it says of the rest of its line. */
  readonly typed?: (value: unknown) => Line
  /** What the key `=` fills its line in with: what is missing to the whole. */
  readonly missing?: (lines: readonly Line[], row: number, values: Values) => Line
}

/** Figures below the lines, each under the column that it is named by. */
export interface Foot {
  readonly label: Text
  readonly figures: Readonly<Record<string, bigint>>
  readonly tone?: 'good' | 'bad'
}

/** Lines typed into a grid: all that the command takes under one name. */
export interface Lines {
  readonly name: string
  readonly label: Text
  readonly columns: readonly LineColumn[]
  /** Makes an empty line, where lines can be added; of what stands before it, where that says something of it. */
  readonly empty?: (before?: Line) => Line
  /** The field that tells its lines apart; their places where absent. */
  readonly id?: string
  /** Lines that are not sent: nothing that means anything was typed into them. */
  readonly leftOut?: (line: Line) => boolean
  /** What a line comes to: computed as one types, by the same functions as in the decision. */
  readonly total?: { readonly label: Text; readonly of: (line: Line) => bigint | undefined }
  /** What columns come to, and what is missing. */
  readonly foot?: (lines: readonly Line[], values: Values) => readonly Foot[]
}

/** What a form begins from. */
export interface Beginning {
  readonly entity: LegalEntity | undefined
  readonly today: string
  readonly userId: string
}

/** Fills in values; those that depend on others as they are at that moment, by a function of them. */
export type Fill = (changes: Values | ((known: Values) => Values)) => void

/** What a form shows besides its fields, made for it alone: read from what is filled in. */
export type Beside = ComponentType<{
  readonly values: Values
  readonly set: Fill
}>

export interface FormDeclaration<C extends CommandName, Subject = undefined> {
  readonly command: C
  readonly title: Text
  readonly submit: Text
  /** It makes another document than the one it begins from, whose revision does not matter to it. */
  readonly makesAnother?: true
  /** What it means that the command is sent, where its name does not say it all. */
  readonly note?: Text
  readonly Beside?: Beside
  readonly fields: readonly Field[]
  readonly lines?: Lines
  /** Of a form that is sent in one legal entity. */
  readonly templates?: Templates
  readonly begin: (beginning: Beginning, subject: Subject) => Values | Promise<Values>
  /** The command's input; undefined while something it needs is missing. */
  readonly input: (values: Values, subject: Subject) => Commands[C] | undefined
  /** What its events say: what it would record is shown on its page before it is sent. */
  readonly events?: EventWords
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
  readonly makesAnother?: true
  readonly note?: Text
  readonly Beside?: Beside
  readonly fields: readonly Field[]
  readonly lines?: Lines
  readonly templates?: Templates
  readonly begin: (beginning: Beginning, subject: AnyRow | undefined) => Values | Promise<Values>
  readonly input: (values: Values, subject: AnyRow | undefined) => object | undefined
  readonly opens?: (input: object) => string
  readonly events?: EventWords
  readonly done: (answer: CommandAnswer, input: object) => readonly [Text, Readonly<Record<string, string>>]
}

/** Declares a form of its own. */
export const defineForm = <C extends CommandName>(form: FormDeclaration<C>): AnyForm =>
  withReadable(form) as unknown as AnyForm
