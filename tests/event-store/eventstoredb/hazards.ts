/**
 * What the real client does that ends a process which does not expect it. Each hazard is played in a process of its
 * own, `node hazards.ts NAME`, which writes down what nobody caught instead of ending from it.
 */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { EventStoreDBClient, jsonEvent, streamNameFilter, type EventData } from '@eventstore/db-client'
import { startEventStoreDb, type EventStoreDbServer } from '../../support/eventstoredb/server.ts'
import { until } from '../../support/wait.ts'

/** What nobody caught, as the process saw it. */
export type Uncaught = { readonly origin: string; readonly error: string; readonly code: number | undefined }

const uncaught: Uncaught[] = []

const event = (data: object = {}): EventData =>
  jsonEvent({ id: randomUUID(), type: 'Tested', data: { ...data } })
const fresh = (): string => `tested-${randomUUID()}`
const classic = { credentials: { username: 'anybody', password: 'anything' } }

/** A promise, and how it stands. */
const watch = (promise: Promise<unknown>) => {
  const watched = { outcome: 'pending', done: Promise.resolve() }
  watched.done = promise.then(
    () => void (watched.outcome = 'resolved'),
    (error: Error) => void (watched.outcome = error.constructor.name),
  )
  return watched
}

const isUncaught = (count: number): Promise<void> =>
  until('something is not caught', () => uncaught.length >= count)

type Played = { readonly server: EventStoreDbServer; readonly client: EventStoreDBClient }

/** A client whose long call for appends is open. */
const opened = async (server: EventStoreDbServer): Promise<EventStoreDBClient> => {
  const client = EventStoreDBClient.connectionString(server.connectionString)
  await client.appendToStream(fresh(), event())
  return client
}

/** An append that hangs in the server while something happens to another client, and is answered afterwards. */
const appendBesides = async ({ server, client }: Played, happens: () => Promise<void>) => {
  const stream = fresh()
  server.stall()
  const append = watch(client.appendToStream(stream, event(), { expectedRevision: 'no_stream' }))
  await happens()
  await append.done
  server.resume()
  await isUncaught(1)
  const stored = []
  for await (const { event } of client.readStream(stream)) stored.push(event)
  const next = watch(client.appendToStream(stream, event(), { expectedRevision: 0n }))
  await until('the next append is stored', async () => {
    for await (const { event } of client.readStream(stream, { fromRevision: 1n })) if (event) return true
    return false
  })
  const byClassic = watch(client.appendToStream(stream, event(), { expectedRevision: 1n, ...classic }))
  await byClassic.done
  return { append: append.outcome, stored: stored.length, next: next.outcome, classic: byClassic.outcome }
}

const oddAppend = async ({ client }: Played, odd: EventData) => {
  const append = watch(client.appendToStream(fresh(), odd))
  await isUncaught(1)
  return append.outcome
}

const scenarios = {
  'another client is disposed': async played => {
    const other = await opened(played.server)
    return appendBesides(played, () => other.dispose())
  },
  'the server of another client dies': async played => {
    const another = await startEventStoreDb()
    await opened(another)
    return appendBesides(played, () => another.die())
  },
  'an id that is no UUID': played => oddAppend(played, { ...event(), id: 'not a UUID' }),
  'an empty type': played => oddAppend(played, { ...event(), type: '' }),
  'data undefined': played => oddAppend(played, { ...event(), data: undefined } as unknown as EventData),
  'a BigInt in data': played => oddAppend(played, event({ amount: 1n })),
  'much is queued when the link dies': async ({ server, client }) => {
    const text = 'x'.repeat(10_000)
    const appends = Array.from({ length: 400 }, () => watch(client.appendToStream(fresh(), event({ text }))))
    await new Promise(resolve => setImmediate(resolve))
    await server.die()
    await Promise.all(appends.map(({ done }) => done))
    await isUncaught(1)
    return { uncaught: uncaught.length }
  },
  'checkpointReached throws': async ({ client }) => {
    for (let i = 0; i < 100; i++) await client.appendToStream(fresh(), event())
    const checkpointReached = (): void => {
      throw new Error('thrown by checkpointReached')
    }
    const filter = streamNameFilter({ prefixes: ['tested-'], checkpointReached })
    let consumed = 0
    client.subscribeToAll({ filter }).on('data', () => consumed++)
    await isUncaught(1)
    for await (const _ of client.readAll()) continue
    return { consumed }
  },
  'data without an error listener': async ({ server, client }) => {
    const subscription = client.subscribeToAll().on('data', () => undefined)
    await new Promise(resolve => subscription.once('caughtUp', resolve))
    await server.die()
    await isUncaught(1)
  },
  'subscribing while the server is down': async ({ server, client }) => {
    await server.die()
    client.subscribeToAll()
    await isUncaught(1)
  },
  'iterating at once while the server is down': async ({ server, client }) => {
    await server.die()
    const iterate = async (): Promise<void> => {
      for await (const _ of client.subscribeToAll()) continue
    }
    const iteration = watch(iterate())
    await iteration.done
    return iteration.outcome
  },
} satisfies Record<string, (played: Played) => Promise<unknown>>

export type Hazard = keyof typeof scenarios

/** Plays a hazard in a process of its own: what came of it, and what nobody caught meanwhile. */
export const play = async (hazard: Hazard): Promise<{ result: unknown; uncaught: readonly Uncaught[] }> => {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), hazard])
  return JSON.parse(stdout) as { result: unknown; uncaught: readonly Uncaught[] }
}

/** The process in which nobody writes down what is not caught: it ends from it, and its output says of what. */
export const playUnwatched = async (hazard: Hazard): Promise<string> => {
  const run = promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), hazard, 'unwatched'])
  return run.then(
    () => 'went on',
    (error: { stderr: string }) => error.stderr,
  )
}

const main = async (hazard: Hazard, unwatched: boolean): Promise<void> => {
  if (!unwatched)
    process.on('uncaughtException', (error: Error & { code?: number }, origin) =>
      uncaught.push({ origin, error: `${error.name}: ${error.message}`, code: error.code }),
    )
  const server = await startEventStoreDb()
  const client = await opened(server)
  const result = await scenarios[hazard]({ server, client })
  process.stdout.write(JSON.stringify({ result, uncaught }), () => process.exit())
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(process.argv[2] as Hazard, process.argv[3] === 'unwatched')
