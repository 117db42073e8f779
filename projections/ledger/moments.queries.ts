import { schemaOf } from '../definition.ts'
import type { Queryable } from '../lists.ts'
import { history } from '../organisation/history.ts'
import { ledger } from './ledger.ts'

/** The moments of an entity's ledger, one behind each of its entries: what its pages can be shown as of. */

/** Where to look: behind the event of an ordinal, or at what was known at an instant (PROTOCOL 11). */
export type Asked = { readonly ordinal: number } | { readonly instant: string }

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

/** The last event known at an instant: the running maximum of instants never goes back. */
const KNOWN_AT = `
  select ordinal from ${schemaOf(history)}.event where recorded_max <= $1::timestamptz
  order by recorded_max desc, ordinal desc limit 1`

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

const ordinalOf = async (db: Queryable, asked: Asked): Promise<number> => {
  if ('ordinal' in asked) return asked.ordinal
  const { rows } = await db.query<[string]>({
    name: 'known-at',
    text: KNOWN_AT,
    values: [asked.instant],
    rowMode: 'array',
  })
  return Number(rows[0]?.[0] ?? 0)
}

/** The moment of an entity's ledger that an ordinal or an instant falls into. */
export const ledgerMoment = async (db: Queryable, entityId: string, asked: Asked): Promise<Moment> => {
  const { rows } = await db.query<(string | null)[]>({
    name: 'ledger-moment',
    text: MOMENT,
    values: [entityId, await ordinalOf(db, asked)],
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
