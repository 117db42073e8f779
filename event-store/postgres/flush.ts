import type pg from 'pg'
import type { Expected, NewEvent } from '../port.ts'
import { intArray, textArray, uuidArray } from './binary-arrays.ts'
import { APPEND_FUNCTION } from './append-function.ts'

/** One append among those that are committed together. */
export interface Member {
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly NewEvent[]
}

/** What became of one member. `actual` is its stream's last revision before the flush, -1 for no stream. */
export type Outcome =
  | { readonly accepted: true; readonly revision: number; readonly position: number }
  | { readonly accepted: false; readonly actual: number }

/** Revision expected of a stream that does not exist. */
export const NO_STREAM = -1
export const expectedRevision = (expected: Expected): number =>
  expected === 'noStream' ? NO_STREAM : expected.revision

const APPEND = `select was, place, top from ${APPEND_FUNCTION}(
  $1::text[], $2::int4[], $3::text[], $4::int4[],
  $5::int4[], $6::int4[], $7::text[], $8::int4[], $9::uuid[], $10::text[], $11::text[], $12::text[])`

type Row = [actual: number, place: number, top: string]

const parameters = (members: readonly Member[]): Buffer[] => {
  const memberOf: number[] = []
  const ranks: number[] = []
  const streams: string[] = []
  const revisions: number[] = []
  const events: NewEvent[] = []
  members.forEach((m, i) => {
    const first = expectedRevision(m.expected) + 1
    m.events.forEach((event, k) => {
      memberOf.push(i + 1)
      ranks.push(k + 1)
      streams.push(m.stream)
      revisions.push(first + k)
      events.push(event)
    })
  })
  return [
    textArray(members.map(m => m.stream)),
    intArray(members.map(m => expectedRevision(m.expected))),
    textArray(members.map(m => (m.expected === 'noStream' ? '' : m.expected.hash))),
    intArray(members.map(m => m.events.length)),
    intArray(memberOf),
    intArray(ranks),
    textArray(streams),
    intArray(revisions),
    uuidArray(events.map(e => e.id)),
    textArray(events.map(e => e.type)),
    textArray(events.map(e => e.data)),
    textArray(events.map(e => e.metadata)),
  ]
}

/**
 * Commits members of different streams together, in one statement and one round trip.
 * @throws what pg throws; then nothing was stored if the server said so, or nobody knows
 */
export const flush = async (client: pg.Client, members: readonly Member[]): Promise<Outcome[]> => {
  const values = parameters(members)
  const { rows } = await client.query<Row>({ name: 'log_append', text: APPEND, values, rowMode: 'array' })
  return members.map((m, i) => outcome(m, rows[i]))
}

const outcome = (m: Member, row: Row | undefined): Outcome => {
  if (!row) throw new Error('the flush answered for fewer members than it was given')
  const [actual, place, top] = row
  if (place < 0) return { accepted: false, actual }
  const size = m.events.length
  return {
    accepted: true,
    revision: expectedRevision(m.expected) + size,
    position: Number(top) + place + size,
  }
}

/**
 * What stands at the places that members wanted: their own events, when this is a repeat of an append whose answer
 * was lost. Rows of (member, revision, id, position, last revision of the stream).
 */
const STORED = `
select m.member, e.id, e.position, h.revision
from unnest($1::text[], $2::int4[], $3::int4[]) with ordinality as m(stream, first, size, member)
left join lateral (
  select e.revision from log.events e where e.stream = m.stream order by e.revision desc limit 1
) h on true
left join log.events e on e.stream = m.stream and e.revision between m.first and m.first + m.size - 1
order by m.member, e.revision`

type StoredRow = [member: string, id: string | null, position: string | null, last: number | null]

export interface StoredAppend {
  /** Whether exactly these events stand where the member wanted them. */
  readonly same: boolean
  /** Position of the last of them, where they do. */
  readonly position: number
  /** Last revision of the stream now. */
  readonly actual: number
}

/** Looks at the places that members wanted. Outside of a transaction: what is stored stays. */
export const readStored = async (client: pg.Client, members: readonly Member[]): Promise<StoredAppend[]> => {
  const { rows } = await client.query<StoredRow>({
    name: 'log_stored',
    text: STORED,
    values: [
      textArray(members.map(m => m.stream)),
      intArray(members.map(m => expectedRevision(m.expected) + 1)),
      intArray(members.map(m => m.events.length)),
    ],
    rowMode: 'array',
  })
  const byMember = Map.groupBy(rows, row => Number(row[0]) - 1)
  return members.map((m, i) => {
    const found = byMember.get(i) ?? []
    const last = found.at(-1)
    return {
      same: found.length === m.events.length && found.every((row, k) => row[1] === m.events[k]?.id),
      position: Number(last?.[2] ?? 0),
      actual: last?.[3] ?? NO_STREAM,
    }
  })
}
