import { setTimeout as delay } from 'node:timers/promises'
import type { Checkpoint } from '../../event-store/checkpoints.ts'
import { ClockRefused } from '../../event-store/clock.ts'
import type { AppendContext, Log, RecordedEvent } from '../../event-store/log.ts'
import { EventTooLarge, StoreUnavailable, WrongExpectedRevision } from '../../event-store/port.ts'
import type { Batch, Expected } from '../../event-store/port.ts'
import { readRoleCheckpoint } from '../role-checkpoints.ts'
import type { RoleCheckpoints } from '../role-checkpoints.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'
import type { Effect, Watermarks } from '../watermarks.ts'
import { answeringCommand } from './answers.ts'
import type { Answers } from './answers.ts'
import { CheckpointWriter } from './checkpoint-writer.ts'
import { cutByBytes } from './cut.ts'
import type { Numbering, Series } from './numbering.ts'

export interface RegistrarDeps {
  readonly log: Log
  readonly numbering: Numbering
  readonly checkpoints: RoleCheckpoints
  readonly answers: Answers
  readonly watermarks: Watermarks
  readonly now: () => string
  /** Least time between two writes of the checkpoint: one that is behind only costs reading again. */
  readonly checkpointEveryMs?: number
  /** Waits before a new term; a test plays it. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** The register and the log do not fit together: nobody numbers in this series until a person has looked. */
export class RegistrarStopped extends Error {
  readonly code: 'ANSWERED_REQUEST_NOT_FOUND' | 'REGISTER_MISSING'
  readonly french: string
  constructor(code: RegistrarStopped['code'], english: string, french: string) {
    super(english)
    this.name = 'RegistrarStopped'
    this.code = code
    this.french = french
  }
}

/** The name its lock, checkpoint and watermark go by. */
export const registrarName = ({ entityId, series }: Series): string => `registrar ${entityId}.${series}`

const RESTART_MS_MIN = 20
const RESTART_MS_MAX = 2_000
const BATCH = 500

/**
 * Numbers the requests of one series, in the order of the log, until the signal (PROTOCOL 19). Any number of them may
 * run on one series: the register's exact revision lets one append win, and who loses begins a new term.
 * @throws RegistrarStopped
 */
export const runRegistrar = async (
  deps: RegistrarDeps,
  series: Series,
  signal: AbortSignal,
): Promise<void> => {
  let pauseMs = RESTART_MS_MIN
  while (!signal.aborted) {
    const term = new Term(deps, series, signal)
    try {
      await term.begin()
      await term.serve()
      pauseMs = RESTART_MS_MIN
    } catch (error) {
      if (!isPassing(error)) throw error
      pauseMs = term.answered > 0 ? RESTART_MS_MIN : Math.min(pauseMs * 2, RESTART_MS_MAX)
      await (deps.pause ?? pause)(Math.random() * pauseMs, signal)
    } finally {
      await term.end()
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined)

/** What a new term may mend: another registrar was first, the store was away, the clock was. */
const isPassing = (error: unknown): boolean =>
  error instanceof WrongExpectedRevision || error instanceof StoreUnavailable || error instanceof ClockRefused

/** One run from the stored state on, for as long as nobody else appends to the register. */
class Term {
  private readonly deps: RegistrarDeps
  private readonly series: Series
  private readonly signal: AbortSignal
  private readonly stream: string
  private readonly name: string
  private checkpoint: Checkpoint | undefined
  private writer: CheckpointWriter | undefined
  private last: { readonly type: string; readonly data: unknown } | undefined
  private expected: Expected = 'noStream'
  /** Id of the request that the register's last event answered, until it is met again in the log. */
  private toMeet: string | undefined
  private readonly effects: Effect[] = []
  answered = 0

  constructor(deps: RegistrarDeps, series: Series, signal: AbortSignal) {
    this.deps = deps
    this.series = series
    this.signal = signal
    this.stream = deps.numbering.registerStream(series)
    this.name = registrarName(series)
  }

  /** The checkpoint first, then the register: in the other order a checkpoint could name what `last` does not know. */
  async begin(): Promise<void> {
    const { log, checkpoints, numbering } = this.deps
    const { stored, believed } = await readRoleCheckpoint(checkpoints, log.store, this.name)
    const last = await log.lastEvent(this.stream)
    this.checkpoint = believed
    this.writer = new CheckpointWriter(checkpoints, this.name, stored, this.deps.checkpointEveryMs)
    if (!last) {
      if (believed) throw registerMissing(this.stream)
      return
    }
    this.last = last
    this.expected = { revision: last.revision, hash: last.metadata.hash }
    const answered = numbering.answered(last).eventId
    this.toMeet = answered === believed?.eventId ? undefined : answered
  }

  async serve(): Promise<void> {
    const { log, numbering } = this.deps
    const batches = log.store.subscribe({
      ...(this.checkpoint && { after: this.checkpoint.position }),
      prefixes: numbering.requestPrefixes,
      batchSize: BATCH,
      signal: this.signal,
    })
    for await (const batch of batches) {
      await this.answer(this.unanswered(batch))
      this.deps.watermarks.publish(this.name, batch.position, this.effects.splice(0))
      if (this.writer?.lost) return
    }
  }

  end(): Promise<void> {
    return this.writer?.end() ?? Promise.resolve()
  }

  /** Requests of the batch that have no number yet. */
  private unanswered(batch: Batch): RecordedEvent[] {
    const { log, numbering } = this.deps
    const requests = batch.events
      .filter(stored => numbering.requestTypes.has(stored.type))
      .map(stored => log.decode(stored))
      .filter(request => {
        const { entityId, series } = numbering.seriesOf(request)
        return entityId === this.series.entityId && series === this.series.series
      })
    if (this.toMeet === undefined) return requests
    const met = requests.findIndex(request => request.id === this.toMeet)
    if (met >= 0) {
      this.toMeet = undefined
      return requests.slice(met + 1)
    }
    if (batch.caughtUp) throw requestNotFound(this.stream, this.toMeet)
    return []
  }

  private async answer(requests: readonly RecordedEvent[]): Promise<void> {
    for (const some of cutByBytes(requests)) await this.append(some)
  }

  private async append(requests: readonly RecordedEvent[]): Promise<void> {
    const { log, numbering, answers } = this.deps
    const issued: { type: string; data: unknown }[] = []
    for (const request of requests) {
      const { stream, revision, id: eventId } = request
      const reference = { stream, revision, eventId, recordedAt: request.metadata.recordedAt }
      issued.push(numbering.issue(request, reference, issued.at(-1) ?? this.last))
    }
    const context = requests.map(request => this.contextOf(request))
    try {
      const result = await log.append({
        stream: this.stream,
        expected: this.expected,
        events: issued,
        context,
      })
      const first = result.revision - issued.length + 1
      for (const [i, event] of issued.entries()) {
        const id = result.eventIds[i] ?? ''
        const place = { id, type: event.type, stream: this.stream, revision: first + i }
        answers.settle(context[i]?.commandId ?? '', {
          issued: { ...place, ...numbering.numberOf(event) },
          position: result.position,
        })
      }
      this.last = issued.at(-1)
      this.expected = result.next
      for (const { correlationId } of context) this.effects.push({ correlationId, position: result.position })
      this.answered += issued.length
      const newest = requests.at(-1)
      // Only now: a checkpoint never names a request that has no number.
      if (newest) this.writer?.write({ position: newest.position, eventId: newest.id })
    } catch (error) {
      if (!(error instanceof EventTooLarge) || requests.length === 1) throw error
      const half = Math.ceil(requests.length / 2)
      await this.append(requests.slice(0, half))
      await this.append(requests.slice(half))
    }
  }

  private contextOf({ id, metadata }: RecordedEvent): AppendContext {
    return {
      commandId: answeringCommand(id),
      actor: SYSTEM_ACTORS.registrar,
      origin: 'job',
      correlationId: metadata.$correlationId,
      causationId: id,
      recordedAt: this.deps.now(),
    }
  }
}

const requestNotFound = (stream: string, requestId: string): RegistrarStopped =>
  new RegistrarStopped(
    'ANSWERED_REQUEST_NOT_FOUND',
    `${stream}: its last event answers request ${requestId}, which the log does not hold. Nothing is numbered in this series until the log was verified.`,
    `${stream} : son dernier événement répond à la demande ${requestId}, absente du journal. Rien n'est numéroté dans cette série tant que le journal n'est pas vérifié.`,
  )

const registerMissing = (stream: string): RegistrarStopped =>
  new RegistrarStopped(
    'REGISTER_MISSING',
    `${stream}: its checkpoint says that numbers were given, but the register is empty. Nothing is numbered in this series until the log was verified.`,
    `${stream} : son repère dit que des numéros ont été donnés, mais le registre est vide. Rien n'est numéroté dans cette série tant que le journal n'est pas vérifié.`,
  )
