import { LogEndangered } from '../event-store/errors.ts'
import type { Deadlines, EventStoreDb } from '../event-store/eventstoredb/eventstoredb-store.ts'
import type { Danger, EventStore } from '../event-store/port.ts'
import { openPostgresStore } from '../event-store/postgres/postgres-store.ts'
import { LOG_REPLACED } from '../event-store/same-log.ts'

/** Where the log lies: in the database of the read models, or on a server or in a database of its own. */
export interface LogPlace {
  readonly databaseUrl: string
  readonly eventStoreUrl?: string | undefined
  readonly deadlines?: LogDeadlines
}

export interface LogDeadlines extends Deadlines {
  /** How long an append goes on trying, in milliseconds. */
  readonly retryMs?: number
}

/** A log's place, and what it is opened for where that is not its everyday use. */
export interface StoreOpening extends LogPlace {
  readonly copying?: boolean
  /** To find out what was done to it on its server, which else would refuse the opening. */
  readonly despiteDangers?: boolean
}

export interface OpenStore {
  readonly store: EventStore
  /** The server of the log, where it is another than the read models'. */
  readonly logServer?: EventStoreDb['server']
  /** Resolves once another log answers than the one that was read before: nothing is read or appended any more. */
  readonly replaced: Promise<void>
}

/**
 * Opens the store of a log, and says which server it is on where that is another than the read models'.
 * @throws StartRefused where there is none to be had
 */
export const openStore = async (
  { databaseUrl, eventStoreUrl, deadlines = {}, copying = false, despiteDangers = false }: StoreOpening,
  onFault: (error: unknown) => void = () => undefined,
): Promise<OpenStore> => {
  const { promise: replaced, resolve } = Promise.withResolvers<undefined>()
  const endangered = (danger: Danger): void => {
    onFault(new LogEndangered(danger.sentence))
    if (danger.code === LOG_REPLACED) resolve(undefined)
  }
  if (eventStoreUrl === undefined || isPostgres(eventStoreUrl)) {
    const connectionString = eventStoreUrl ?? databaseUrl
    const store = await openPostgresStore({ connectionString, copying, endangered })
    return { store, replaced }
  }
  // Its client is a large one: who does not need it does not wait for it.
  const { openEventStoreDb } = await import('../event-store/eventstoredb/eventstoredb-store.ts')
  const store = await openEventStoreDb({
    connectionString: eventStoreUrl,
    endangered,
    despiteDangers,
    deadlines,
  })
  return { store, logServer: store.server, replaced }
}

/** Whether an address names a PostgreSQL database. */
export const isPostgres = (address: string): boolean => /^postgres(?:ql)?:/.test(address)
