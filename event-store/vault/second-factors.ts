import type pg from 'pg'
import { unwrap, wrap } from './cipher.ts'

/**
 * Secrets that codes of the moment are made from (RFC 6238), wrapped by the master key, and digests of the recovery
 * codes that stand in for them. A factor opens nothing until the log names it.
 */
export interface SecondFactors {
  put(factor: { factorId: string; userId: string; secret: Buffer }): Promise<void>
  find(factorId: string): Promise<{ readonly userId: string; readonly secret: Buffer } | undefined>
  /** Uses up a step of time: false where that one, or a later one, was used before. */
  useStep(factorId: string, step: number): Promise<boolean>
  /** Replaces the recovery codes of a factor. */
  putRecoveryCodes(factorId: string, codes: readonly string[]): Promise<void>
  /** Uses up a recovery code: false where it is none, or was used before. */
  useRecoveryCode(factorId: string, code: string): Promise<boolean>
  recoveryCodesLeft(factorId: string): Promise<number>
  /** Destroys what a user has, or was offered, but for one. */
  removeOthers(userId: string, factorId: string): Promise<void>
  removeOf(userId: string): Promise<void>
}

type Digest = (kind: string, text: string) => string

/** What a wrapped secret is bound to: it opens for its own factor alone. */
const nameOf = (factorId: string): string => `second factor ${factorId}`

export const secondFactorsIn = (pool: pg.Pool, master: Buffer, digest: Digest): SecondFactors => {
  const digestOf = (factorId: string, code: string): string => digest('recoveryCode', `${factorId}\n${code}`)
  return {
    async put({ factorId, userId, secret }) {
      await pool.query('insert into vault.second_factors (factor_id, user_id, wrapped) values ($1, $2, $3)', [
        factorId,
        userId,
        wrap(master, secret, nameOf(factorId)),
      ])
    },
    async find(factorId) {
      const { rows } = await pool.query<{ userId: string; wrapped: Buffer }>(
        'select user_id as "userId", wrapped from vault.second_factors where factor_id = $1',
        [factorId],
      )
      const [row] = rows
      if (!row) return undefined
      const secret = unwrap(master, row.wrapped, nameOf(factorId))
      if (!secret) throw new Error(`second factor ${factorId} cannot be unwrapped: it was altered`)
      return { userId: row.userId, secret }
    },
    async useStep(factorId, step) {
      const { rowCount } = await pool.query(
        'update vault.second_factors set last_step = $2 where factor_id = $1 and last_step < $2',
        [factorId, step],
      )
      return rowCount === 1
    },
    async putRecoveryCodes(factorId, codes) {
      const digests = codes.map(code => digestOf(factorId, code))
      await pool.query(
        `with before as (delete from vault.recovery_codes where factor_id = $1 and digest <> all($2::text[]))
         insert into vault.recovery_codes (factor_id, digest) select $1, unnest($2::text[])`,
        [factorId, digests],
      )
    },
    async useRecoveryCode(factorId, code) {
      const { rowCount } = await pool.query(
        'delete from vault.recovery_codes where factor_id = $1 and digest = $2',
        [factorId, digestOf(factorId, code)],
      )
      return rowCount === 1
    },
    async recoveryCodesLeft(factorId) {
      const { rows } = await pool.query<{ left: number }>(
        'select count(*)::int as left from vault.recovery_codes where factor_id = $1',
        [factorId],
      )
      return rows[0]?.left ?? 0
    },
    async removeOthers(userId, factorId) {
      await pool.query('delete from vault.second_factors where user_id = $1 and factor_id <> $2', [
        userId,
        factorId,
      ])
    },
    async removeOf(userId) {
      await pool.query('delete from vault.second_factors where user_id = $1', [userId])
    },
  }
}
