import pg from 'pg'
import { checkAppend } from '../append-check.ts'
import { Bell } from '../live/bell.ts'
import { subscription } from '../live/subscription.ts'
import type { Sources } from '../live/subscription.ts'
import { Tail } from '../live/tail.ts'
import type { Danger, EventStore } from '../port.ts'
import { SameLog } from '../same-log.ts'
import { readDangers } from './dangers.ts'
import { asStoreError } from './failures.ts'
import { COPIES_LOG, postgresGate } from './gate.ts'
import { notifications } from './notifications.ts'
import { START, fromPosition, isPosition } from './positions.ts'
import { DEFAULT_BATCH, Reader, eventAt } from './reader.ts'
import { createSchema, judgeServer, readServerFacts } from './schema.ts'
import { Writer } from './writer.ts'

export interface PostgresStoreOptions {
  /** URL of the database that holds the log. Not a pooler's: the store keeps sessions. */
  readonly connectionString: string
  /** Most connections for reading. One more writes, one more listens. */
  readonly readers?: number
  /** Opened to copy a log: appends also where it is shut to others. */
  readonly copying?: boolean
  /** Told when another log answers than the one that was read before. */
  readonly endangered?: (danger: Danger) => void
}

/**
 * Settings of the log's own sessions. Plans prepared on an empty table must not stay sequential scans; a writer that
 * froze inside a transaction must not hold the lock for ever; an acknowledged commit is on disk; and the statement
 * that checks must see what was committed while it waited for the lock, which only READ COMMITTED does.
 */
const SESSION = [
  'enable_seqscan=off',
  'jit=off',
  'synchronous_commit=on',
  'default_transaction_isolation=read\\ committed',
  'lock_timeout=10s',
  'idle_in_transaction_session_timeout=10s',
]
  .map(setting => `-c ${setting}`)
  .join(' ')

const LOG_OF_DATABASE = { en: 'The log in PostgreSQL', fr: 'Le journal de PostgreSQL' }
const CONNECT_MS_MAX = 5_000
const ANSWER_MS_MAX = 60_000

/** How a session is opened, by what it is for. */
const sessions = ({ connectionString, copying }: PostgresStoreOptions) => {
  const config = (role: string): pg.ClientConfig => ({
    connectionString,
    options: copying ? `${SESSION} ${COPIES_LOG}` : SESSION,
    application_name: `grandlivre log ${role}`,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    keepAlive: true,
    keepAliveInitialDelayMillis: 15_000,
  })
  const connect = async (role: string, extra: object = {}): Promise<pg.Client> => {
    const client = new pg.Client({ ...config(role), ...extra })
    // A client without a listener takes the process down with it when its server goes.
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  return { config, connect }
}

/**
 * Opens the log that a PostgreSQL database holds, creating it where there is none.
 * @throws StartRefused where the server must not hold a log, StoreUnavailable where it does not answer
 */
export const openPostgresStore = async (options: PostgresStoreOptions): Promise<EventStore> => {
  const { config, connect } = sessions(options)
  await prepare(connect)

  const pool = new pg.Pool({ ...config('reader'), max: options.readers ?? 4, query_timeout: ANSWER_MS_MAX })
  pool.on('error', () => undefined)
  const same = knownLog(pool, options.endangered)
  const reader = new Reader(pool, same)
  const tail = new Tail(after => reader.pageAfter(after))
  const connectWriter = async (): Promise<pg.Client> =>
    confirmed(await connect('writer', { pipeline: true, query_timeout: ANSWER_MS_MAX }), same)
  const writer = new Writer(connectWriter, {
    appended: (after, events) => {
      const last = events.at(-1)
      if (last) same.know(last)
      tail.appended(after, events)
      bell.ring()
    },
    lost: () => {
      bell.ringInDoubt()
    },
  })
  const doubt = (): void => {
    tail.doubt()
  }
  const bell = new Bell(
    notifications(
      () => connect('bell'),
      processId => writer.isOwn(processId),
    ),
    { doubt },
  )
  const closing = new AbortController()
  const sources: Sources = {
    start: START,
    pages: (after, batchSize, prefixes) =>
      prefixes ? reader.pagesOf(prefixes, after, batchSize) : reader.pages(after, batchSize),
    tail,
    bell,
  }

  return {
    append: async (stream, expected, events) =>
      writer.append(stream, expected, events, checkAppend(stream, expected, events)),
    readStream: (stream, readOptions = {}) => reader.readStream(stream, readOptions),
    readAll: ({ after = START, batchSize = DEFAULT_BATCH, signal } = {}) =>
      reader.pages(after, batchSize, signal),
    subscribe: subscribed =>
      subscription(sources, { ...subscribed, signal: AbortSignal.any([subscribed.signal, closing.signal]) }),
    head: () => reader.head(),
    eventAt: position => reader.eventAt(position),
    isPosition,
    placeOf: fromPosition,
    dangers: () => readDangers(pool),
    knownDangers: () => same.dangers(),
    gate: postgresGate(() => connect('gate')),
    close: async () => {
      closing.abort()
      await writer.close()
      await bell.close()
      await pool.end()
    },
  }
}

/** What is known of the log. No session outlives its server: whatever answers on a new one may be another log. */
const knownLog = (pool: pg.Pool, endangered: (danger: Danger) => void = () => undefined): SameLog => {
  const same = new SameLog(LOG_OF_DATABASE, position => eventAt(pool, position), endangered)
  pool.on('connect', () => {
    same.doubt()
  })
  return same
}

/** A new session that is to append, once it is sure that it would to the same log. @throws StoreReplaced */
const confirmed = async (client: pg.Client, same: SameLog): Promise<pg.Client> => {
  same.doubt()
  try {
    await same.confirm()
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  return client
}

const prepare = async (connect: (role: string) => Promise<pg.Client>): Promise<void> => {
  let client: pg.Client | undefined
  try {
    client = await connect('start')
    judgeServer(await readServerFacts(client))
    await createSchema(client)
  } catch (error) {
    throw asStoreError(error)
  } finally {
    await client?.end().catch(() => undefined)
  }
}
