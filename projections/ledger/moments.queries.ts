import { schemaOf } from '../definition.ts'
import type { Queryable } from '../lists.ts'
import { entities, legalEntityTable } from '../organisation/entities.ts'
import { history } from '../organisation/history.ts'
import { ledger } from './ledger.ts'

/** The moments of an entity's ledger, one behind each of its entries: what its pages can be shown as of. */

/**
 * Where to look: behind the event of an ordinal, or at what was known at an instant, or at the end of a day where the
 * entity is (PROTOCOL 11).
 */
export type Asked = { readonly ordinal: number } | { readonly instant: string } | { readonly day: string }

export interface Moment {
  /** Of the event that carries the last entry known then; 0 before the first. */
  readonly ordinal: number
  readonly recordedAt: string | null
  readonly journal: string | null
  readonly documentReference: string | null
  /** The moments around it, the first of all, and the last. */
  readonly earlier: number | null
  readonly later: number | null
  readonly first: number | null
  readonly last: number | null
}

/** The last event known then: the running maximum of instants never goes back. */
const lastKnown = (condition: string): string => `
  select ordinal from ${schemaOf(history)}.event where recorded_max ${condition}
  order by recorded_max desc, ordinal desc limit 1`
const KNOWN_AT = lastKnown('<= $1::timestamptz')
const ENTITY = `${schemaOf(entities)}.${legalEntityTable.name}`
const KNOWN_ON = lastKnown(`< (
  select ($1::date + 1)::timestamp at time zone e.time_zone from ${ENTITY} e where e.entity_id = $2::uuid)`)

const ENTRY = `${schemaOf(ledger)}.entry`
const end = (which: 'min' | 'max', where = ''): string =>
  `(select ${which}(ordinal)::text from ${ENTRY} where entity_id = $1::uuid ${where})`

const MOMENT = `
  select known.ordinal::text, to_char(known.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    known.journal, known.document_reference,
    ${end('max', 'and ordinal < known.ordinal')}, ${end('min', 'and ordinal > $2::bigint')},
    ${end('min')}, ${end('max')}
  from (values (1)) one left join lateral (
    select * from ${ENTRY} where entity_id = $1::uuid and ordinal <= $2::bigint
    order by ordinal desc limit 1) known on true`

const ordinalOf = async (db: Queryable, entityId: string, asked: Asked): Promise<number> => {
  if ('ordinal' in asked) return asked.ordinal
  const known =
    'instant' in asked
      ? { name: 'known-at', text: KNOWN_AT, values: [asked.instant] }
      : { name: 'known-on', text: KNOWN_ON, values: [asked.day, entityId] }
  const { rows } = await db.query<[string]>({ ...known, rowMode: 'array' })
  return Number(rows[0]?.[0] ?? 0)
}

/** The moment of an entity's ledger that an ordinal, an instant or the end of a day falls into. */
export const ledgerMoment = async (db: Queryable, entityId: string, asked: Asked): Promise<Moment> => {
  const { rows } = await db.query<(string | null)[]>({
    name: 'ledger-moment',
    text: MOMENT,
    values: [entityId, await ordinalOf(db, entityId, asked)],
    rowMode: 'array',
  })
  const [ordinal, recordedAt, journal, documentReference, ...around] = rows[0] ?? []
  const [earlier, later, first, last] = around.map(text => (text === null ? null : Number(text)))
  return {
    ordinal: Number(ordinal ?? 0),
    recordedAt: recordedAt ?? null,
    journal: journal ?? null,
    documentReference: documentReference ?? null,
    earlier: earlier ?? null,
    later: later ?? null,
    first: first ?? null,
    last: last ?? null,
  }
}
