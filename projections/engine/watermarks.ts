import { setTimeout as delay } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import type { Position } from '../../event-store/port.ts'
import { QUICK_COMMIT } from '../../event-store/quick-commit.ts'

/**
 * How far registrars and reactions have read, and what they appended (PROTOCOL 34): hints for somebody who wants to
 * see also what his command set off. Nothing ever starts from them.
 */
type Queryable = Pick<ClientBase, 'query'>

/** Rounds of effects of effects that are waited for. */
const ROUNDS_MAX = 5
const LOOK_MS = 10
/** Effects are forgotten after this long: nobody waits so long. */
const FORGET_MINUTES = 10

/** How far a registrar or reaction has read, and the last append it made in each chain of commands. */
export interface RoleWatermark {
  readonly role: string
  readonly readTo: Position
  readonly effects: readonly { readonly correlationId: string; readonly position: Position }[]
}

const PUBLISH = `
with effects as (
  insert into engine.effect as e (role, correlation_id, position)
  select role, correlation_id, max(position)
  from unnest($3::text[], $4::uuid[], $5::text[]) as v(role, correlation_id, position) group by 1, 2
  on conflict (correlation_id, role) do update
  set position = greatest(e.position, excluded.position), published_at = now()
), ${QUICK_COMMIT}
insert into engine.watermark as w (role, read_position)
select role, read_position from unnest($1::text[], $2::text[]) as v(role, read_position), quick_commit order by role
on conflict (role) do update
set read_position = greatest(w.read_position, excluded.read_position), published_at = now()`

/** Says how far roles are: each is named once. */
export const publishWatermarks = async (
  client: Queryable,
  watermarks: readonly RoleWatermark[],
): Promise<void> => {
  const effects = watermarks.flatMap(w => w.effects.map(effect => ({ role: w.role, ...effect })))
  await client.query({
    name: 'engine.watermarks',
    text: PUBLISH,
    values: [
      watermarks.map(w => w.role),
      watermarks.map(w => w.readTo),
      effects.map(e => e.role),
      effects.map(e => e.correlationId),
      effects.map(e => e.position),
    ],
  })
}

/** Forgets effects that nobody waits for any more. */
export const forgetOldEffects = async (client: Queryable): Promise<void> => {
  await client.query(`delete from engine.effect where published_at < now() - make_interval(mins => $1)`, [
    FORGET_MINUTES,
  ])
}

export interface Effects {
  /** The last position of the chain, as far as it was waited for. */
  readonly position: Position
  /** Registrars and reactions that were not waited for to the end. */
  readonly notWaitedFor: readonly string[]
}

/**
 * Waits until every registrar and reaction has read what was appended at `position`, then what they appended in the
 * same chain, and so on, at most five rounds. The caller then waits for its projection to reach the position given.
 */
export const waitForEffects = async (
  client: Queryable,
  correlationId: string,
  position: Position,
  timeoutMs: number,
): Promise<Effects> => {
  const deadline = performance.now() + timeoutMs
  let reached = position
  for (let round = 1; round <= ROUNDS_MAX; round++) {
    let late = await rolesBehind(client, reached)
    while (late.length > 0 && performance.now() < deadline) {
      await delay(LOOK_MS)
      late = await rolesBehind(client, reached)
    }
    if (late.length > 0) return { position: reached, notWaitedFor: late }
    const next = await lastEffect(client, correlationId)
    if (next === undefined || next <= reached) return { position: reached, notWaitedFor: [] }
    reached = next
  }
  return { position: reached, notWaitedFor: await rolesBehind(client, reached) }
}

const rolesBehind = async (client: Queryable, position: Position): Promise<readonly string[]> => {
  const { rows } = await client.query<{ role: string }>(
    `select role from engine.watermark where read_position < $1 order by role`,
    [position],
  )
  return rows.map(r => r.role)
}

const lastEffect = async (client: Queryable, correlationId: string): Promise<Position | undefined> => {
  const { rows } = await client.query<{ position: Position | null }>(
    `select max(position) as position from engine.effect where correlation_id = $1`,
    [correlationId],
  )
  return rows[0]?.position ?? undefined
}
