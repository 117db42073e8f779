import type { Batch, Position } from './port.ts'

/** Pages of the log up to its present end, the next one asked for while the one before is worked on. */
export async function* pagesToTheEnd(
  after: Position,
  read: (after: Position) => Promise<Batch>,
  signal?: AbortSignal,
): AsyncGenerator<Batch, void, undefined> {
  let next = read(after)
  for (;;) {
    signal?.throwIfAborted()
    const batch = await next
    if (!batch.caughtUp) {
      next = read(batch.position)
      // Its failure is told when it is its turn, or to nobody when the reader has gone.
      next.catch(() => undefined)
    }
    yield batch
    if (batch.caughtUp) return
  }
}
