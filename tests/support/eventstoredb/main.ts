/**
 * The server as a process of its own: `node tests/support/eventstoredb/main.ts --port 2113 --data events.jsonl`.
 *
 * It prints where it listens. Started by `startEventStoreDbProcess` it plays faults on its parent's word, and ends
 * with its parent.
 */
import { parseArgs } from 'node:util'
import { startEventStoreDb, type EventStoreDbOptions } from './server.ts'
import type { Order } from './process.ts'

const optionsFrom = (args: readonly string[]): EventStoreDbOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      fsync: { type: 'boolean', default: false },
      tls: { type: 'boolean', default: false },
      user: { type: 'string', multiple: true },
      'live-buffer': { type: 'string', default: '32' },
    },
  })
  const users = values.user?.map(text => text.split(/:(.*)/s, 2))
  return {
    port: Number(values.port),
    fsync: values.fsync,
    tls: values.tls,
    liveBuffer: Number(values['live-buffer']),
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(users === undefined ? {} : { users: Object.fromEntries(users) as Record<string, string> }),
  }
}

const server = await startEventStoreDb(optionsFrom(process.argv.slice(2)))

const obey = async ({ number, fault, args }: Order): Promise<void> => {
  await (server[fault] as (...args: unknown[]) => unknown)(...args)
  process.send?.(number)
}

process.on('message', (order: Order) => void obey(order))
process.on('disconnect', () => process.exit())
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void server.shutDown().then(() => process.exit()))
process.stdout.write(`${server.connectionString}\n`)
