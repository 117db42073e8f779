import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { startThrowawayServer, type ThrowawayServer } from './throwaway-postgres.ts'

/** An empty database of one's own: `url` to connect to it, `drop` when done (also throws out who is still connected). */
export type FreshDatabase = { readonly url: string; readonly drop: () => Promise<void> }

/**
 * Creates an empty database on the server that the whole run shares (started by `global-setup.ts`).
 * That server does not fsync; a test of durability takes `ownServer({ durable: true })`.
 */
export const freshDatabase = (): Promise<FreshDatabase> => freshDatabaseOn(inject('postgresUrl'))

/** The same on any server, named by the URL of a database whose user may create others. */
export const freshDatabaseOn = async (adminUrl: string): Promise<FreshDatabase> => {
  const name = `t_${randomBytes(8).toString('hex')}`
  await onServer(adminUrl, `create database ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => {
      // A pool that ended is still saying goodbye: thrown out at that moment, its clients fail with nobody listening.
      await onServer(
        adminUrl,
        `do $$ begin for i in 1..100 loop
        exit when not exists (select from pg_stat_activity where datname = '${name}');
        perform pg_sleep(0.01), pg_stat_clear_snapshot(); end loop; end $$`,
      )
      await onServer(adminUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

/** A server of one's own, for tests that stop it, kill it or ask for durability. Stop it in `afterAll`. */
export const ownServer = (options: { readonly durable: boolean }): Promise<ThrowawayServer> =>
  startThrowawayServer(options)

const onServer = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
