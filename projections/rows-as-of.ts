import { schemaOf } from './definition.ts'
import type { Projection, Table } from './definition.ts'
import { SINCE, UNTIL, namedColumns, quote } from './engine/tables.ts'

/**
 * SQL that selects the rows of a table that keeps history, as they stood behind an event.
 * @param ordinal SQL of the event's ordinal
 */
export const rowsAsOf = (projection: Projection, table: Table, ordinal: string): string => {
  const schema = quote(schemaOf(projection))
  const all = namedColumns(table)
    .map(c => quote(c.name))
    .join(', ')
  return `select ${all} from ${schema}.${quote(table.name)} where ${SINCE} <= ${ordinal}
    union all select ${all} from ${schema}.${quote(`${table.name}_history`)}
    where ${SINCE} <= ${ordinal} and ${UNTIL} > ${ordinal}`
}
