import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { StartRefused } from '../../event-store/errors.ts'

/**
 * Who works on a log is present: it holds a shared lock on a session of its own, and appends only while it does. A
 * move ends when nobody is present any more (PROTOCOL 12), so that no program that has not heard of it works on.
 */
export interface Presence {
  /** Whether the lock is known to be held. */
  readonly isHere: () => boolean
  /** What must be looked at before this program is present again after its session was lost. */
  onReturn(look: () => Promise<void>): void
  /** Said last of all: nothing is appended behind it. */
  leave(): Promise<void>
}

const PRESENCE_LOCK = 0x474c_0005
const RETURN_MS = 500
const LOOK_MS = 100

const SESSION: pg.ClientConfig = {
  application_name: 'grandlivre presence',
  // The server notices a program whose machine is gone within about half a minute, and the program a server.
  options: '-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
  keepAlive: true,
  keepAliveInitialDelayMillis: 15_000,
  connectionTimeoutMillis: 5_000,
}

const connect = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString, ...SESSION })
  // A client without a listener takes the process down with it when its server goes.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const tryLock = async (client: pg.Client, how: 'shared' | 'exclusive'): Promise<boolean> => {
  const lock = how === 'shared' ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock'
  const { rows } = await client.query<{ taken: boolean }>(`select ${lock}($1) as taken`, [PRESENCE_LOCK])
  return rows[0]?.taken === true
}

const enter = async (databaseUrl: string): Promise<pg.Client | undefined> => {
  const client = await connect(databaseUrl)
  if (await tryLock(client, 'shared')) return client
  await client.end().catch(() => undefined)
  return undefined
}

/**
 * @param databaseUrl the database of the read models, which all programs of a log share
 * @throws StartRefused `LOG_MOVING` where a move is about to end
 */
export const bePresent = async (databaseUrl: string): Promise<Presence> => {
  const client = await enter(databaseUrl)
  if (!client) throw moving()
  return new HeldPresence(databaseUrl, client)
}

class HeldPresence implements Presence {
  private readonly databaseUrl: string
  private client: pg.Client | undefined
  private readonly looks: (() => Promise<void>)[] = []
  private readonly leaving = new AbortController()
  private returning: Promise<void> | undefined
  private here = false

  constructor(databaseUrl: string, client: pg.Client) {
    this.databaseUrl = databaseUrl
    this.hold(client)
  }

  isHere = (): boolean => this.here

  onReturn(look: () => Promise<void>): void {
    this.looks.push(look)
  }

  async leave(): Promise<void> {
    this.here = false
    this.leaving.abort()
    await this.returning
    await this.client?.end().catch(() => undefined)
  }

  private hold(client: pg.Client): void {
    this.client = client
    this.here = true
    const lose = (): void => {
      if (this.client !== client) return
      this.here = false
      this.client = undefined
      if (!this.leaving.signal.aborted) this.returning = this.comeBack()
    }
    client.once('error', lose)
    client.once('end', lose)
  }

  private async comeBack(): Promise<void> {
    const { signal } = this.leaving
    while (!signal.aborted) {
      const client = await enter(this.databaseUrl).catch(() => undefined)
      if (client && (await this.looksFine())) {
        this.hold(client)
        return
      }
      await client?.end().catch(() => undefined)
      await delay(RETURN_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  private async looksFine(): Promise<boolean> {
    try {
      for (const look of this.looks) await look()
      return true
    } catch {
      return false
    }
  }
}

/** Nobody is present, and nobody can become so until `end`. */
export interface Absence {
  end(): Promise<void>
}

/**
 * Waits until nobody works on a log any more.
 * @param onWaiting told how many still do, whenever that changes
 */
export const everybodyGone = async (
  databaseUrl: string,
  signal: AbortSignal,
  onWaiting: (programs: number) => void,
): Promise<Absence> => {
  const client = await connect(databaseUrl)
  try {
    for (let told = 0; !(await tryLock(client, 'exclusive'));) {
      const programs = await present(client)
      if (programs > 0 && programs !== told) onWaiting((told = programs))
      await delay(LOOK_MS, undefined, { signal })
    }
    return { end: () => client.end().catch(() => undefined) }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

const present = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ programs: number }>(
    `select count(*)::int as programs from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = current_database() and l.locktype = 'advisory' and l.mode = 'ShareLock' and l.granted
       and l.classid = 0 and l.objid = $1`,
    [PRESENCE_LOCK],
  )
  return rows[0]?.programs ?? 0
}

const moving = (): StartRefused =>
  new StartRefused(
    'LOG_MOVING',
    {},
    {
      en: 'This log is being moved: start again when that is done, at the place where it then is.',
      fr: 'Ce journal est en cours de déplacement : redémarrez quand ce sera fait, là où il sera alors.',
    },
  )
