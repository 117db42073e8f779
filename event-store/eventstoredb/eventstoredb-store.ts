import { Bell } from '../live/bell.ts'
import { subscription } from '../live/subscription.ts'
import { Tail } from '../live/tail.ts'
import type { Danger, EventStore, Position } from '../port.ts'
import { SameLog } from '../same-log.ts'
import { Access } from './access.ts'
import { APPEND_MS_MAX, Appender } from './appender.ts'
import { Appends } from './appends.ts'
import { ANSWER_MS_MAX, asked, readServerFacts, within } from './client.ts'
import type { ServerFacts } from './client.ts'
import { parseConnectionString } from './connection-string.ts'
import type { Connection } from './connection-string.ts'
import { destroys } from './dangers.ts'
import { Heads } from './heads.ts'
import { Nodes } from './nodes.ts'
import { START, isPosition } from './positions.ts'
import { AWAY_MS_MAX, Outage } from './outage.ts'
import { DEFAULT_BATCH, Reader, eventAt } from './reader.ts'
import { Records } from './records.ts'
import { scan } from './scan.ts'
import { judgeDangers, judgeServer, startRefused } from './server.ts'
import { liveEvents } from './subscriptions.ts'
import { Watch } from './watch.ts'

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=…`, or `esdb+discover://…` for a cluster. */
  readonly connectionString: string
  /**
   * Told when something is done to a stream on the server that a log must not suffer, after the start, when another log
   * answers than the one that was read before, and when the server does not answer or takes no appends, and does again.
   */
  readonly endangered?: (danger: Danger) => void
  /** Opens it whatever was done to its streams: for who reads the log to find that out, and appends nothing. */
  readonly despiteDangers?: boolean
  readonly deadlines?: Deadlines
}

/** How long the server may say nothing, in milliseconds. */
export interface Deadlines {
  /** While it is asked for something to read. */
  readonly answerMsMax?: number
  /** From when an append was asked for. */
  readonly appendMsMax?: number
  /** Before it is told that it does not answer, or takes no appends. */
  readonly awayMsMax?: number
}

/** A log on EventStoreDB, which also says what answers. */
export interface EventStoreDb extends EventStore {
  readonly server: ServerFacts & {
    readonly address: string
    /** Whether it writes links of its own beside the events, which whoever reads the log has to pass over. */
    readonly projects: boolean
  }
}

const LOG_OF_SERVER = { en: 'The log on the EventStoreDB server', fr: 'Le journal du serveur EventStoreDB' }
const CONNECT_MS_MAX = 10_000
/** How long a start waits for the look at what was done to streams; a log of many millions is looked at beside the work. */
const LOOK_MS_MAX = 3_000

/**
 * Opens the log that an EventStoreDB server holds.
 * @throws StartRefused, in one sentence, also where the server cannot be reached
 */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStoreDb> => {
  const connection = parseConnectionString(options.connectionString)
  const parts = assemble(connection, options)
  try {
    const facts = await within(CONNECT_MS_MAX, readServerFacts(parts.nodes.reading))
    judgeServer(connection.server, facts)
    await parts.reader.head()
    await parts.watch.start()
    await within(LOOK_MS_MAX, parts.watch.lookAtAll()).catch(() => undefined)
    if (options.despiteDangers !== true)
      judgeDangers(connection.server, parts.watch.dangers().filter(destroys))
    return storeOf(parts, { ...facts, address: connection.server, projects: parts.watch.projects })
  } catch (error) {
    await parts.close()
    throw startRefused(connection, error)
  }
}

type Parts = ReturnType<typeof assemble>

/** The client that reads has nothing to do with the one that appends, which is replaced after faults. */
const assemble = (
  connection: Connection,
  { endangered = () => undefined, deadlines = {} }: Pick<EventStoreDbOptions, 'endangered' | 'deadlines'>,
) => {
  const { answerMsMax = ANSWER_MS_MAX, appendMsMax = APPEND_MS_MAX, awayMsMax = AWAY_MS_MAX } = deadlines
  const { credentials, server } = connection
  const nodes = new Nodes(connection, answerMsMax)
  const closing = new AbortController()
  const heads = new Heads()
  const outage = new Outage(server, endangered, awayMsMax)
  const access = new Access(server, credentials?.username ?? '', endangered, outage)
  const records = new Records({ nodes, access, closing: closing.signal, answerMsMax })
  // A node that does not lead may be behind: that an event is not there says nothing of the log.
  const atLeader = async (position: Position) => {
    await asked(nodes.findLeader())
    return eventAt(records, position)
  }
  const same = new SameLog(LOG_OF_SERVER, atLeader, endangered)
  const lost = (): void => {
    heads.forget()
    same.doubt()
  }
  const watch = new Watch(nodes, records, { endangered, lost })
  const reader = new Reader({
    records,
    heads,
    destroyed: stream => watch.destroyed(stream),
    same,
    foreign: record => {
      watch.meet(record)
    },
    scan: order => scan(nodes.reading, records, order),
  })
  const tail = new Tail(after => reader.pageAfter(after))
  const doubt = (): void => {
    tail.doubt()
  }
  const bell = new Bell(liveEvents(nodes), { doubt })
  const appender = new Appender({
    connect: () => nodes.connect(),
    credentials,
    access,
    appendMsMax,
    lost: error => {
      nodes.appendFailed(error)
      lost()
    },
  })
  const appends = new Appends({ appender, reader, heads, watch, same })
  const close = async (): Promise<void> => {
    await appends.close()
    closing.abort()
    await Promise.all([bell.close(), watch.close()])
    await nodes.close()
  }
  return { nodes, closing: closing.signal, outage, watch, same, reader, tail, bell, appends, close }
}

const storeOf = (parts: Parts, server: EventStoreDb['server']): EventStoreDb => {
  const { reader, tail, bell, watch, outage, same, appends, closing, close } = parts
  const sources = {
    start: START,
    pages: (after: string, batchSize: number, prefixes: readonly string[] | undefined) =>
      prefixes ? reader.pagesOf(prefixes, after, batchSize) : reader.pages(after, batchSize),
    tail,
    bell,
  }
  return {
    server,
    append: async (stream, expected, events) => {
      const appended = await appends.append(stream, expected, events)
      bell.ringInDoubt()
      return appended
    },
    readStream: (stream, readOptions = {}) => reader.readStream(stream, readOptions),
    readAll: ({ after = START, batchSize = DEFAULT_BATCH, signal } = {}) =>
      reader.pages(after, batchSize, signal),
    subscribe: subscribed =>
      subscription(sources, { ...subscribed, signal: AbortSignal.any([subscribed.signal, closing]) }),
    head: () => reader.head(),
    eventAt: position => reader.eventAt(position),
    isPosition,
    dangers: async () => {
      await watch.lookAtAll()
      return watch.dangers()
    },
    appendsFail: () => outage.appendsFail,
    knownDangers: () => [...watch.dangers(), ...same.dangers()],
    close,
  }
}
