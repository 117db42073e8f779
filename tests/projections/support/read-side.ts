import pg from 'pg'
import type { EventStore } from '../../../event-store/port.ts'
import { openPostgresStore } from '../../../event-store/postgres/postgres-store.ts'
import { makeAnalyticsViews } from '../../../projections/analytics/views.ts'
import { projections as all } from '../../../projections/all.ts'
import type { Projection, Reveal } from '../../../projections/definition.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { ProjectionRunner } from '../../../projections/engine/runner.ts'
import { ProjectionWatch } from '../../../projections/engine/watch.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { codec } from './facts.ts'
import { revealTest } from './reveal.ts'

/** A log, its read models kept live, and a pool to query them. */
export interface ReadSide {
  readonly url: string
  readonly store: EventStore
  readonly pool: pg.Pool
  /** Waits until all projections have reached an ordinal. */
  readonly reach: (ordinal: number) => Promise<void>
  readonly rebuildAll: () => ReturnType<typeof rebuild>
  readonly close: () => Promise<void>
}

export const openReadSide = async (
  projections: readonly Projection[] = all,
  reveal: Reveal = revealTest,
): Promise<ReadSide> => {
  const database = await freshDatabase()
  const store = await openPostgresStore({ connectionString: database.url })
  const options = {
    databaseUrl: database.url,
    store,
    codec,
    projections,
    reveal,
    makeViews: makeAnalyticsViews,
  }
  const runner = new ProjectionRunner(options)
  runner.start()
  const watch = await ProjectionWatch.open(database.url)
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  return {
    url: database.url,
    store,
    pool,
    reach: async ordinal => {
      const outcome = await watch.waitFor({ projections, ordinal }, 25_000)
      if (!outcome.reached) {
        const progress = await watch.current()
        const why = [...progress.values()].flatMap(p => p.failure?.message ?? [])
        throw new Error(`not reached: ${outcome.behind.join(', ')} ${why.join('; ')}`)
      }
    },
    rebuildAll: () => rebuild(options),
    close: async () => {
      await runner.close()
      await watch.close()
      await pool.end()
      await store.close()
      await database.drop()
    },
  }
}
