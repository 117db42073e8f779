import { schemaOf } from '../definition.ts'
import { namedColumns } from '../engine/tables.ts'
import { badCursor, checkedLimit, defineList } from '../lists.ts'
import type { Page, Queryable } from '../lists.ts'
import { jsonOfRows } from '../row-json.ts'
import { eventTable, history } from './history.ts'

/** The whole log without its contents, the newest first. */
export const eventList = defineList({
  projection: history,
  table: eventTable,
  filters: ['stream', 'type', 'actor', 'command_id', 'correlation_id', 'event_id', 'origin'],
  ranges: ['ordinal', 'recorded_at'],
  sorts: ['ordinal'],
  defaultSort: { by: 'ordinal', direction: 'desc' },
  groups: ['type', 'actor', 'origin'],
})

/** By the ordinal. */

const SCHEMA = schemaOf(history)
const columns = namedColumns(eventTable)

const OF_DOCUMENT = jsonOfRows(
  columns,
  `select e.* from (
     select ordinal from ${SCHEMA}.event where stream = $1 and ordinal > $2
     union select ordinal from ${SCHEMA}.event_subject where stream = $1 and ordinal > $2
     order by ordinal limit $3) o
   join ${SCHEMA}.event e on e.ordinal = o.ordinal order by o.ordinal`,
)

/**
 * Everything that concerns a document, in the order of the log: the events of its stream, and those of other streams
 * that name it. Each as JSON, as it goes over the wire.
 * @param request.after ordinal of the last event seen, as text: `next` of the page before
 * @throws BadListRequest
 */
export const documentHistory = async (
  db: Queryable,
  request: { readonly stream: string; readonly limit?: number; readonly cursor?: string },
): Promise<Page<string>> => {
  const { stream, limit = 100, cursor = '0' } = request
  checkedLimit(limit)
  if (!/^\d{1,15}$/.test(cursor)) throw badCursor()
  const { rows } = await db.query<[string]>({
    name: 'document-history',
    text: OF_DOCUMENT,
    values: [stream, cursor, limit + 1],
    rowMode: 'array',
  })
  const page = rows.slice(0, limit).map(([event]) => event)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { rows: page, next: last && String((JSON.parse(last) as { readonly ordinal: number }).ordinal) }
}
