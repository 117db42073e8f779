import { isCommandError } from '@eventstore/db-client'
import { AccessLost, StoreUnavailable } from '../port.ts'

/**
 * gRPC codes that speak of the server, of the link or of its rights, not of what was asked: cancelled (1), unknown
 * (2), deadline exceeded (4), permission denied (7), resource exhausted (8), aborted (10), internal (13, how a server
 * that is told to stop ends its calls), unavailable (14), unauthenticated (16). Of an append, the outcome is unknown
 * after each of them.
 */
const PASSING: ReadonlySet<unknown> = new Set([1, 2, 4, 7, 8, 10, 13, 14, 16])

/** The same in the words of the client, whose errors do not all carry a code. */
const PASSING_TYPES: ReadonlySet<string> = new Set([
  'access-denied',
  'cancelled',
  'deadline-exceeded',
  'not-leader',
  'timeout',
  'unavailable',
  'unknown',
])

/** Codes by which a server does not let somebody in: permission denied, unauthenticated. */
const DENIED: ReadonlySet<unknown> = new Set([7, 16])

/** What the client says, without a code, where it found no server, or closed the channel under a call. */
const GONE = /failed to discover|channel|write after end/i

/** What the client calls an error, where it is one of its own. */
export const typeOf = (error: unknown): string | undefined =>
  error instanceof Error && isCommandError(error) ? error.type : undefined

const speaksOfServer = (error: Error): boolean =>
  isCommandError(error)
    ? PASSING_TYPES.has(error.type) || PASSING.has(error.code)
    : ('code' in error && (PASSING.has(error.code) || /^E[A-Z]+$/.test(String(error.code)))) ||
      GONE.test(error.message)

/** Whether the server does not let in who asked. */
export const isDenied = (error: unknown): boolean =>
  typeOf(error) === 'access-denied' || (error instanceof Error && 'code' in error && DENIED.has(error.code))

/** Turns what the client throws of a server that is away into the port's words; everything else passes through. */
export const asStoreError = (error: unknown): unknown => {
  if (error instanceof StoreUnavailable || !(error instanceof Error) || !speaksOfServer(error)) return error
  if (isDenied(error)) return new AccessLost({ cause: error })
  const reason = error.message || (isCommandError(error) ? error.type : error.name)
  return new StoreUnavailable(`EventStoreDB did not answer: ${reason}`, { cause: error })
}
