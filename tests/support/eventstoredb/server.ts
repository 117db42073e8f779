/**
 * A server that speaks EventStoreDB's gRPC protocol, for tests of its real client: streams, `$all`, catch-up
 * subscriptions and the errors of a single node (23.10), measured on a real one, and faults on demand.
 *
 * It differs from a real one where that makes a test sharper or sure: the events of one append share their commit and
 * have each a prepare of their own, as only transactions have there, so that whoever keeps the commit alone is found
 * out; and a live subscription is dropped by what lags behind its buffer, not by a race with the network.
 *
 * It does not do: persistent subscriptions, projections, links, rights by stream, scavenging (`$maxAge` and
 * `$maxCount` are stored and have no effect), replication, a follower's forwarding of writes to its leader (one that is
 * told to follow answers them with `not-leader`). It keeps everything in memory.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { ServerCredentials, type Server } from '@grpc/grpc-js'
import { Faults, type LostAnswer } from './faults.ts'
import { openJournal } from './journal.ts'
import { listen, type Links } from './links.ts'
import { Log, metastreamOf, proposed } from './log.ts'
import { createServices } from './services.ts'
import type { Serving } from './serving.ts'
import { errors } from './wire.ts'

export type EventStoreDbOptions = {
  /** 0 for any. */
  readonly port?: number
  /** A file that keeps the contents over the end of the process. Absent: in memory. */
  readonly data?: string
  /** Whether each append reaches the disk before its answer: needed against a loss of power, not of the process. */
  readonly fsync?: boolean
  /** Passwords by name. Given, whoever calls without credentials is denied; they travel over TLS only. */
  readonly users?: Readonly<Record<string, string>>
  /** Serves over TLS with the certificate of `caFile`, which no machine trusts. */
  readonly tls?: boolean
  readonly version?: string
  /** False for a server before 21.10: neither BatchAppend nor ServerFeatures. */
  readonly batchAppend?: boolean
  /** Events a live subscription may lag behind before it is dropped. */
  readonly liveBuffer?: number
  /** A newer server: a subscription that lags is told so and catches up again. */
  readonly fellBehind?: boolean
}

export interface EventStoreDbServer {
  /** For the client, with credentials of the first user and the certificate's file where they are needed. */
  readonly connectionString: string
  readonly port: number
  /** Events written to clients since the last start. */
  readonly eventsSent: number
  /** Repeats that were dropped without an answer: see `holdReplication`. */
  readonly repeatsDropped: number
  /** Calls that have not ended: subscriptions are reads, and a batch append goes on for as long as its client does. */
  readonly underWay: { readonly reads: number; readonly batchAppends: number }
  /** Breaks everything off for good and frees the port. */
  stop(): Promise<void>

  /** Breaks all connections at once, as a crash does, and refuses new ones. */
  die(): Promise<void>
  /** Ends its long calls with code 13 and is gone, as a real server that is told to stop. */
  shutDown(): Promise<void>
  /** Starts again on the same port with what was stored, or without its newest appends, or without anything. */
  comeBack(options?: { readonly lost?: number | 'everything' }): Promise<void>
  /** Accepts requests and does nothing with them until `resume`; keep-alive is answered all the same. */
  stall(): void
  resume(): void
  /** Stores the next append and does not answer it. More than one call: one append after another. */
  loseNextAnswer(how?: LostAnswer): void
  /** Stores appends and answers none of them, or answers again. */
  answerNoAppend(silent: boolean): void
  /** Appends wait for other nodes until `replicate`; a repeat that arrives meanwhile is dropped without an answer. */
  holdReplication(): void
  replicate(): void
  /** Whoever calls from now on needs this password; what is under way goes on, as it was let in before. */
  changePassword(user: string, password: string): void
  /** The next append finds no room on the disk: it is not stored, and the server dies, as EventStoreDB does. */
  fillDisk(): void
  /** Another node leads: whoever writes or requires the leader is sent there. Undefined: this one does. */
  followLeader(leader: { readonly host: string; readonly port: number } | undefined): void
  /** Takes no appends, or takes them again: a server that starts, or elects a leader, is not ready. */
  refuseAppends(refuse: boolean): void
  /** Tells a subscription, before it sends anything, that it has looked at all, as servers before 24.10.5 could. */
  runCheckpointsAhead(): void
  /** Sends subscriptions no event until `releaseEvents`, and whatever else there is to be said. */
  holdEvents(): void
  releaseEvents(): void
  /** Waits before each answer and each event delivered. */
  deliverSlowly(delayMs: number): void
  /** Sets the server's clock apart from the client's. */
  skewClock(aheadMs: number): void
}

/** Far from expiry; made with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500`. */
export const caFile = join(import.meta.dirname, 'certificate.pem')

const credentials = (tls: boolean): ServerCredentials => {
  if (!tls) return ServerCredentials.createInsecure()
  const key = readFileSync(join(import.meta.dirname, 'key.pem'))
  return ServerCredentials.createSsl(null, [{ private_key: key, cert_chain: readFileSync(caFile) }])
}

/** What a real server writes by itself: at its first start, and at each (the epoch of its leadership). */
const writeSystemEvents = (log: Log): void => {
  if (log.all.length === 0) {
    log.append(metastreamOf('$stats-127.0.0.1:2113'), 'any', [proposed('$metadata', { $maxAge: 86_400 })])
    log.append(metastreamOf('$scavenges'), 'any', [proposed('$metadata', { $maxCount: 1 })])
    log.append('$user-admin', 'any', [proposed('$UserCreated', { loginName: 'admin' })])
  }
  log.append('$epoch-information', 'any', [proposed('$epoch', {})])
}

export const startEventStoreDb = async (options: EventStoreDbOptions = {}): Promise<EventStoreDbServer> => {
  const { tls = false, version = '23.10.6', batchAppend = true } = options
  const users = options.users && { ...options.users }
  const journal = openJournal(options.data, options.fsync ?? false)
  const faults = new Faults()
  let links: Links | undefined
  let serving: Serving
  let grpc: Server
  let port = options.port ?? 0

  const end = async (links: Links | undefined): Promise<void> => {
    serving.alive = false
    faults.resume()
    faults.releaseEvents()
    await links?.close()
    grpc.forceShutdown()
  }
  const die = (): Promise<void> => {
    const ended = end(links)
    links?.cutAll()
    links = undefined
    return ended
  }
  const shutDown = (): Promise<void> => {
    const ended = end(links)
    for (const call of serving.longCalls) call.emit('error', errors.shuttingDown())
    grpc.tryShutdown(() => undefined)
    return ended
  }

  const start = async (): Promise<void> => {
    const log = new Log(journal, () => faults.now())
    serving = {
      log,
      faults,
      users,
      liveBuffer: options.liveBuffer ?? 32,
      sendsFellBehind: options.fellBehind ?? false,
      maxAppendBytes: 1024 * 1024,
      checkpointsRunAhead: false,
      alive: true,
      eventsSent: 0,
      longCalls: new Set(),
      cut: call => links?.cut(call.getPeer()),
      die: () => void die(),
    }
    grpc = createServices(serving, { version, hasBatchAppend: batchAppend }, () => port)
    links = await listen(port, grpc.createConnectionInjector(credentials(tls)))
    port = links.port
    writeSystemEvents(log)
  }

  await start()
  const [user] = Object.entries(users ?? {})
  const login = user ? `${user.map(encodeURIComponent).join(':')}@` : ''
  // By its name over TLS: Node refuses to announce an address there.
  const host = tls ? 'localhost' : '127.0.0.1'
  const security = tls ? `tls=true&tlsCAFile=${caFile}` : 'tls=false'
  return {
    port,
    connectionString: `esdb://${login}${host}:${port}?${security}`,
    get eventsSent() {
      return serving.eventsSent
    },
    get repeatsDropped() {
      return faults.repeatsDropped
    },
    get underWay() {
      const paths = [...serving.longCalls].map(call => call.getPath())
      const reads = paths.filter(path => path === StreamsService.read.path).length
      return { reads, batchAppends: paths.length - reads }
    },
    stop: async () => {
      await die()
      journal.close()
    },
    die,
    shutDown,
    comeBack: async ({ lost = 0 } = {}) => {
      await die()
      journal.keepOnly(lost === 'everything' ? 0 : Math.max(0, journal.entries.length - lost))
      faults.diskIsFull = false
      await start()
    },
    stall: () => faults.stall(),
    resume: () => faults.resume(),
    loseNextAnswer: (how = 'silence') => faults.loseNextAnswer(how),
    answerNoAppend: silent => {
      faults.answersNoAppend = silent
    },
    holdReplication: () => faults.holdReplication(),
    replicate: () => faults.replicate(),
    changePassword: (user, password) => {
      if (users) users[user] = password
    },
    fillDisk: () => {
      faults.diskIsFull = true
    },
    followLeader: leader => {
      faults.leader = leader
    },
    refuseAppends: refuse => {
      faults.isNotReady = refuse
    },
    runCheckpointsAhead: () => {
      serving.checkpointsRunAhead = true
    },
    holdEvents: () => faults.holdEvents(),
    releaseEvents: () => faults.releaseEvents(),
    deliverSlowly: delayMs => {
      faults.delayMs = delayMs
    },
    skewClock: aheadMs => {
      faults.clockSkewMs = aheadMs
    },
  }
}
