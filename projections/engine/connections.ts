import { Socket } from 'node:net'
import pg from 'pg'

const CONNECT_MS_MAX = 5_000
/** Idle seconds before the server probes a silent client: a dead holder's locks are free soon after (PROTOCOL 33). */
const KEEPALIVE_SECONDS = 15

/**
 * What is sent in one turn of the event loop leaves as one: a batch is two dozen statements, and a system call for
 * each, with the server woken by each, costs more than most of them.
 */
class GatheringSocket extends Socket {
  private gathering = false

  /** pg corks around each statement: here the cork stays until the turn ends. */
  override cork(): void {
    super.cork()
    if (this.gathering) return
    this.gathering = true
    super.cork()
    setImmediate(() => {
      this.gathering = false
      super.uncork()
    })
  }
}

/** What a connection of the engine is for. */
export interface ConnectionUse {
  /** Statements are sent without waiting for those before them. */
  readonly pipeline?: boolean
  /** Rows are found by their keys alone. */
  readonly byKey?: boolean
}

/** A plan made while a table was empty must not stay one that reads all of it, by whichever way. */
const BY_KEY = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'].map(way => ` -c ${way}=off`).join('')

/** Opens a connection of the engine's own: never through a pooler, with keepalives on both ends. */
export const connect = async (
  databaseUrl: string,
  role: string,
  { pipeline = false, byKey = false }: ConnectionUse = {},
): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: `grandlivre projections ${role}`,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_SECONDS * 1_000,
    options:
      `-c tcp_keepalives_idle=${KEEPALIVE_SECONDS} -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 ` +
      // A read model is made again from the log: losing the last commits in a crash costs only their replay.
      `-c synchronous_commit=off -c jit=off -c timezone=UTC${byKey ? BY_KEY : ''}`,
    ...(pipeline && { pipeline, stream: () => new GatheringSocket() }),
  })
  // A client without a listener takes the process down with it when its server goes.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Runs work on a connection of its own. */
export const withConnection = async <T>(
  databaseUrl: string,
  role: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = await connect(databaseUrl, role)
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Runs work in one transaction. */
export const inTransaction = async <T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> => {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** Whether the server went away or turned us out, rather than refusing what was asked. */
export const isConnectionLoss = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return /connection|terminat|not queryable/i.test(error.message)
  return /^(08|57P|53300|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code)
}
