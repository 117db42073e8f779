import { randomBytes, randomUUID } from 'node:crypto'
import { Lru } from '../../commands/lru.ts'
import type { Session, Sessions as Repository } from '../../event-store/vault/accounts.ts'

/**
 * Sessions of browsers. The cookie is the instant of its making and 256 random bits; the vault holds the digest of
 * the whole. A session ends after a time without use, and in any case after its absolute age; meanwhile the cookie is
 * replaced at intervals, so that a stolen one is of little use.
 */
export const SESSION_IDLE_MS = 30 * 60_000
export const SESSION_AGE_MS_MAX = 12 * 3_600_000
export const SESSION_ROTATION_MS = 15 * 60_000
/** A replaced cookie still opens for so long: requests under way carry it. In its last moments none is renewed. */
const GRACE_MS = 30_000
/** The end of a session is moved at most so often: not every request writes. */
const EXTENSION_STEP_MS = 60_000
/** How long an answer of the vault is believed: what another process ended still opens here for so long. */
const CACHE_MS = 2_000
const CACHED_SESSIONS = 10_000

/** What a browser says of itself is cut to this. */
const AGENT_CHARACTERS_MAX = 200

export interface FoundSession {
  readonly userId: string
  readonly sessionId: string
  readonly openedBy: Session['openedBy']
  /** The value the cookie must be replaced by. */
  readonly replacement?: string
}

export class Sessions {
  private readonly repository: Repository
  private readonly now: () => number
  private cache = new Lru<{ readonly session: Session; readonly readAt: number }>(CACHED_SESSIONS)

  constructor(repository: Repository, now: () => number) {
    this.repository = repository
    this.now = now
  }

  /**
   * Begins a session: the cookie's value.
   * @param agent what the browser says of itself
   */
  async begin(userId: string, openedBy: Session['openedBy'], agent = ''): Promise<string> {
    const now = this.now()
    await this.repository.removeExpired(iso(now))
    const session = { userId, sessionId: randomUUID(), openedBy, agent: agent.slice(0, AGENT_CHARACTERS_MAX) }
    return this.store(session, now)
  }

  /** The session of a cookie, renewed by its use; undefined where it is none or has ended. */
  async use(secret: string): Promise<FoundSession | undefined> {
    const session = await this.read(secret)
    const now = this.now()
    if (!session || Date.parse(session.expiresAt) <= now) return undefined
    const { userId, sessionId, openedBy } = session
    const found = { userId, sessionId, openedBy }
    const left = Date.parse(session.expiresAt) - now
    if (left <= GRACE_MS) return found
    if (now - madeAt(secret) >= SESSION_ROTATION_MS) {
      const replacement = await this.store(session, Date.parse(session.createdAt))
      await this.moveEnd(secret, session, Math.min(now + GRACE_MS, absoluteEnd(session)))
      return { ...found, replacement }
    }
    const end = Math.min(now + SESSION_IDLE_MS, absoluteEnd(session))
    if (end - Date.parse(session.expiresAt) >= EXTENSION_STEP_MS) await this.moveEnd(secret, session, end)
    return found
  }

  async end(secret: string): Promise<void> {
    this.cache.delete(secret)
    await this.repository.remove(secret)
  }

  /** The repository for all others: what they end is over here with the next request, too. */
  get shared(): Repository {
    return {
      ...this.repository,
      removeOf: async userId => {
        await this.repository.removeOf(userId)
        this.readAgain()
      },
    }
  }

  /** Those of a user that are open now, the newest first. */
  open(userId: string): Promise<readonly Session[]> {
    return this.repository.ofUser(userId, iso(this.now()))
  }

  /** Ends one session of a user, in whatever browser it is. */
  async endOne(userId: string, sessionId: string): Promise<void> {
    await this.repository.removeOne(userId, sessionId)
    this.readAgain()
  }

  /** Which cookies were those of a session that ended is not known here: all are read again. */
  private readAgain(): void {
    this.cache = new Lru(CACHED_SESSIONS)
  }

  private async store(
    of: Pick<Session, 'userId' | 'sessionId' | 'agent' | 'openedBy'>,
    createdAt: number,
  ): Promise<string> {
    const now = this.now()
    const secret = `${now.toString(36)}.${randomBytes(32).toString('base64url')}`
    const expiresAt = Math.min(now + SESSION_IDLE_MS, createdAt + SESSION_AGE_MS_MAX)
    const { userId, sessionId, agent, openedBy } = of
    const lasting = { createdAt: iso(createdAt), expiresAt: iso(expiresAt) }
    await this.repository.put({ secret, userId, sessionId, agent, openedBy, ...lasting })
    return secret
  }

  private async moveEnd(secret: string, session: Session, end: number): Promise<void> {
    await this.repository.extend(secret, iso(end))
    this.cache.set(secret, { session: { ...session, expiresAt: iso(end) }, readAt: this.now() })
  }

  private async read(secret: string): Promise<Session | undefined> {
    const now = this.now()
    const cached = this.cache.get(secret)
    if (cached && now - cached.readAt < CACHE_MS) return cached.session
    const session = await this.repository.find(secret)
    if (session) this.cache.set(secret, { session, readAt: now })
    else this.cache.delete(secret)
    return session
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
const absoluteEnd = (session: Session): number => Date.parse(session.createdAt) + SESSION_AGE_MS_MAX
const madeAt = (secret: string): number => Number.parseInt(secret.slice(0, secret.indexOf('.')), 36) || 0
