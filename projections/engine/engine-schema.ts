import type { ClientBase } from 'pg'

/** SQLSTATE of a compare-and-set that found a checkpoint elsewhere. */
export const CHECKPOINT_MOVED = 'ZC001'

/**
 * What the engine keeps for itself. Nothing here is a fact: all of it can be lost and made again from the log.
 */
const STATEMENTS = [
  `create schema if not exists engine`,
  // What a search for a part of a text is quick by. Who may not install it searches more slowly.
  `do $$ begin
     create extension if not exists pg_trgm with schema engine;
   exception when others then null; end $$`,
  `create table if not exists engine.checkpoint (
     projection text not null,
     version integer not null,
     build text not null check (build in ('live', 'scratch')),
     generation integer not null default 1,
     position text,
     event_id uuid,
     ordinal bigint not null,
     stage text,
     state text not null check (state in ('running', 'stopped', 'rebuilding')),
     failure jsonb,
     moved_at timestamptz not null default now(),
     primary key (projection, version, build))`,
  `comment on table engine.checkpoint is 'How far each version of each projection is, moved in the transaction of its rows'`,
  `comment on column engine.checkpoint.generation is 'Counts swaps and resets: what a runner has in memory is of one generation'`,
  `create table if not exists engine.unconfirmed (
     position text not null,
     event_id uuid not null,
     primary key (position, event_id))`,
  `comment on table engine.unconfirmed is 'Places that read models had read and the log did not confirm at a rebuild, until a start has held the log for them'`,
  `create table if not exists engine.notice (
     id bigint generated always as identity primary key,
     noted_at timestamptz not null default now(),
     projection text not null,
     version integer not null,
     code text not null,
     detail jsonb not null)`,
  `comment on table engine.notice is 'What an operator should know: rebuilds that nobody asked for, projections that stopped'`,
  `create table if not exists engine.program (
     id uuid primary key,
     declares text[] not null,
     seen_at timestamptz not null default now())`,
  `comment on table engine.program is 'Programs that run and the projection versions they read'`,
  `create table if not exists engine.watermark (
     role text primary key,
     read_position text not null,
     published_at timestamptz not null default now())`,
  `comment on table engine.watermark is 'How far each registrar and reaction has read (PROTOCOL 34): a hint for waiting'`,
  `create table if not exists engine.effect (
     role text not null,
     correlation_id uuid not null,
     position text not null,
     published_at timestamptz not null default now(),
     primary key (correlation_id, role))`,
  `comment on table engine.effect is 'The last append of each registrar and reaction in a chain of commands (PROTOCOL 34)'`,
  `create or replace function engine.all_moved(moved bigint, expected bigint) returns void language plpgsql as $$
   begin
     if moved <> expected then
       raise exception '% of % checkpoints are where they were believed to be', moved, expected
         using errcode = '${CHECKPOINT_MOVED}';
     end if;
   end $$`,
  `comment on function engine.all_moved is 'Undoes the transaction of rows whose checkpoint somebody else moved'`,
]

/** Creates what is missing. Several programs may start at once. */
export const createEngineSchema = async (client: ClientBase): Promise<void> => {
  await client.query('begin')
  try {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('grandlivre engine schema', 0))`)
    for (const statement of STATEMENTS) await client.query(statement)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
