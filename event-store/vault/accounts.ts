import type pg from 'pg'

/** Password hashes, as the hashing library writes them (argon2id): the vault does not look inside. */
export interface Credentials {
  /** Replaces what the user had: one password at a time. */
  put(credential: { credentialId: string; userId: string; passwordHash: string }): Promise<void>
  ofUser(
    userId: string,
  ): Promise<{ readonly credentialId: string; readonly passwordHash: string } | undefined>
  removeOf(userId: string): Promise<void>
}

/** Tokens of programs. The secret is shown once to its owner; the vault holds its digest. */
export interface Tokens {
  put(token: { tokenId: string; userId: string; secret: string; expiresAt: string }): Promise<void>
  /** Whose token this is, expired or not. */
  find(
    secret: string,
  ): Promise<{ readonly tokenId: string; readonly userId: string; readonly expiresAt: string } | undefined>
  remove(tokenId: string): Promise<void>
  removeOf(userId: string): Promise<void>
}

/**
 * Links that set a password. The secret is in the link alone; the vault holds its digest. Which of a user's is the one
 * in force, the log says.
 */
export interface Invitations {
  put(invitation: { invitationId: string; userId: string; secret: string; expiresAt: string }): Promise<void>
  /** Whose link this is, expired or not. */
  find(secret: string): Promise<Invitation | undefined>
  removeOf(userId: string): Promise<void>
}

export interface Invitation {
  readonly invitationId: string
  readonly userId: string
  readonly expiresAt: string
}

/**
 * Sessions of browsers. The cookie's value is known to the browser alone; the vault holds its digest. A session keeps
 * its id while its cookies replace each other.
 */
export interface Sessions {
  put(session: Session & { readonly secret: string }): Promise<void>
  /** Whose session this is, expired or not. */
  find(secret: string): Promise<Session | undefined>
  extend(secret: string, expiresAt: string): Promise<void>
  /** Sessions of a user that end after an instant, the newest first. */
  ofUser(userId: string, after: string): Promise<readonly Session[]>
  remove(secret: string): Promise<void>
  /** Ends one session of a user, whatever its cookie is by now. */
  removeOne(userId: string, sessionId: string): Promise<void>
  removeOf(userId: string): Promise<void>
  /** Forgets the sessions that expired before an instant. */
  removeExpired(before: string): Promise<void>
}

export interface Session {
  readonly sessionId: string
  readonly userId: string
  readonly createdAt: string
  readonly expiresAt: string
  /** What the browser said of itself: by it people know their sessions apart. */
  readonly agent: string
  /** What vouched for who opened it: a password here, or an identity provider. */
  readonly openedBy: 'password' | 'provider'
}

type Digest = (kind: string, text: string) => string

export const credentialsIn = (pool: pg.Pool): Credentials => ({
  async put({ credentialId, userId, passwordHash }) {
    await pool.query(
      `insert into vault.credentials (user_id, credential_id, password_hash) values ($1, $2, $3)
       on conflict (user_id) do update
       set credential_id = excluded.credential_id, password_hash = excluded.password_hash`,
      [userId, credentialId, passwordHash],
    )
  },
  async ofUser(userId) {
    const { rows } = await pool.query<{ credentialId: string; passwordHash: string }>(
      `select credential_id as "credentialId", password_hash as "passwordHash"
       from vault.credentials where user_id = $1`,
      [userId],
    )
    return rows[0]
  },
  async removeOf(userId) {
    await pool.query('delete from vault.credentials where user_id = $1', [userId])
  },
})

const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export const tokensIn = (pool: pg.Pool, digest: Digest): Tokens => ({
  async put({ tokenId, userId, secret, expiresAt }) {
    await pool.query(
      'insert into vault.tokens (token_id, user_id, digest, expires_at) values ($1, $2, $3, $4)',
      [tokenId, userId, digest('token', secret), expiresAt],
    )
  },
  async find(secret) {
    const { rows } = await pool.query<{ tokenId: string; userId: string; expiresAt: string }>(
      `select token_id as "tokenId", user_id as "userId", ${instant('expires_at')} as "expiresAt"
       from vault.tokens where digest = $1`,
      [digest('token', secret)],
    )
    return rows[0]
  },
  async remove(tokenId) {
    await pool.query('delete from vault.tokens where token_id = $1', [tokenId])
  },
  async removeOf(userId) {
    await pool.query('delete from vault.tokens where user_id = $1', [userId])
  },
})

export const invitationsIn = (pool: pg.Pool, digest: Digest): Invitations => ({
  async put({ invitationId, userId, secret, expiresAt }) {
    await pool.query(
      'insert into vault.invitations (invitation_id, user_id, digest, expires_at) values ($1, $2, $3, $4)',
      [invitationId, userId, digest('invitation', secret), expiresAt],
    )
  },
  async find(secret) {
    const { rows } = await pool.query<Invitation>(
      `select invitation_id as "invitationId", user_id as "userId", ${instant('expires_at')} as "expiresAt"
       from vault.invitations where digest = $1`,
      [digest('invitation', secret)],
    )
    return rows[0]
  },
  async removeOf(userId) {
    await pool.query('delete from vault.invitations where user_id = $1', [userId])
  },
})

const SESSION = `session_id as "sessionId", user_id as "userId", ${instant('created_at')} as "createdAt",
  ${instant('expires_at')} as "expiresAt", agent, opened_by as "openedBy"`

export const sessionsIn = (pool: pg.Pool, digest: Digest): Sessions => ({
  async put({ secret, sessionId, userId, createdAt, expiresAt, agent, openedBy }) {
    await pool.query(
      `insert into vault.sessions (digest, session_id, user_id, created_at, expires_at, agent, opened_by)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [digest('session', secret), sessionId, userId, createdAt, expiresAt, agent, openedBy],
    )
  },
  async find(secret) {
    const { rows } = await pool.query<Session>(`select ${SESSION} from vault.sessions where digest = $1`, [
      digest('session', secret),
    ])
    return rows[0]
  },
  async extend(secret, expiresAt) {
    await pool.query('update vault.sessions set expires_at = $2 where digest = $1', [
      digest('session', secret),
      expiresAt,
    ])
  },
  async ofUser(userId, after) {
    // While a cookie is replaced, two stand for one session.
    const { rows } = await pool.query<Session>(
      `select * from (
         select distinct on (session_id) ${SESSION} from vault.sessions
         where user_id = $1 and expires_at > $2 order by session_id, expires_at desc
       ) as s order by "createdAt" desc, "sessionId"`,
      [userId, after],
    )
    return rows
  },
  async remove(secret) {
    await pool.query('delete from vault.sessions where digest = $1', [digest('session', secret)])
  },
  async removeOne(userId, sessionId) {
    await pool.query('delete from vault.sessions where user_id = $1 and session_id = $2', [userId, sessionId])
  },
  async removeOf(userId) {
    await pool.query('delete from vault.sessions where user_id = $1', [userId])
  },
  async removeExpired(before) {
    await pool.query('delete from vault.sessions where expires_at < $1', [before])
  },
})
