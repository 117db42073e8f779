import pg from 'pg'
import type { Codec } from '../../../event-store/codec.ts'
import type { EventStore } from '../../../event-store/port.ts'
import type { Projection, RecordedEvent, Row } from '../../../projections/definition.ts'
import { schemaOf } from '../../../projections/definition.ts'
import { connect } from '../../../projections/engine/connections.ts'
import { recorded } from '../../../projections/engine/recorded.ts'
import { keyText, namedColumns, quote, rowFromSql } from '../../../projections/engine/tables.ts'
import { selectExpression } from '../../../projections/engine/values.ts'
import { collect } from '../../support/test-events.ts'

/** Rows by table name, each table in the order of its keys: two states are equal when these are. */
export type State = Readonly<Record<string, readonly Row[]>>

const sorted = (projection: Projection, rows: (table: string) => readonly Row[]): State =>
  Object.fromEntries(
    projection.tables.map(table => [
      table.name,
      rows(table.name).toSorted((a, b) => (keyText(table, a) < keyText(table, b) ? -1 : 1)),
    ]),
  )

export const stateOf = (projection: Projection, replayed: ReadonlyMap<string, readonly Row[]>): State =>
  sorted(projection, name => replayed.get(name) ?? [])

/** What stands in the database; `at`: as it stood behind that ordinal, from history. */
export const storedState = async (
  url: string,
  projection: Projection,
  { schema = schemaOf(projection), at }: { readonly schema?: string; readonly at?: number } = {},
): Promise<State> => {
  const client = await connect(url, 'test')
  try {
    const rows = new Map<string, readonly Row[]>()
    for (const table of projection.tables) {
      const columns = namedColumns(table)
      const select = `select ${columns.map(c => selectExpression(quote(c.name), c.type)).join(', ')} from ${quote(schema)}`
      const text =
        at === undefined || !table.history
          ? `${select}.${quote(table.name)}`
          : `${select}.${quote(table.name)} where since <= ${at} union all
             ${select}.${quote(`${table.name}_history`)} where since <= ${at} and until > ${at}`
      const result = await client.query<(string | null)[]>({ text, rowMode: 'array' })
      rows.set(
        table.name,
        result.rows.map(texts => rowFromSql(columns, texts)),
      )
    }
    return sorted(projection, name => rows.get(name) ?? [])
  } finally {
    await client.end()
  }
}

export const wholeRecordedLog = async (store: EventStore, codec: Codec): Promise<readonly RecordedEvent[]> =>
  (await collect(store.readAll()))
    .flatMap(batch => batch.events)
    .map((event, i) => recorded(codec, event, i + 1))

/** One statement on a connection of its own. */
export const query = async <R extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly R[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<R>(text, [...values])).rows
  } finally {
    await client.end()
  }
}
