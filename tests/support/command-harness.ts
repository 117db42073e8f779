import { createHmac } from 'node:crypto'
import { inspect } from 'node:util'
import type { Rejection } from '../../domain/shared/aggregate.ts'
import type { Grant } from '../../domain/organisation/user.events.ts'
import type { Personal } from '../../domain/shared/protected.ts'
import { eventDefinitions } from '../../domain/events.ts'
import { createCommandHandler } from '../../commands/handler.ts'
import type { CommandHandler, CommandRequest, HandlerDeps } from '../../commands/handler.ts'
import type { ContextCommands } from '../../commands/definition.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { createRegistry } from '../../commands/registry.ts'
import type { Refusal } from '../../commands/refusals.ts'
import { Answers } from '../../commands/registrar/answers.ts'
import { numberRequests } from '../../commands/registrar/invoice-requests.ts'
import { invoiceNumbering } from '../../commands/registrar/numbering.ts'
import { startRegistrars } from '../../commands/registrar/registrars.ts'
import type { RoleCheckpoints } from '../../commands/role-checkpoints.ts'
import type { RoleLocks } from '../../commands/role-lock.ts'
import { Streams } from '../../commands/streams.ts'
import { createWatermarks } from '../../commands/watermarks.ts'
import type { Checkpoint } from '../../event-store/checkpoints.ts'
import { simulatedClock } from './simulated-clock.ts'
import type { SimulatedClock } from './simulated-clock.ts'
import { createCodec } from '../../event-store/codec.ts'
import { createLog, openLog } from '../../event-store/log.ts'
import type { Log, Protection, RecordedEvent } from '../../event-store/log.ts'
import { memoryCommandIndex } from './memory-command-index.ts'
import { memoryEventStore } from './memory-event-store.ts'
import type { MemoryEventStore } from './memory-event-store.ts'

/** Protects nothing for real, but leaves the stored form behind, as the vault does. */
export const pretendProtection: Protection = {
  protector: () =>
    Promise.resolve(clear => {
      const text = Buffer.from(clear).toString('base64url')
      return {
        $protected: `v1.00000000-0000-4000-8000-000000000000.${'A'.repeat(16)}.${text.padEnd(22, 'A')}`,
      }
    }),
  hmac: (kind, text) => createHmac('sha256', 'tests').update(`${kind}\n${text}`).digest('hex'),
}

/** What `pretendProtection` hid: the padding comes out as zeros. */
const revealPretended = (_: string, value: Personal): Promise<string | undefined> => {
  if (typeof value === 'string') return Promise.resolve(value)
  const hidden = value.$protected.split('.')[3] ?? ''
  return Promise.resolve(Buffer.from(hidden, 'base64url').toString().replace(/\0+$/, ''))
}

/** Checkpoints in memory; `forget` plays a lost one. */
export const memoryCheckpoints = (): RoleCheckpoints & {
  forget(name: string): void
  set(name: string, to: Checkpoint): void
} => {
  const stored = new Map<string, Checkpoint>()
  const same = (a: Checkpoint | undefined, b: Checkpoint | undefined) =>
    a?.position === b?.position && a?.eventId === b?.eventId
  return {
    read: name => Promise.resolve(stored.get(name)),
    move: (name, from, to) => {
      const moved = same(stored.get(name), from)
      if (moved) stored.set(name, to)
      return Promise.resolve(moved)
    },
    forget: name => void stored.delete(name),
    set: (name, to) => void stored.set(name, to),
  }
}

/** The log of a program that dies before it appends to streams of a category. */
export const dyingBefore = (log: Log, prefix: string): Log => {
  const append: Log['append'] = request =>
    request.stream.startsWith(prefix) ? Promise.reject(new Error('the program died')) : log.append(request)
  return Object.assign(Object.create(log) as Log, { append })
}

/** There is no other process. */
export const noLocks: RoleLocks = { whileHeld: (_, signal, work) => work(signal) }

export const everywhere = (...roles: Grant['role'][]): Grant[] =>
  roles.map(role => ({ role, entityId: 'all' }))

/** What a person of the tests sends: a new key each time unless one is given. */
export type Sent = Partial<Pick<CommandRequest, 'key' | 'dryRun' | 'expectedRevision'>> & {
  readonly as?: { readonly userId: string; readonly grants: readonly Grant[] }
}

export interface CommandHarness {
  readonly log: Log
  readonly store: MemoryEventStore
  readonly handler: CommandHandler
  readonly deps: HandlerDeps
  readonly clock: SimulatedClock
  readonly refused: readonly Refusal[]
  /** Sends a command as a user with every role that changes something, everywhere, unless `as` says otherwise. */
  send(name: string, input: unknown, sent?: Sent): Promise<Outcome>
  /** The same, and fails unless it was recorded. */
  done(name: string, input: unknown, sent?: Sent): Promise<Extract<Outcome, { kind: 'done' }>>
  /** The same, and fails unless it was refused; gives the rejection. */
  rejection(name: string, input: unknown, sent?: Sent): Promise<Rejection>
  /** Events of a stream, read back through the codec. */
  events(stream: string): Promise<readonly RecordedEvent[]>
  /** Ends the registrars. Call it in `afterEach`. */
  stop(): Promise<void>
}

export const EVERYBODY = '01900000-0000-7000-8000-00000000000a'

/**
 * Commands of some contexts on a log in memory, with codec, hash chain, registrars and a clock that stands still:
 * what a decision's own test does not show, facts, steps, rights and sentences.
 */
export const commandHarness = async (
  contexts: readonly ContextCommands[],
  options: { readonly at?: string } = {},
): Promise<CommandHarness> => {
  const store = memoryEventStore()
  const clock = simulatedClock(options.at ?? '2026-11-22T08:00:00.000Z')
  const logOptions = {
    store,
    codec: createCodec(eventDefinitions),
    protection: pretendProtection,
    clock: { kind: 'simulated' as const },
    retryMs: 1_000,
  }
  await createLog(logOptions, { kind: 'sandbox', name: 'tests', recordedAt: clock.now() })
  const log = await openLog(logOptions)
  const refused: Refusal[] = []
  const answers = new Answers()
  const deps: HandlerDeps = {
    registry: createRegistry(contexts),
    log,
    streams: new Streams(log),
    index: memoryCommandIndex(store),
    answers,
    requests: numberRequests(log, invoiceNumbering),
    refusals: { refused: refusal => void refused.push(refusal) },
    now: () => clock.now(),
    hmac: (kind, text) => pretendProtection.hmac(kind, text),
    personalKeys: () => Promise.resolve([]),
    reveal: revealPretended,
  }
  const registrars = startRegistrars({
    log,
    numbering: invoiceNumbering,
    checkpoints: memoryCheckpoints(),
    answers,
    watermarks: createWatermarks(() => Promise.resolve()),
    now: () => clock.now(),
    checkpointEveryMs: 0,
    locks: noLocks,
  })
  const handler = createCommandHandler(deps)
  let keys = 0
  const send: CommandHarness['send'] = (name, input, { as, ...sent } = {}) =>
    handler.handle({
      name,
      input,
      key: `key-${++keys}`,
      origin: 'api',
      actor: as ?? {
        userId: EVERYBODY,
        grants: everywhere('sales', 'billing', 'accountant', 'chiefAccountant', 'administrator'),
      },
      ...sent,
    })
  return {
    log,
    store,
    handler,
    deps,
    clock,
    refused,
    send,
    done: async (name, input, sent) => {
      const outcome = await send(name, input, sent)
      if (outcome.kind !== 'done')
        throw new Error(`${name} was not recorded: ${inspect(outcome, { depth: 6 })}`)
      return outcome
    },
    rejection: async (name, input, sent) => {
      const outcome = await send(name, input, sent)
      if (outcome.kind !== 'refused')
        throw new Error(`${name} was not refused: ${inspect(outcome, { depth: 6 })}`)
      return outcome.rejection
    },
    events: async stream => (await log.load(stream)).events,
    stop: () => registrars.stop(),
  }
}
