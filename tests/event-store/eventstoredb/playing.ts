import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  EventStoreDBClient,
  jsonEvent,
  type AppendToStreamOptions,
  type EventData,
  type ResolvedEvent,
} from '@eventstore/db-client'
import { TestRunner, onTestFinished } from 'vitest'
import { startEventStoreDbProcess } from '../../support/eventstoredb/process.ts'
import {
  startEventStoreDb,
  type EventStoreDbOptions,
  type EventStoreDbServer,
} from '../../support/eventstoredb/server.ts'
import { until } from '../../support/wait.ts'

/** The two ways of the client: one long call for all appends, or a call for each where it has credentials of its own. */
export const paths = {
  batch: {},
  classic: { credentials: { username: 'anybody', password: 'anything' } },
} satisfies Record<string, AppendToStreamOptions>

/** The real client, gone when the test is. */
export const connect = (connectionString: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(connectionString)
  onTestFinished(() => client.dispose())
  return client
}

/** The real server that EVENTSTORE_URL names, to play on instead of that of the tests. */
const named = process.env['EVENTSTORE_URL']

/** Skips a test on the server that was named, and says why; on that of the tests it goes on. */
export const unlessNamed = (needs: string): void => {
  if (named)
    TestRunner.getCurrentTest()?.context.skip(
      `needs ${needs}, which the server of EVENTSTORE_URL does not give`,
    )
}

/** The server that was named, as far as any server will do: whoever asks it for a fault is skipped. */
const serverNamed = (connectionString: string): EventStoreDbServer =>
  new Proxy({ connectionString } as EventStoreDbServer, {
    get: (server, asked) => {
      // Looked for by whoever awaits it.
      if (asked === 'then') return undefined
      if (asked !== 'connectionString') unlessNamed(`a server that plays (${String(asked)})`)
      return server.connectionString
    },
  })

/** The server in a process of its own, which no server that was named can stand for. */
export const startApart = (
  ...options: Parameters<typeof startEventStoreDbProcess>
): ReturnType<typeof startEventStoreDbProcess> => {
  unlessNamed('a server that can be killed')
  return startEventStoreDbProcess(...options)
}

export const startServer = async (options?: EventStoreDbOptions): Promise<EventStoreDbServer> => {
  if (options) unlessNamed('a server set up in its own way')
  if (named) return serverNamed(named)
  const server = await startEventStoreDb(options)
  onTestFinished(() => server.stop())
  return server
}

export const startBoth = async (
  options?: EventStoreDbOptions,
): Promise<{ server: EventStoreDbServer; client: EventStoreDBClient }> => {
  const server = await startServer(options)
  return { server, client: connect(server.connectionString) }
}

export const freshStream = (): string => `tested-${randomUUID()}`

export const event = (id: string = randomUUID(), data: object = {}): EventData =>
  jsonEvent({ id, type: 'Tested', data: { ...data } })

export const events = (count: number): EventData[] => Array.from({ length: count }, () => event())

export const collect = async (
  read: AsyncIterable<ResolvedEvent>,
): Promise<NonNullable<ResolvedEvent['event']>[]> => {
  const found = []
  for await (const { event } of read) if (event) found.push(event)
  return found
}

export const idsOf = (found: readonly { readonly id: string }[]): readonly string[] =>
  found.map(({ id }) => id)

/** What a promise rejects with; fails where it does not. */
export const rejection = async (promise: Promise<unknown>): Promise<Error & Record<string, unknown>> =>
  promise.then(
    value => {
      throw new Error(
        `resolved: ${JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v))}`,
      )
    },
    (error: Error & Record<string, unknown>) => error,
  )

const UNREACHABLE = [1, 13, 14]

/** Asks until the server answers: a call on a link that broke fails, whoever comes back behind it. */
export const answered = async <T>(ask: () => Promise<T>): Promise<T> => {
  let answer: { readonly value: T } | undefined
  await until('an answer of the server', async () => {
    try {
      answer = { value: await ask() }
    } catch (error) {
      if (!UNREACHABLE.includes((error as { code?: number }).code ?? -1)) throw error
    }
    return answer !== undefined
  })
  return answer!.value
}

/** A file for the contents of a server, gone with the test. */
export const dataFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'grandlivre-esdb-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'events.jsonl')
}
