import { CHANNEL, ORDER_LOCK } from './names.ts'

/**
 * The append itself, as a function of the database: one round trip, and still the lock is taken by a statement of its
 * own before the one that checks (PROTOCOL 31). Each statement of a volatile function sees what was committed before
 * it began, so what the second one sees is what is.
 *
 * That second statement judges every member by the stored head of its stream, revision and hash, and inserts the
 * events of those that pass, each in its place of one dense order. A member that fails is left out and harms no
 * other. `places` holds, by member, how many accepted events come before its own, or -1 where it failed: an array of
 * integers, because a join of two arrays would be planned blindly.
 *
 * Parameters, by member: stream, revision expected (-1 for no stream), hash expected, number of events; by event:
 * member (from 1), rank in it (from 1), stream, revision, id, type, data, metadata. Answers, by member: the stream's
 * last revision before, its place or -1, the last position before all.
 *
 * The name carries a version: a program never changes the function that another one runs.
 */
export const APPEND_FUNCTION = 'log.append_1'

export const APPEND_FUNCTION_DDL = `
create function ${APPEND_FUNCTION}(text[], int4[], text[], int4[], int4[], int4[], text[], int4[], uuid[], text[], text[], text[])
returns table (was int4, place int4, top int8) language plpgsql volatile as $append$
#variable_conflict use_column
begin
perform pg_advisory_xact_lock(${ORDER_LOCK});
return query
with judged as materialized (
  select m.member, m.size, coalesce(h.revision, -1) as actual,
    coalesce(h.revision = m.expected and h.hash = m.hash, m.expected = -1) as accepted
  from unnest($1, $2, $3, $4) with ordinality as m(stream, expected, hash, size, member)
  left join lateral (
    select e.revision, left(right(e.metadata, 66), 64) as hash
    from log.events e where e.stream = m.stream order by e.revision desc limit 1
  ) h on true
), placed as materialized (
  select member, actual, case when accepted
    then (coalesce(sum(size) filter (where accepted) over (order by member), 0) - size)::int4 else -1 end as place
  from judged
), places as materialized (
  select array_agg(place order by member) as places from placed
), top as materialized (
  select coalesce(max(position), 0) as position from log.events
), inserted as (
  insert into log.events (position, stream, revision, id, type, data, metadata)
  select top.position + places.places[e.member] + e.rank, e.stream, e.revision, e.id, e.type, e.data, e.metadata
  from places, top, unnest($5, $6, $7, $8, $9, $10, $11, $12)
    as e(member, rank, stream, revision, id, type, data, metadata)
  where places.places[e.member] >= 0
), told as materialized (
  select pg_notify('${CHANNEL}', '')
)
select placed.actual, placed.place, top.position from placed, top, told order by placed.member;
end $append$;
revoke all on function ${APPEND_FUNCTION} from public;
`
