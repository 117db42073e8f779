import type { DomainEvent } from '../domain/shared/events.ts'

/** An event as projections see it: decoded, with where and when it was recorded. */
export interface RecordedEvent extends DomainEvent {
  readonly stream: string
  readonly revision: number
  readonly id: string
  /**
   * The event's place in the log counted from 1: the same in every store and after a move, dense, and what rows and
   * history refer to. (Positions belong to a store.)
   */
  readonly ordinal: number
  readonly recordedAt: string
  readonly actor: string
  readonly commandId: string
  readonly correlationId: string
  readonly causationId: string | undefined
}

export type SqlType =
  'text' | 'uuid' | 'bigint' | 'integer' | 'boolean' | 'date' | 'timestamptz' | 'jsonb' | 'text[]'

/** A column: its SQL type, whether it may be null, and what it holds, in words (COMMENT ON, read-model dictionary). */
export interface Column {
  readonly type: SqlType
  readonly nullable?: boolean
  readonly comment: string
}

/** A value of a row: bigint for amounts, ISO text for days and instants, plain JSON for jsonb. */
export type Value = string | bigint | number | boolean | null | object
export type Row = Readonly<Record<string, Value>>

/**
 * One table of a projection: a pure fold. The engine owns the SQL. `keys` names the rows an event touches, in an
 * order that never changes; `fold` says what becomes of one of them, `undefined` for no row.
 */
export interface Table<R extends Row = Row, Ev = RecordedEvent> {
  readonly name: string
  readonly comment: string
  readonly columns: { readonly [C in keyof R]: Column }
  /** Columns of the primary key. */
  readonly key: readonly (keyof R & string)[]
  /** Event types that touch the table; the engine asks `keys` for no other. */
  readonly types: readonly string[]
  readonly keys: (event: Ev) => readonly Partial<R>[]
  readonly fold: (row: R | undefined, event: Ev, key: Partial<R>) => R | undefined
  /** Rows that never change once written: the engine appends them without loading (journal lines). */
  readonly appendOnly?: boolean
  /** Keep superseded versions with (from, to) ordinals, so that "as of" is SQL on indexes. */
  readonly history?: boolean
  readonly indexes?: readonly {
    readonly columns: readonly string[]
    readonly unique?: boolean
    readonly include?: readonly string[]
    readonly where?: string
  }[]
  /** Numeric columns that a person may ask `explain` about. */
  readonly measures?: readonly (keyof R & string)[]
}

/**
 * An ordered fold ahead of the keys, for what depends on all that lies before (posting day, entry number). Its state
 * is stored with the checkpoint, shared by the projections that name it, and of one version.
 */
export interface Stage<S, Out extends RecordedEvent = RecordedEvent> {
  readonly name: string
  readonly version: number
  readonly initial: S
  /** May change `state` in place: the engine owns it. */
  readonly apply: (state: S, event: RecordedEvent) => Out
  readonly encode: (state: S) => unknown
  readonly decode: (stored: unknown) => S
}

/** Tables that share one checkpoint, one schema and one version, and are swapped together. */
export interface Projection {
  readonly name: string
  readonly version: number
  readonly comment: string
  readonly stage?: Stage<never>
  readonly tables: readonly Table<never, never>[]
  /** True for the one projection that reads protected fields (PROTOCOL 30). */
  readonly readsPersonalData?: boolean
}
