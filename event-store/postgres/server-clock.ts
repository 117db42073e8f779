import type pg from 'pg'

/** How long one comparison of the clocks is believed. Between two, a monotonic counter tells the time. */
const COMPARE_EVERY_MS = 30_000

/**
 * The PostgreSQL server's clock without a round trip per append: asked now and then, and carried on by the process's
 * monotonic counter, which a change of the machine's clock does not move.
 */
export const postgresClock = (pool: Pick<pg.Pool, 'query'>): (() => Promise<number>) => {
  let offsetMs = 0
  let comparedAt = -Infinity
  const compare = async (): Promise<void> => {
    const before = performance.now()
    const { rows } = await pool.query<{ ms: string }>(
      `select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms`,
    )
    const after = performance.now()
    offsetMs = Number(rows[0]?.ms) - (before + after) / 2
    comparedAt = after
  }
  let comparing: Promise<void> | undefined
  return async () => {
    if (performance.now() - comparedAt > COMPARE_EVERY_MS) {
      comparing ??= compare().finally(() => {
        comparing = undefined
      })
      await comparing
    }
    return performance.now() + offsetMs
  }
}
