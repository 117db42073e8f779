import { setTimeout as delay } from 'node:timers/promises'
import type { DomainEvent } from '../../domain/shared/events.ts'
import type { Checkpoint } from '../../event-store/checkpoints.ts'
import { ClockRefused } from '../../event-store/clock.ts'
import type { AppendContext, AppendResult, Log, RecordedEvent, WrittenEvent } from '../../event-store/log.ts'
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

/** A request, and the answer to it that goes into the register. */
interface Issue {
  readonly request: RecordedEvent
  readonly event: DomainEvent
  readonly written: WrittenEvent
}

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
  /** The newest answer, also where it is still on its way: if that fails, the term ends. */
  private last: DomainEvent | undefined
  private underWay: Promise<void> = Promise.resolve()
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
      this.follow(() => {
        this.deps.watermarks.publish(this.name, batch.position, this.effects.splice(0))
      })
      // Behind a batch that is not the last there is something to do meanwhile.
      if (batch.caughtUp) await this.underWay
      if (this.writer?.lost) return
    }
  }

  /** Ends when what is on its way has arrived, or failed. */
  async end(): Promise<void> {
    await this.underWay.catch(() => undefined)
    await this.writer?.end()
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

  /** Answers are made while those before them are on their way, and chained when these were acknowledged (PROTOCOL 4). */
  private async answer(requests: readonly RecordedEvent[]): Promise<void> {
    for (const some of cutByBytes(requests)) {
      const issued = await this.issue(some)
      await this.underWay
      this.follow(() => this.append(issued))
    }
  }

  /** Begins what comes behind all that is on its way; its failure is met where that is waited for. */
  private follow(work: () => Promise<void> | void): void {
    this.underWay = this.underWay.then(work)
    this.underWay.catch(() => undefined)
  }

  private async issue(requests: readonly RecordedEvent[]): Promise<readonly Issue[]> {
    const { log, numbering } = this.deps
    const events = requests.map(request => {
      const { stream, revision, id: eventId, metadata } = request
      const reference = { stream, revision, eventId, recordedAt: metadata.recordedAt }
      this.last = numbering.issue(request, reference, this.last)
      return this.last
    })
    const written = await log.write(events)
    return requests.map((request, i) => ({
      request,
      event: events[i] as DomainEvent,
      written: written[i] as WrittenEvent,
    }))
  }

  private async append(issues: readonly Issue[]): Promise<void> {
    try {
      const context = issues.map(({ request }) => this.contextOf(request))
      const result = await this.deps.log.append({
        stream: this.stream,
        expected: this.expected,
        events: issues.map(({ event }) => event),
        written: issues.map(({ written }) => written),
        context,
      })
      this.appended(issues, context, result)
    } catch (error) {
      if (!(error instanceof EventTooLarge) || issues.length === 1) throw error
      const half = Math.ceil(issues.length / 2)
      await this.append(issues.slice(0, half))
      await this.append(issues.slice(half))
    }
  }

  private appended(
    issues: readonly Issue[],
    context: readonly AppendContext[],
    { revision, position, next, eventIds }: AppendResult,
  ): void {
    const { numbering, answers } = this.deps
    const first = revision - issues.length + 1
    issues.forEach(({ event }, i) => {
      const place = { id: eventIds[i] ?? '', type: event.type, stream: this.stream, revision: first + i }
      answers.settle(context[i]?.commandId ?? '', {
        issued: { ...place, ...numbering.numberOf(event) },
        position,
      })
    })
    this.expected = next
    for (const { correlationId } of context) this.effects.push({ correlationId, position })
    this.answered += issues.length
    const newest = issues.at(-1)?.request
    // Only now: a checkpoint never names a request that has no number.
    if (newest) this.writer?.write({ position: newest.position, eventId: newest.id })
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
