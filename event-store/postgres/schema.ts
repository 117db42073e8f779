import type { ClientBase } from 'pg'
import { StartRefused } from '../errors.ts'
import { APPEND_FUNCTION, APPEND_FUNCTION_DDL } from './append-function.ts'
import { SCHEMA_LOCK } from './names.ts'

/**
 * The whole of the log. Texts are kept as the bytes that were hashed, so never json. `position` is dense: it is
 * counted under the lock that orders appends, and a rolled-back append takes none. Rows of a page and less stay in
 * one piece, uncompressed: reading them back is what a rebuild does all day.
 */
const DDL = `
create schema log;
create table log.events (
  position bigint primary key check (position > 0),
  stream text collate "C" not null,
  revision integer not null check (revision >= 0),
  id uuid not null unique,
  type text collate "C" not null,
  data text not null,
  metadata text not null,
  unique (stream, revision)
) with (toast_tuple_target = 8160, autovacuum_vacuum_insert_scale_factor = 0.05);
comment on schema log is 'The only truth: every fact, in its order. Nothing here is ever changed or removed.';
create function log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on log.events
  for each statement execute function log.refuse_change();
alter table log.events enable always trigger append_only;
revoke all on schema log from public;
revoke update, delete, truncate on log.events from public, current_user;
`

interface Standing {
  readonly events: boolean
  readonly append: boolean
}

/** Read from the catalogue, which also a role without rights on the schema may do. */
const standing = async (client: ClientBase): Promise<Standing> => {
  const { rows } = await client.query(
    `select exists (select from pg_tables where schemaname = 'log' and tablename = 'events') as events,
       exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
               where n.nspname || '.' || p.proname = $1) as append`,
    [APPEND_FUNCTION],
  )
  return (rows as [Standing])[0]
}

/** Creates the log where there is none, and this program's way of appending to it. Any number may do so at once. */
export const createSchema = async (client: ClientBase): Promise<void> => {
  const before = await standing(client)
  if (before.events && before.append) return
  await client.query('begin')
  try {
    await client.query(`select pg_advisory_xact_lock(${SCHEMA_LOCK})`)
    const now = await standing(client)
    if (!now.events) await client.query(DDL)
    if (!now.append) await client.query(APPEND_FUNCTION_DDL)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** What decides whether a server may hold the log. */
export interface ServerFacts {
  /** `server_version_num`: 150004 for 15.4. */
  readonly version: number
  readonly encoding: string
  readonly standby: boolean
  /** Replicas connected, or promised a slot. */
  readonly replicas: number
  readonly synchronousStandbyNames: string
}

const MIN_VERSION = 150_000

/**
 * A log that acknowledges what a failover can lose is no log: with replicas, a commit must wait for one (PROTOCOL
 * 31). The log's own sessions set `synchronous_commit = on`; whom to wait for is the server's to say.
 * @throws StartRefused
 */
export const judgeServer = (facts: ServerFacts): void => {
  const { version, encoding, standby, replicas, synchronousStandbyNames } = facts
  if (version < MIN_VERSION)
    throw new StartRefused(
      'POSTGRES_TOO_OLD',
      { version },
      {
        en: `PostgreSQL 15 or later is needed; the server is version ${Math.floor(version / 10_000)}.`,
        fr: `Il faut PostgreSQL 15 ou plus récent ; le serveur est en version ${Math.floor(version / 10_000)}.`,
      },
    )
  if (encoding !== 'UTF8')
    throw new StartRefused(
      'POSTGRES_ENCODING',
      { encoding },
      {
        en: `The database must be encoded in UTF8; it is ${encoding}.`,
        fr: `La base doit être encodée en UTF8 ; elle est en ${encoding}.`,
      },
    )
  if (standby)
    throw new StartRefused(
      'POSTGRES_STANDBY',
      {},
      {
        en: 'The server is a standby: the log is written on the primary only.',
        fr: "Le serveur est un secondaire : le journal ne s'écrit que sur le primaire.",
      },
    )
  if (replicas > 0 && synchronousStandbyNames.trim() === '')
    throw new StartRefused(
      'POSTGRES_REPLICA_NOT_SYNCHRONOUS',
      { replicas },
      {
        en: `The server has ${replicas} replica(s) but synchronous_standby_names is empty: a failover could lose what was acknowledged. Name the replica to wait for.`,
        fr: `Le serveur a ${replicas} réplique(s) mais synchronous_standby_names est vide : une bascule perdrait des écritures confirmées. Nommez la réplique à attendre.`,
      },
    )
}

export const readServerFacts = async (client: ClientBase): Promise<ServerFacts> => {
  const { rows } = await client.query(`
    select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery() as standby,
      (select count(*) from pg_stat_replication where state is distinct from 'backup')::int
        + (select count(*) from pg_replication_slots where slot_type = 'physical' and not active)::int as replicas,
      current_setting('synchronous_standby_names') as "synchronousStandbyNames"`)
  return (rows as [ServerFacts])[0]
}
