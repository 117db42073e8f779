import pg from 'pg'
import type { ClientBase } from 'pg'
import type { Gate } from '../port.ts'
import { asStoreError } from './failures.ts'

/** What a session that copies a log says of itself, and the trigger of a shut log asks. */
export const COPIES_LOG = '-c grandlivre.copies_log=on'

/** SQLSTATE of an append to a shut log: of a class that PostgreSQL itself does not use. */
export const SHUT = 'GL001'

/**
 * Stands in the database, so that it also stops programs that know nothing of it. Making a trigger waits for the
 * appends under way and lets none pass meanwhile: behind it the end of the log is its end. It costs nothing where there is none.
 */
const SHUT_DDL = `
create or replace function log.refuse_append() returns trigger language plpgsql as $$
begin
  if current_setting('grandlivre.copies_log', true) is distinct from 'on' then
    raise exception 'the log is shut: it was moved, or is being copied here' using errcode = '${SHUT}';
  end if;
  return null;
end $$;
create or replace trigger shut before insert on log.events for each statement execute function log.refuse_append();
alter table log.events enable always trigger shut`

/** Under the lock that a change of the table takes nobody appends: what the stream ends with then, it ends with. */
const openDdl = (stream: string, type: string): string => `
do $$ begin
  if exists (select from pg_trigger where tgrelid = 'log.events'::regclass and tgname = 'shut') then
    lock table log.events in access exclusive mode;
    if (select type from log.events where stream = ${pg.escapeLiteral(stream)} order by revision desc limit 1)
        is distinct from ${pg.escapeLiteral(type)} then
      drop trigger if exists shut on log.events;
      drop function if exists log.refuse_append();
    end if;
  end if;
end $$`

/** @param connect opens a session of the log, which the change is made on */
export const postgresGate = (connect: () => Promise<ClientBase & { end(): Promise<void> }>): Gate => {
  const change = async (ddl: string): Promise<void> => {
    try {
      const client = await connect()
      try {
        // Several statements in one text are one transaction.
        await client.query(ddl)
      } finally {
        await client.end().catch(() => undefined)
      }
    } catch (error) {
      throw asStoreError(error)
    }
  }
  return { shut: () => change(SHUT_DDL), open: ({ stream, type }) => change(openDdl(stream, type)) }
}
