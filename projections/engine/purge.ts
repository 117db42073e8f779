import type pg from 'pg'
import { PersonErased } from '../../domain/organisation/person.events.ts'
import type { Recorded, RecordedEvent } from '../definition.ts'
import { quote } from './tables.ts'

/**
 * Removes an erased person from every version of the tables that hold personal fields, their histories and scratch
 * builds too, whether a program runs them or not (PROTOCOL 30). The live version's own fold removes the rows as
 * well: here go those that nobody folds any more.
 * @returns rows removed
 */
export const purgePerson = async (
  client: pg.ClientBase,
  personId: string,
  purposes: readonly string[],
): Promise<number> => {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relname in ('person', 'person_history')
       and n.nspname ~ '^persons_v[0-9]+(_scratch|_old|_verify)?$'`,
  )
  let removed = 0
  for (const { schema, name } of rows) {
    const result = await client.query(
      `delete from ${quote(schema)}.${quote(name)} where person_id = $1 and purpose = any($2)`,
      [personId, purposes],
    )
    removed += result.rowCount ?? 0
  }
  return removed
}

/** Purges whom these events erase. */
export const purgeErased = async (client: pg.ClientBase, events: readonly RecordedEvent[]): Promise<void> => {
  for (const event of events) {
    if (event.type !== PersonErased.type) continue
    const { personId, purposes } = (event as Recorded<typeof PersonErased>).data
    await purgePerson(client, personId, purposes)
  }
}
