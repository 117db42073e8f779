import { StoreUnavailable } from '../port.ts'
import { isUnavailable } from '../unavailable.ts'

/** Turns what pg throws of a server that is away into the port's words; everything else passes through. */
export const asStoreError = (error: unknown): unknown => {
  if (error instanceof StoreUnavailable || !isUnavailable(error)) return error
  const reason = error instanceof Error ? error.message || error.name : String(error)
  return new StoreUnavailable(`PostgreSQL did not answer: ${reason}`, { cause: error })
}
