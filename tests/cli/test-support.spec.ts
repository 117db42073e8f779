import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { freshDatabase, ownServer } from '../support/postgres.ts'

const first = await freshDatabase()
afterAll(() => first.drop())

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

it('gives each caller an empty UTF-8 database of its own', async () => {
  const second = await freshDatabase()
  await ask(first.url, 'create table only_here (id int)')
  const tables = `select count(*)::int answer from pg_tables where schemaname = 'public'`
  expect(await ask(first.url, tables)).toBe(1)
  expect(await ask(second.url, tables)).toBe(0)
  expect(await ask(first.url, `select current_setting('server_encoding') answer`)).toBe('UTF8')
  await second.drop()
  await expect(ask(second.url, 'select 1 answer')).rejects.toThrow(/does not exist/)
})

it('keeps what was committed when a server of one’s own is killed and started again', async () => {
  const server = await ownServer({ durable: true })
  try {
    expect(await ask(server.url, `select current_setting('fsync') answer`)).toBe('on')
    await ask(server.url, 'create table kept (id int)')
    await server.kill()
    await expect(ask(server.url, 'select 1 answer')).rejects.toThrow(/ECONNREFUSED/)
    await server.start()
    expect(await ask(server.url, 'select count(*)::int answer from kept')).toBe(0)
  } finally {
    await server.stop()
  }
})
