import type { Batch, Position } from './port.ts'

/** Pages of the log up to its present end, the next one asked for while the one before is worked on. */
export async function* pagesToTheEnd(
  after: Position,
  read: (after: Position) => Promise<Batch>,
  signal?: AbortSignal,
): AsyncGenerator<Batch, void, undefined> {
  /** Its failure is told when it is its turn, or to nobody when the reader has gone. */
  const ahead = (position: Position): Promise<Batch> => {
    const page = read(position)
    page.catch(() => undefined)
    return page
  }
  let next = ahead(after)
  for (;;) {
    signal?.throwIfAborted()
    const batch = await next
    if (!batch.caughtUp) next = ahead(batch.position)
    yield batch
    if (batch.caughtUp) return
  }
}
