import type { z } from 'zod'
import type { EventDefinition } from '../domain/shared/events.ts'

/** An event as projections see it: decoded, with where and when it was recorded. */
export interface RecordedEvent<T extends string = string, D = unknown> {
  readonly type: T
  /** Decoded on first use: a projection that only counts events does not pay for their content. */
  readonly data: D
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
  /** Role and legal entity that allowed it: `billing@<entityId>`. */
  readonly permission: string | undefined
  /** Code of the reason, where the command asked for one. */
  readonly reason: string | undefined
  readonly origin: string
  readonly commandId: string
  /** Digest of the command's input; absent for registrars and reactions, whose input is the event they answer. */
  readonly inputHash: string | undefined
  readonly correlationId: string
  readonly causationId: string | undefined
}

export type SqlType =
  'text' | 'uuid' | 'bigint' | 'integer' | 'boolean' | 'date' | 'timestamptz' | 'jsonb' | 'text[]'

/** A value of a row: bigint for amounts, ISO text for days and instants, plain JSON for jsonb. */
export type Value = string | bigint | number | boolean | null | object
export type Row = Readonly<Record<string, Value>>

/** A column: its SQL type, whether it may be null, and what it holds, in words (COMMENT ON, read-model dictionary). */
export interface Column<V extends Value = Value> {
  readonly type: SqlType
  readonly nullable: boolean
  readonly comment: string
  /** All the values there are, where they are a closed set of words. */
  readonly values?: readonly string[]
  /** True of a sum that no rule bounds: it may pass what a number of JSON holds exactly (PROTOCOL 7). */
  readonly unbounded?: boolean
  /** Only a type: what the column's values are in TypeScript. */
  readonly value?: V
}

const of =
  <V extends Value>(type: SqlType) =>
  (comment: string): Column<V> => ({ type, nullable: false, comment })

/** The kinds of column. `amount` and other scaled integers are bigint. */
export const column = {
  text: of<string>('text'),
  uuid: of<string>('uuid'),
  bigint: of<bigint>('bigint'),
  /** A sum of amounts, as many as there may be. */
  total: (comment: string): Column<bigint> => ({ ...of<bigint>('bigint')(comment), unbounded: true }),
  integer: of<number>('integer'),
  boolean: of<boolean>('boolean'),
  date: of<string>('date'),
  instant: of<string>('timestamptz'),
  texts: of<readonly string[]>('text[]'),
  /** One of these words, and no other: whoever asks for another one is told so. */
  oneOf: <const V extends string>(values: readonly V[], comment: string): Column<V> => ({
    type: 'text',
    nullable: false,
    comment: `${comment}: ${values.join(', ')}`,
    values,
  }),
  /** Plain JSON, its amounts as numbers. */
  json: <V extends object>(comment: string): Column<V> => ({ type: 'jsonb', nullable: false, comment }),
  /** The same column, which may be null. */
  optional: <V extends Value>(c: Column<V>): Column<V | null> => ({ ...c, nullable: true }),
}

export type Columns = Readonly<Record<string, Column>>
/** The row that columns declare. */
export type RowOf<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends Column<infer V> ? V : never
}

export interface Index {
  readonly columns: readonly string[]
  readonly unique?: boolean
  readonly include?: readonly string[]
  readonly where?: string
  /** Of trigrams, for a part of a text: left out where the server has none, and the search reads all rows instead. */
  readonly using?: 'btree' | 'trigrams'
}

/**
 * One table of a projection: a pure fold. The engine owns the SQL. `keys` names the rows an event touches, in an
 * order that never changes; `fold` says what becomes of one of them, `undefined` for no row.
 */
export interface Table<C extends Columns = Columns> {
  readonly name: string
  readonly comment: string
  readonly columns: C
  /** Columns of the primary key. */
  readonly key: readonly string[]
  /** Event types that touch the table; the engine asks `keys` for no other. */
  readonly types: readonly string[]
  readonly keys: (event: RecordedEvent) => readonly Row[]
  readonly fold: (row: Row | undefined, event: RecordedEvent, key: Row) => Row | undefined
  /** Rows that never change once written: the engine appends them without loading (journal lines). */
  readonly appendOnly: boolean
  /** Keep superseded versions with (from, to) ordinals, so that "as of" is SQL on indexes. */
  readonly history: boolean
  readonly indexes: readonly Index[]
  /** Numeric columns that a person may ask `explain` about. */
  readonly measures: readonly string[]
}

/** How one type of event touches a table. */
export interface Handler<R, Ev> {
  readonly types: readonly string[]
  readonly keys: (event: Ev) => readonly Partial<R>[]
  readonly fold: (row: R | undefined, event: Ev, key: Partial<R>) => R | undefined
}

type Data<D extends EventDefinition> = z.output<D['data']>
/** The recorded form of declared events, enriched by `X` where a stage runs ahead. */
export type Recorded<D extends EventDefinition, X = unknown> = D extends EventDefinition
  ? RecordedEvent<D['type'], Data<D>> & X
  : never

/** Declares what a table does on one event, or on several that it treats alike. */
export type On<R, X> = <D extends EventDefinition>(
  definitions: D | readonly D[],
  keys: (event: Recorded<D, X>) => readonly Partial<R>[],
  fold: (row: R | undefined, event: Recorded<D, X>, key: Partial<R>) => R | undefined,
) => Handler<R, never>

interface TableDeclaration<C extends Columns, X> {
  readonly name: string
  readonly comment: string
  readonly columns: C
  readonly key: readonly (keyof C & string)[]
  readonly appendOnly?: boolean
  readonly history?: boolean
  readonly indexes?: readonly Index[]
  readonly measures?: readonly (keyof C & string)[]
  readonly on: (on: On<RowOf<C>, X>) => readonly Handler<RowOf<C>, never>[]
}

/** Handlers by event type; an event is handled once per table. */
const byType = <R>(table: string, handlers: readonly Handler<R, never>[]): Map<string, Handler<R, never>> => {
  const map = new Map<string, Handler<R, never>>()
  for (const handler of handlers)
    for (const type of handler.types) {
      if (map.has(type)) throw new Error(`table ${table} handles ${type} twice`)
      map.set(type, handler)
    }
  return map
}

/**
 * Declares a table whose events carry what a stage added (`X`). The one place where the row types of many tables
 * become one: behind it, the engine knows rows as values by column name.
 */
export const stagedTable =
  <X>() =>
  <const C extends Columns>(declaration: TableDeclaration<C, X>): Table<C> => {
    type R = RowOf<C>
    const on: On<R, X> = (definitions, keys, fold) => ({
      types: [definitions].flat().map(d => (d as EventDefinition).type),
      keys: keys,
      fold: fold,
    })
    const handlers = byType(declaration.name, declaration.on(on))
    const handler = (type: string) => {
      const found = handlers.get(type)
      if (!found) throw new Error(`table ${declaration.name} does not handle ${type}`)
      return found as unknown as Handler<Row, RecordedEvent>
    }
    return {
      name: declaration.name,
      comment: declaration.comment,
      columns: declaration.columns,
      key: declaration.key,
      types: [...handlers.keys()],
      keys: event => handler(event.type).keys(event) as readonly Row[],
      fold: (row, event, key) => handler(event.type).fold(row, event, key),
      appendOnly: declaration.appendOnly ?? false,
      history: declaration.history ?? false,
      indexes: declaration.indexes ?? [],
      measures: declaration.measures ?? [],
    }
  }

/** Declares a table of a projection without a stage. */
export const table = stagedTable<unknown>()

/**
 * An ordered fold ahead of the keys, for what depends on all that lies before (posting day, entry number). Its state
 * is stored with the checkpoint and is of one version.
 */
export interface Stage<S = unknown, X = unknown> {
  readonly name: string
  readonly version: number
  readonly initial: () => S
  /** Types of event that concern it; absent: all of them. */
  readonly types?: ReadonlySet<string>
  /** What the event gets besides; `undefined` leaves it as it is. May change `state` in place: the engine owns it. */
  readonly apply: (state: S, event: RecordedEvent) => X | undefined
  /** Plain JSON, and back. */
  readonly encode: (state: S) => unknown
  readonly decode: (stored: unknown) => S
}

/** Hides the state's type of a stage, where stages of many projections meet. */
export const stage = <S, X>(s: Stage<S, X>): Stage => s as unknown as Stage

/**
 * Clear texts of protected fields, in their order, for the one projection that may read them (PROTOCOL 30): what the
 * vault answers, `{erased}` where the key was destroyed.
 */
export type Reveal = (
  fields: readonly { readonly field: string; readonly value: { readonly $protected: string } }[],
) => Promise<readonly (string | { readonly erased: string })[]>

/** Tables that share one checkpoint, one schema and one version, and are swapped together. */
export interface Projection {
  readonly name: string
  readonly version: number
  readonly comment: string
  readonly stage?: Stage
  readonly tables: readonly Table[]
  /** True for the one projection that reads protected fields (PROTOCOL 30). */
  readonly readsPersonalData?: boolean
}

/** Name of the schema that a projection's version lives in. */
export const schemaOf = (projection: { readonly name: string; readonly version: number }): string =>
  `${projection.name}_v${projection.version}`
