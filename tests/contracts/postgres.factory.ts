import pg from 'pg'
import type { EventStore } from '../../event-store/port.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { freshDatabase } from '../support/postgres.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'
import type { Held, StoreUnderTest } from './store-under-test.ts'

/** An empty log on PostgreSQL, in a database of its own. */
export const postgresUnderTest = async (): Promise<StoreUnderTest> => {
  const database = await freshDatabase()
  const server = new URL(database.url)
  const proxy = await startTcpProxy({ host: server.hostname, port: Number(server.port) })
  const wired = new URL(database.url)
  wired.hostname = '127.0.0.1'
  wired.port = String(proxy.port)
  const admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  const open = (url: string): Promise<EventStore> => openPostgresStore({ connectionString: url })
  return {
    open: () => open(database.url),
    openOverWire: () => open(wired.href),
    wire: proxy,
    elsewhere: { module: new URL('postgres.opener.ts', import.meta.url).href, descriptor: database.url },
    async throwOut() {
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
    },
    async held() {
      const { rows } = await admin.query<Held>(
        `select count(*)::int as connections, count(*) filter (where state <> 'idle')::int as unfinished
         from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      )
      return rows[0]!
    },
    async dispose() {
      await admin.end()
      await proxy.close()
      await database.drop()
    },
  }
}
