import type { ComponentType } from 'react'
import type { Answer, CommandName, GetPath, ListPath, Row } from '../api/client.ts'
import type { AnyForm, FormDeclaration } from '../forms/declaration.ts'
import { withReadable } from '../forms/input.ts'
import type { Column } from '../lists/declaration.ts'
import type { Formats } from '../words/formats.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { Shape } from '../shapes/shape.ts'
import type { Text, Values } from '../words/words.ts'
import type { StoryEvent } from './story.ts'

/**
 * A document, declared: what it is called, how far it is, what it says, what may be done with it now, and how its
 * history is told. One page shows them all.
 */

type DocumentPath = {
  [P in GetPath]: P extends `${string}/{id}` ? P : never
}[GetPath]

export interface Fact<R> {
  readonly field: keyof R & string
  readonly label: Text
  readonly as: Shape
}

/** A list of what belongs to the document. */
export interface Part<P extends ListPath> {
  readonly path: P
  readonly title: Text
  readonly key: keyof Row<P> & string
  readonly columns: readonly Column<Row<P>>[]
  /** Of rows that are written once and keep no history: whether a document such as this one has them already. */
  readonly writtenOnce?: (document: AnyRow) => boolean
}
export interface AnyPart {
  readonly path: ListPath
  readonly title: Text
  readonly key: string
  readonly columns: readonly Column<AnyRow>[]
  readonly writtenOnce?: (document: AnyRow) => boolean
}
export const part = <P extends ListPath>(declared: Part<P>): AnyPart => declared as unknown as AnyPart

/** What can be done with a document: a command, while the document is such that it may be. */
export interface Action<R> {
  readonly command: CommandName
  readonly when: (row: R) => boolean
  readonly form: AnyForm
  /** Also offered on many documents at once: what its form asks is the same for all of them. */
  readonly many: boolean
}

/** An act on a document of this kind: the form of its command, begun from the document. */
export const action = <R extends object, C extends CommandName>(
  when: (row: R) => boolean,
  form: FormDeclaration<C, R>,
  { many = false } = {},
): Action<R> => ({ command: form.command, when, form: withReadable(form) as unknown as AnyForm, many })

/** What an event says in a sentence; `story` holds the events before it, which say what it only names. */
export type EventWords = Readonly<
  Record<string, (data: AnyRow, formats: Formats, story: readonly StoryEvent[]) => readonly [Text, Values?]>
>

export interface DocumentDeclaration<P extends DocumentPath> {
  readonly path: P
  /** Its history with what each event says. */
  readonly story: GetPath & `${string}/story`
  readonly kind: Text
  readonly name: (row: Answer<P>) => string | undefined
  /** Where its list is. */
  readonly list: string
  readonly state?: Fact<Answer<P>>
  /** Minor units of the document's currency. */
  readonly amounts?: readonly Fact<Answer<P>>[]
  readonly facts: readonly Fact<Answer<P>>[]
  readonly parts?: readonly AnyPart[]
  readonly actions?: readonly Action<Answer<P>>[]
  /** Where it opens as it is on paper; undefined while there is no paper of it. */
  readonly printed?: (row: Answer<P>) => string | undefined
  readonly events: EventWords
  readonly live: string
  /** What it shows besides, made for it alone. */
  readonly Body?: ComponentType<{ readonly row: Answer<P>; readonly story: readonly StoryEvent[] }>
}

/** A document whose row is its own business. */
export interface AnyDocument {
  readonly path: GetPath
  readonly story: GetPath
  readonly kind: Text
  readonly name: (row: AnyRow) => string | undefined
  readonly list: string
  readonly state?: Fact<AnyRow>
  readonly amounts: readonly Fact<AnyRow>[]
  readonly facts: readonly Fact<AnyRow>[]
  readonly parts: readonly AnyPart[]
  readonly actions: readonly Action<AnyRow>[]
  readonly printed?: (row: AnyRow) => string | undefined
  readonly events: EventWords
  readonly live: string
  readonly Body?: ComponentType<{ readonly row: AnyRow; readonly story: readonly StoryEvent[] }>
}

export const defineDocument = <P extends DocumentPath>(document: DocumentDeclaration<P>): AnyDocument =>
  ({ amounts: [], parts: [], actions: [], ...document }) as unknown as AnyDocument
