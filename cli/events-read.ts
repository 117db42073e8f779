import { withConnection } from '../projections/engine/connections.ts'

/** How many events the log has about, as far as its read models have come: what progress counts towards. */
export const eventsRead = (databaseUrl: string): Promise<number> =>
  withConnection(databaseUrl, 'count', async client => {
    const { rows: there } = await client.query(`select 1 where to_regclass('engine.checkpoint') is not null`)
    if (there.length === 0) return 0
    const { rows } = await client.query<{ events: string }>(
      `select coalesce(max(ordinal), 0)::text as events from engine.checkpoint where build = 'live'`,
    )
    return Number(rows[0]?.events ?? 0)
  })
