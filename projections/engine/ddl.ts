import type { Index, Projection, Table } from '../definition.ts'
import { SINCE, UNTIL, historyColumns, quote, storedColumns } from './tables.ts'
import type { NamedColumn } from './values.ts'

/** The statements that make the tables of a projection in a schema: tables first, indexes when the rows are in. */

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const createTable = (name: string, columns: readonly NamedColumn[]): string =>
  `create table ${name} (${columns
    .map(c => `${quote(c.name)} ${c.type}${c.nullable ? '' : ' not null'}`)
    .join(', ')})`

const comments = (name: string, comment: string, columns: readonly NamedColumn[]): readonly string[] => [
  `comment on table ${name} is ${literal(comment)}`,
  ...columns.map(c => `comment on column ${name}.${quote(c.name)} is ${literal(c.comment)}`),
]

/**
 * An index of trigrams comes with `pg_trgm`, which the owner of a database may install without further rights; where it
 * is not there, there is no index. It may stand in any schema.
 */
const createTrigramIndex = (name: string, column: string): string => `
  do $$ declare home text; begin
    select n.nspname into home from pg_opclass o join pg_namespace n on n.oid = o.opcnamespace
    where o.opcname = 'gin_trgm_ops';
    if home is not null then
      execute format('create index on ${name} using gin (${quote(column)} %I.gin_trgm_ops)', home);
    end if;
  end $$`

const createIndex = (name: string, index: Index): string => {
  if (index.using === 'trigrams')
    return index.columns.map(column => createTrigramIndex(name, column)).join(';')
  const columns = index.columns.map(c => (/^[a-z_0-9]+$/.test(c) ? quote(c) : c)).join(', ')
  const include = index.include ? ` include (${index.include.map(quote).join(', ')})` : ''
  const where = index.where ? ` where ${index.where}` : ''
  return `create ${index.unique ? 'unique ' : ''}index on ${name} using ${index.using ?? 'btree'} (${columns})${include}${where}`
}

const keyList = (table: Table): string => table.key.map(quote).join(', ')

export interface TableDdl {
  readonly create: readonly string[]
  readonly primaryKey: string
  readonly indexes: readonly string[]
}

export const tableDdl = (schema: string, table: Table): TableDdl => {
  const name = `${quote(schema)}.${quote(table.name)}`
  const historyName = `${quote(schema)}.${quote(`${table.name}_history`)}`
  const stored = storedColumns(table)
  const kept = historyColumns(table)
  return {
    create: [
      createTable(name, stored),
      ...comments(name, table.comment, stored),
      ...(table.history
        ? [
            createTable(historyName, kept),
            ...comments(historyName, `Superseded rows of ${table.name}: ${table.comment}`, kept),
          ]
        : []),
    ],
    primaryKey: `alter table ${name} add primary key (${keyList(table)})`,
    indexes: [
      ...table.indexes.map(index => createIndex(name, index)),
      ...(table.history
        ? [
            `create index on ${historyName} (${keyList(table)}, ${SINCE})`,
            `create index on ${historyName} (${UNTIL}, ${SINCE})`,
          ]
        : []),
    ],
  }
}

/** Makes a schema with empty tables, without keys and indexes. */
export const createSchema = (projection: Projection, schema: string): readonly string[] => [
  `drop schema if exists ${quote(schema)} cascade`,
  `create schema ${quote(schema)}`,
  `comment on schema ${quote(schema)} is ${literal(projection.comment)}`,
  ...projection.tables.flatMap(table => tableDdl(schema, table).create),
]
