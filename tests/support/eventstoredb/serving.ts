import type { EventEmitter } from 'node:events'
import type { Metadata, ServerErrorResponse } from '@grpc/grpc-js'
import type { Expected } from './append-rules.ts'
import type { Faults } from './faults.ts'
import type { Proposed } from './journal.ts'
import type { Log, Outcome } from './log.ts'
import { errors } from './wire.ts'

/** A call as far as it does not matter what it carries. */
export type AnyCall = { readonly metadata: Metadata; getPeer(): string; readonly cancelled: boolean }

/** A call that ends by the server's word only. */
export type LongCall = AnyCall & EventEmitter & { getPath(): string }

/** What the services share while the server is up; it is made anew when a dead server comes back. */
export interface Serving {
  readonly log: Log
  readonly faults: Faults
  /** Passwords by name; absent, nobody is asked. */
  readonly users: Readonly<Record<string, string>> | undefined
  /** Events a live subscription may lag behind. */
  readonly liveBuffer: number
  /** Whether a subscription that lags is told so and catches up again, as on newer servers, or is dropped. */
  readonly sendsFellBehind: boolean
  readonly maxAppendBytes: number
  /** Whether a filtered subscription is told of a checkpoint before what lies in front of it. */
  checkpointsRunAhead: boolean
  /** False once the server is dead: what was under way ends without effect. */
  alive: boolean
  /** Events written to clients since the start. */
  eventsSent: number
  /** Reads, subscriptions and batch appends under way. */
  readonly longCalls: Set<LongCall>
  cut(call: AnyCall): void
  die(): void
}

/** Remembers a call for as long as it lasts, so that a server that shuts down can end it. */
export const keepTrack = ({ longCalls }: Serving, call: LongCall): void => {
  longCalls.add(call)
  call.on('error', () => undefined)
  for (const end of ['close', 'cancelled', 'finish']) call.on(end, () => longCalls.delete(call))
}

/** How a caller stands: nobody is asked where there are no users. */
export const standingOf = ({ users }: Serving, { metadata }: AnyCall): 'known' | 'anonymous' | 'wrong' => {
  if (users === undefined) return 'known'
  const [header] = metadata.get('authorization')
  if (header === undefined) return 'anonymous'
  const login = Buffer.from(String(header).replace(/^Basic /, ''), 'base64').toString()
  return Object.entries(users).some(user => user.join(':') === login) ? 'known' : 'wrong'
}

/** The error for a caller who may not; with `requires-leader` also where another node leads. */
export const refusalOf = (serving: Serving, call: AnyCall): ServerErrorResponse | undefined => {
  if (!serving.alive) return errors.shuttingDown()
  const standing = standingOf(serving, call)
  if (standing !== 'known') return standing === 'wrong' ? errors.unauthenticated() : errors.accessDenied()
  const { leader } = serving.faults
  if (leader && call.metadata.get('requires-leader').includes('true'))
    return errors.notLeader(leader.host, leader.port)
  return undefined
}

/** Why this node takes no append, delete or tombstone from anybody. */
export const writeRefusal = (serving: Serving, call: AnyCall): ServerErrorResponse | undefined => {
  const { leader, isNotReady } = serving.faults
  if (!serving.alive) return errors.shuttingDown()
  if (leader) return errors.notLeader(leader.host, leader.port)
  return isNotReady ? errors.notReady() : refusalOf(serving, call)
}

/** Stores an append; undefined where a fault keeps its answer back. */
export const store = async (
  serving: Serving,
  call: AnyCall,
  append: { readonly stream: string; readonly expected: Expected; readonly events: readonly Proposed[] },
): Promise<Outcome | undefined> => {
  if (serving.faults.diskIsFull) {
    serving.die()
    return undefined
  }
  const before = serving.log.all.length
  const outcome = serving.log.append(append.stream, append.expected, append.events)
  const { replication } = serving.faults
  const isRepeat = outcome.result === 'success' && serving.log.all.length === before
  // A repeat of what is not replicated yet is dropped; the first one is answered once it is.
  if (replication && isRepeat) {
    serving.faults.repeatsDropped++
    return undefined
  }
  await replication
  const lost = serving.faults.nextLostAnswer()
  if (lost === 'cut') serving.cut(call)
  if (lost === 'death') serving.die()
  return lost === undefined ? outcome : undefined
}
