import { randomBytes } from 'node:crypto'
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

export interface FoundSession {
  readonly userId: string
  /** The value the cookie must be replaced by. */
  readonly replacement?: string
}

export class Sessions {
  private readonly repository: Repository
  private readonly now: () => number
  private readonly cache = new Lru<{ readonly session: Session; readonly readAt: number }>(CACHED_SESSIONS)

  constructor(repository: Repository, now: () => number) {
    this.repository = repository
    this.now = now
  }

  /** Begins a session: the cookie's value. */
  async begin(userId: string): Promise<string> {
    const now = this.now()
    await this.repository.removeExpired(iso(now))
    return this.store(userId, now)
  }

  /** The session of a cookie, renewed by its use; undefined where it is none or has ended. */
  async use(secret: string): Promise<FoundSession | undefined> {
    const session = await this.read(secret)
    const now = this.now()
    if (!session || Date.parse(session.expiresAt) <= now) return undefined
    const { userId } = session
    const left = Date.parse(session.expiresAt) - now
    if (left <= GRACE_MS) return { userId }
    if (now - madeAt(secret) >= SESSION_ROTATION_MS) {
      const replacement = await this.store(userId, Date.parse(session.createdAt))
      await this.moveEnd(secret, session, Math.min(now + GRACE_MS, absoluteEnd(session)))
      return { userId, replacement }
    }
    const end = Math.min(now + SESSION_IDLE_MS, absoluteEnd(session))
    if (end - Date.parse(session.expiresAt) >= EXTENSION_STEP_MS) await this.moveEnd(secret, session, end)
    return { userId }
  }

  async end(secret: string): Promise<void> {
    this.cache.delete(secret)
    await this.repository.remove(secret)
  }

  private async store(userId: string, createdAt: number): Promise<string> {
    const now = this.now()
    const secret = `${now.toString(36)}.${randomBytes(32).toString('base64url')}`
    const expiresAt = Math.min(now + SESSION_IDLE_MS, createdAt + SESSION_AGE_MS_MAX)
    await this.repository.put({ secret, userId, createdAt: iso(createdAt), expiresAt: iso(expiresAt) })
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
