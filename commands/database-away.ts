import { StoreUnavailable } from '../event-store/port.ts'
import { isUnavailable, sqlState } from '../event-store/postgres/failures.ts'

/** What pg says, without a code, of a connection that went away. */
const GONE =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|connection error|not queryable/i

/**
 * Whether an error speaks of a database that is away for the moment, not of what was asked of it: a defect of the
 * program is never mistaken for one.
 */
export const isDatabaseAway = (error: unknown): boolean => {
  if (error instanceof StoreUnavailable) return true
  if (sqlState(error) !== undefined) return isUnavailable(error)
  if (!(error instanceof Error)) return false
  return ('code' in error && /^E[A-Z]+$/.test(String(error.code))) || GONE.test(error.message)
}
