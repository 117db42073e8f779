import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { isUnavailable } from '../event-store/unavailable.ts'

/**
 * Where one of several processes does the work (PROTOCOL 33): a session lock on a connection of its own, never
 * through a pooler. It saves work; what makes a second worker harmless is the exact revision, or the checkpoint's
 * compare-and-set.
 */
export interface RoleLocks {
  /**
   * Runs `work` while this process holds the lock of the role, and again each time it gets it back, until `signal`.
   * `work`'s signal is aborted when the lock may be lost. Resolves when `work` ended by itself.
   */
  whileHeld(role: string, signal: AbortSignal, work: (held: AbortSignal) => Promise<void>): Promise<void>
}

const RETRY_MS = 500

/**
 * Asked again and again instead of waited for: a statement that waits holds a snapshot, and no vacuum of the whole
 * database may take away what was deleted since.
 */
const ASK_MS = 250
const TAKE = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken'

const taken = async (client: pg.Client, role: string, signal: AbortSignal): Promise<void> => {
  const ask = async (): Promise<boolean> => {
    const { rows } = await client.query<{ taken: boolean }>(TAKE, [`grandlivre ${role}`])
    return rows[0]?.taken === true
  }
  while (!(await ask())) await delay(ASK_MS, undefined, { signal })
}

/** The server notices a holder whose machine is gone within about half a minute. */
const KEEPALIVE = '-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'

export const postgresRoleLocks = (connectionString: string): RoleLocks => ({
  whileHeld: async (role, signal, work) => {
    while (!signal.aborted) {
      const outcome = await holdOnce(connectionString, role, signal, work)
      if (outcome === 'ended') return
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  },
})

const holdOnce = async (
  connectionString: string,
  role: string,
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<void>,
): Promise<'ended' | 'lost'> => {
  const client = new pg.Client({
    connectionString,
    application_name: `grandlivre ${role}`.slice(0, 63),
    options: KEEPALIVE,
    keepAlive: true,
    keepAliveInitialDelayMillis: 15_000,
  })
  const lost = new AbortController()
  client.on('error', () => {
    lost.abort()
  })
  client.on('end', () => {
    lost.abort()
  })
  // Whoever stops does not wait for the connection: one that is ended while it is being made never says so.
  const left = Promise.withResolvers<never>()
  const leave = (): void => {
    left.reject(new Error('stopping'))
    void client.end().catch(() => undefined)
  }
  signal.addEventListener('abort', leave, { once: true })
  try {
    await Promise.race([client.connect().then(() => taken(client, role, signal)), left.promise])
  } catch {
    void client.end().catch(() => undefined)
    return 'lost'
  } finally {
    signal.removeEventListener('abort', leave)
  }
  if (signal.aborted) {
    await client.end().catch(() => undefined)
    return 'lost'
  }
  try {
    try {
      await work(AbortSignal.any([signal, lost.signal]))
    } catch (error) {
      // The database went away under the work, as it did or will under the lock: both are taken up again.
      if (!isUnavailable(error)) throw error
      return 'lost'
    }
    return lost.signal.aborted && !signal.aborted ? 'lost' : 'ended'
  } finally {
    await client.end().catch(() => undefined)
  }
}
