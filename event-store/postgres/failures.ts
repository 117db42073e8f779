import pg from 'pg'
import { StoreUnavailable } from '../port.ts'

/**
 * SQLSTATE classes that speak of the server, not of what was asked: connection (08), resources (53), lock not
 * available (55P03), operator intervention (57), deadlock and serialisation (40), read-only after a failover (25006),
 * idle in transaction (25P03). Whoever sends the same bytes again later may well succeed.
 */
const PASSING = /^(08|40|53|55P03|57|25006|25P03)/

/** The SQLSTATE of an error that the server itself reported. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined

/** Turns what pg throws into the port's words; a refusal of the statement itself passes through. */
export const asStoreError = (error: unknown): unknown => {
  if (error instanceof StoreUnavailable) return error
  const state = sqlState(error)
  if (state !== undefined && !PASSING.test(state)) return error
  const reason = error instanceof Error ? error.message || error.name : String(error)
  return new StoreUnavailable(`PostgreSQL did not answer: ${reason}`, { cause: error })
}

export const isUnavailable = (error: unknown): boolean => asStoreError(error) instanceof StoreUnavailable
