import type pg from 'pg'
import { moveValues } from '../event-store/checkpoints.ts'
import type { Checkpoint, Places } from '../event-store/checkpoints.ts'
import type { Log } from '../event-store/log.ts'
import { readMetadata } from '../event-store/foreign.ts'
import type { Batch, Position, StoredEvent } from '../event-store/port.ts'
import { QUICK_COMMIT } from '../event-store/quick-commit.ts'
import { readRemembered, textOfOutcome } from './remembered.ts'
import type { CommandIndex, IndexedAppend, IndexedCommand } from './command-index.ts'
import { Lru } from './lru.ts'
import {
  COMMANDS_SCHEMA,
  COMMAND_INDEX,
  commandCheckpoints,
  postgresRoleCheckpoints,
  readRoleCheckpoint,
} from './role-checkpoints.ts'
import type { RoleLocks } from './role-lock.ts'

const DDL = `
create schema if not exists ${COMMANDS_SCHEMA};
create table if not exists ${COMMANDS_SCHEMA}.done (
  command_id uuid not null, stream text not null, first integer not null, count integer not null,
  type text not null, position text not null, input_hash text, primary key (command_id, stream)
);
create table if not exists ${COMMANDS_SCHEMA}.remembered (
  command_id uuid primary key, input_hash text not null, outcome text not null, at timestamptz not null default now()
);
create index if not exists remembered_at on ${COMMANDS_SCHEMA}.remembered (at);
create table if not exists ${COMMANDS_SCHEMA}.reaction (
  name text primary key, position text not null, event_id uuid not null, state text not null
);
create table if not exists ${COMMANDS_SCHEMA}.task (
  id uuid primary key, reaction text not null, command text not null, cause_event_id uuid not null,
  code text not null, fr text not null, en text not null, at timestamptz not null default now(), settled_at timestamptz
)`

/** Creates the tables of the write side where there are none. None of them holds a fact. */
export const createCommandTables = async (pool: pg.Pool): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtextextended('grandlivre commands schema', 0))`)
    await client.query(DDL)
    await commandCheckpoints.create(client)
    await client.query('commit')
  } finally {
    client.release()
  }
}

const ROLE = COMMAND_INDEX
const REMEMBERED_HOURS = 24
const NOTED = 20_000
const LOOK_MS = 20
/** What this process recorded it knows without the index, and others find it in its stream: no haste. */
const GATHER_MS = 50

interface Row {
  readonly command_id: string
  readonly stream: string | null
  readonly first: number
  readonly count: number
  readonly type: string
  readonly position: string
  readonly input_hash: string | null
  readonly outcome: string | null
}

const FIND = `
select command_id, stream, first, count, type, position, input_hash, null as outcome
from ${COMMANDS_SCHEMA}.done where command_id = any($1::uuid[])
union all
select command_id, null, 0, 0, '', '', input_hash, outcome
from ${COMMANDS_SCHEMA}.remembered
where command_id = any($1::uuid[]) and at > now() - interval '${REMEMBERED_HOURS} hours'
order by position`

/** Rows and checkpoint in one round trip. What is lost in a crash of the server is read again. */
const INDEX = `
${commandCheckpoints.moved}, ${QUICK_COMMIT}, indexed as (
  insert into ${COMMANDS_SCHEMA}.done as d (command_id, stream, first, count, type, position, input_hash)
  select * from unnest($6::uuid[], $7::text[], $8::int[], $9::int[], $10::text[], $11::text[], $12::text[])
  where exists (select from moved)
  on conflict (command_id, stream) do update
  set count = d.count + excluded.count, type = excluded.type, position = excluded.position
) select from moved, quick_commit`

/** The index in Postgres: found in one query per turn of the event loop, however many commands ask. */
export class PostgresCommandIndex implements CommandIndex {
  private readonly pool: pg.Pool
  /** What this process recorded lately: the reader may not have come to it yet. */
  private readonly noted = new Lru<IndexedCommand>(NOTED)
  private asked: { ids: Set<string>; rows: Promise<Map<string, Row[]>> } | undefined

  constructor(pool: pg.Pool) {
    this.pool = pool
  }

  async find(commandId: string): Promise<IndexedCommand | undefined> {
    const rows = (await this.ask(commandId)).get(commandId) ?? []
    const noted = this.noted.peek(commandId)
    const appends = rows.filter(row => row.stream !== null).map(appendOf)
    const more = noted?.appends.filter(n => !appends.some(a => a.stream === n.stream)) ?? []
    if (appends.length + more.length > 0)
      return {
        inputHash: noted?.inputHash ?? rows[0]?.input_hash ?? undefined,
        appends: [...appends, ...more],
      }
    const [bound] = rows
    if (bound?.outcome === undefined || bound.outcome === null) return undefined
    return {
      inputHash: bound.input_hash ?? undefined,
      appends: [],
      remembered: readRemembered(bound.outcome),
    }
  }

  async remember(...[commandId, inputHash, outcome]: Parameters<CommandIndex['remember']>): Promise<void> {
    await this.pool.query(
      `insert into ${COMMANDS_SCHEMA}.remembered as r (command_id, input_hash, outcome) values ($1, $2, $3)
       on conflict (command_id) do update set input_hash = excluded.input_hash, outcome = excluded.outcome, at = now()
       where r.at <= now() - interval '${REMEMBERED_HOURS} hours'`,
      [commandId, inputHash, textOfOutcome(outcome)],
    )
  }

  note(commandId: string, inputHash: string | undefined, append: IndexedAppend): void {
    const before = this.noted.peek(commandId)?.appends ?? []
    this.noted.set(commandId, { inputHash, appends: [...before, append] })
  }

  /** Forgets outcomes that bind no longer. */
  async forgetOld(): Promise<void> {
    await this.pool.query(
      `delete from ${COMMANDS_SCHEMA}.remembered where at <= now() - interval '${REMEMBERED_HOURS} hours'`,
    )
  }

  /** How far the log was read into the index, by whichever process does: believed only where the log agrees. */
  async reached(store: Places): Promise<Position | undefined> {
    const { believed } = await readRoleCheckpoint(postgresRoleCheckpoints(this.pool), store, ROLE)
    return believed?.position
  }

  private ask(commandId: string): Promise<Map<string, Row[]>> {
    if (!this.asked) {
      const ids = new Set<string>()
      const rows = new Promise<void>(resolve => setImmediate(resolve)).then(() => {
        this.asked = undefined
        return this.select([...ids])
      })
      this.asked = { ids, rows }
    }
    this.asked.ids.add(commandId)
    return this.asked.rows
  }

  private async select(ids: string[]): Promise<Map<string, Row[]>> {
    const { rows } = await this.pool.query<Row>({ name: 'commands_find', text: FIND, values: [ids] })
    return Map.groupBy(rows, row => row.command_id)
  }
}

const appendOf = ({ stream, first, count, position, type }: Row): IndexedAppend => ({
  stream: stream ?? '',
  first,
  count,
  position,
  type,
})

/**
 * Reads the log into the index, in the process that holds the lock. `ready` resolves when what the log held at the
 * call is in the index: no command is decided before (PROTOCOL 13). It rejects where the reader has ended before that, as
 * `ended` does: with what the log holds that cannot be read.
 */
export const startCommandIndexReader = (
  index: PostgresCommandIndex,
  deps: {
    readonly log: Log
    readonly pool: pg.Pool
    readonly locks: RoleLocks
    /** Told, before anything is forgotten, that the log is not the one that was indexed. */
    readonly onReplaced: () => Promise<void>
  },
): { readonly ended: Promise<void>; ready(): Promise<void>; stop(): Promise<void> } => {
  const stopping = new AbortController()
  let isOver = false
  const ended = deps.locks
    .whileHeld(ROLE, stopping.signal, held => readInto(deps, held))
    .finally(() => {
      isOver = true
    })
  // Whoever waits is told, now or later.
  ended.catch(() => undefined)
  return {
    ended,
    ready: async () => {
      const head = await deps.log.store.head()
      while (head && !isOver && ((await index.reached(deps.log.store)) ?? '') < head.position)
        await new Promise(resolve => setTimeout(resolve, LOOK_MS))
      if (isOver) await ended
    },
    stop: async () => {
      stopping.abort()
      await ended.catch(() => undefined)
    },
  }
}

/**
 * The log was copied to another store by an operator's decision: what was indexed of the first one is forgotten where
 * its positions are not the new one's, and is read again, without anybody having to vouch for the log.
 */
export const carryOverCommandIndex = async (pool: Pick<pg.Pool, 'query'>, to: Places): Promise<void> => {
  const { stored, believed } = await readRoleCheckpoint(postgresRoleCheckpoints(pool), to, ROLE)
  if (stored && !believed) await forgetCommands(pool)
}

const forgetCommands = async (pool: Pick<pg.Pool, 'query'>): Promise<void> => {
  await pool.query(
    `with gone as (delete from ${COMMANDS_SCHEMA}.done) delete from ${COMMANDS_SCHEMA}.checkpoints where name = $1`,
    [ROLE],
  )
}

const readInto = async (
  {
    log,
    pool,
    onReplaced,
  }: { readonly log: Log; readonly pool: pg.Pool; readonly onReplaced: () => Promise<void> },
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    const { stored, believed } = await readRoleCheckpoint(postgresRoleCheckpoints(pool), log.store, ROLE)
    let checkpoint = stored
    if (!believed) {
      // Another log than the one that was indexed, or nobody knows how far: the index is built again from nothing
      // (PROTOCOL 15). Its checkpoint was the one witness of what was read, so whoever decides hears of it first.
      if (stored) await onReplaced()
      await forgetCommands(pool)
      checkpoint = undefined
    }
    const after = checkpoint ? { after: checkpoint.position } : {}
    for await (const batch of log.store.subscribe({
      ...after,
      batchSize: 1_000,
      coalesceMs: GATHER_MS,
      signal,
    })) {
      const next = await writeBatch(pool, checkpoint, batch)
      if (next === 'lost') break
      checkpoint = next
    }
  }
}

/** Rows and checkpoint together; 'lost' when another process moved the checkpoint. */
const writeBatch = async (
  pool: pg.Pool,
  from: Checkpoint | undefined,
  { events }: Batch,
): Promise<Checkpoint | undefined | 'lost'> => {
  const last = events.at(-1)
  if (!last) return from
  const to = { position: last.position, eventId: last.id }
  const values = [...moveValues(ROLE, from, to), ...columnsOf(events)]
  const { rowCount } = await pool.query({ name: 'commands_index', text: INDEX, values })
  return rowCount === 1 ? to : 'lost'
}

const columnsOf = (events: readonly StoredEvent[]): unknown[][] => {
  const appends = new Map<
    string,
    { commandId: string; inputHash: string | undefined; events: StoredEvent[] }
  >()
  for (const event of events) {
    const { commandId, inputHash } = readMetadata(event)
    const key = `${commandId} ${event.stream}`
    const known = appends.get(key)
    if (known) known.events.push(event)
    else appends.set(key, { commandId, inputHash, events: [event] })
  }
  const rows = [...appends.values()].map(({ commandId, inputHash, events: own }) => {
    const [first, last] = [own[0] as StoredEvent, own.at(-1) as StoredEvent]
    return [commandId, first.stream, first.revision, own.length, last.type, last.position, inputHash ?? null]
  })
  return [0, 1, 2, 3, 4, 5, 6].map(column => rows.map(row => row[column]))
}
