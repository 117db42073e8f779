import pg from 'pg'
import { StoreUnavailable } from './port.ts'

/**
 * SQLSTATE classes that speak of the server, not of what was asked: connection (08), resources (53), lock not
 * available (55P03), operator intervention (57), deadlock and serialisation (40), read-only after a failover (25006),
 * idle in transaction (25P03). Whoever sends the same bytes again later may well succeed.
 */
const PASSING = /^(08|40|53|55P03|57|25006|25P03)/

/** What pg says, without a code, of a connection that went away, or was closed by this program as it ended. */
const GONE =
  /connection terminated|connection timeout|timeout expired|timeout exceeded when trying to connect|read timeout|connection error|not queryable|calling end on the pool/i

/** What the operating system says of one: ECONNREFUSED, EPIPE; not Node's own ERR_ codes. */
const SYSTEM = /^E[A-Z]+$/

/** The SQLSTATE of an error that the server itself reported. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined

/**
 * Whether an error speaks of the log, or of the database beside it, as away for the moment, not of what was asked: a
 * defect of the program is never mistaken for that.
 */
export const isUnavailable = (error: unknown): boolean => {
  if (error instanceof StoreUnavailable) return true
  const state = sqlState(error)
  if (state !== undefined) return PASSING.test(state)
  if (!(error instanceof Error)) return false
  return ('code' in error && SYSTEM.test(String(error.code))) || GONE.test(error.message)
}
