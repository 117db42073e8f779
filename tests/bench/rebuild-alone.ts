import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { projections } from '../../projections/all.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { codec } from '../projections/support/facts.ts'
import { revealTest } from '../projections/support/reveal.ts'

/**
 * A rebuild in a process of its own, so that its memory is its own: `rebuild-alone.ts <database url>` prints
 * `{events, seconds, residentMax}` as JSON.
 */
const databaseUrl = process.argv[2] ?? ''
const store = await openPostgresStore({ connectionString: databaseUrl })
let residentMax = 0
const timer = setInterval(() => {
  residentMax = Math.max(residentMax, process.memoryUsage().rss)
}, 50)
const start = performance.now()
const { events } = await rebuild({ databaseUrl, store, codec, projections, reveal: revealTest })
const seconds = (performance.now() - start) / 1_000
clearInterval(timer)
await store.close()
console.log(JSON.stringify({ events, seconds, residentMax }))
