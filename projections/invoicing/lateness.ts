import { column, schemaOf } from '../definition.ts'
import type { Derived } from '../lists.ts'
import { entities, legalEntityTable } from '../organisation/entities.ts'

/** How long documents have been due: days are those of the legal entity, where it is. */

const ENTITY = `${schemaOf(entities)}.${legalEntityTable.name}`

/** @param isOpen SQL over a row called `t`: whether something of it is left to be paid */
export const lateness = (isOpen: string): Readonly<Record<'days_late' | 'overdue', Derived>> => {
  const today = '(now() at time zone e.time_zone)::date'
  // What falls due behind the day of UTC is overdue nowhere: of all that is settled or not yet due no entity is looked up.
  const days = `(case when ${isOpen} and t.due_on <= (now() at time zone 'UTC')::date then
    (select ${today} - t.due_on from ${ENTITY} e where e.entity_id = t.entity_id and t.due_on < ${today}) end)`
  return {
    days_late: {
      ...column.optional(column.integer('Days since it was due; null where it is not overdue')),
      sql: days,
    },
    overdue: {
      ...column.boolean(
        'Whether its day has passed where its legal entity is, and something is left to be paid',
      ),
      sql: `(${days} is not null)`,
    },
  }
}
