import { decide } from '../../domain/organisation/log.ts'
import { LOG_STREAM, LogReopened, targetOf } from '../../domain/organisation/log.events.ts'
import { ChainBroken, LogComparison, LogsDiffer } from '../../event-store/comparison.ts'
import { TargetTakesNot, copyEvents } from '../../event-store/copy.ts'
import type { StartRefused } from '../../event-store/errors.ts'
import type { Log, RecordedEvent } from '../../event-store/log.ts'
import { decodeMetadata } from '../../event-store/metadata.ts'
import type { EventStore, StoredEvent } from '../../event-store/port.ts'
import { milestoneOf } from '../../event-store/vault/move-record.ts'
import type { Move, MoveRecord } from '../../event-store/vault/move-record.ts'
import { recordOfLog } from './log-stream.ts'
import { SHUT_BY, holds, refuseUnfinishedCopy, reopens } from './open-here.ts'
import type { Absence } from './presence.ts'
import { refusals } from './refusals.ts'

/** A place where a log can be, as people name it: without credentials, for it is recorded. */
export interface Place<T> {
  readonly name: string
  readonly at: T
}

export interface MoveParts {
  readonly source: Place<Log>
  /** Both stores are opened to copy a log. */
  readonly target: Place<EventStore>
  /** Opens what the target holds, once it is whole. */
  readonly openTarget: () => Promise<Log>
  readonly record: MoveRecord
  /** Waits until no program works on the log. */
  readonly everybodyGone: (signal: AbortSignal) => Promise<Absence>
  /** Makes what is kept beside the log fit the target: where reactions stopped, what was indexed. Repeated, it changes nothing. */
  readonly carryOver: () => Promise<void>
  /** The instant of knowledge of what is recorded in the log. */
  readonly now: (log: Log) => string
  /** Waits while what somebody sent before he died may still arrive. */
  readonly settle: (signal: AbortSignal) => Promise<void>
}

export type MovePhase = 'comparing' | 'copying' | 'verifying'

export interface MoveOptions {
  /** Copies what the log holds so far and leaves it open: the rest takes less time then. */
  readonly ahead?: boolean
  readonly explanation?: string | undefined
  readonly signal: AbortSignal
  /** Told how many events a phase has dealt with. */
  readonly onProgress?: (phase: MovePhase, events: number) => void
}

export interface MoveReport {
  readonly outcome: 'ahead' | 'moved' | 'alreadyMoved'
  /** Events that source and target have in common, and how many of them this run copied. */
  readonly events: number
  readonly copied: number
  readonly lastEventId: string
  readonly digest: string
}

/** While what came during a round is more than this, another round goes before the log is shut. */
const WORTH_A_ROUND_EVENTS = 1_000
const ROUNDS_MAX = 10
/**
 * Moves a log to another store (PROTOCOL 12, docs/log-move.md). Cut off at any moment, it goes on when it is called again
 * with the same places; whatever it left can be opened at one place at most.
 * @throws StartRefused where the places do not fit; Interrupted by the signal
 */
export const moveLog = (parts: MoveParts, options: MoveOptions): Promise<MoveReport> =>
  new LogMove(parts, options).run()

class LogMove {
  private readonly parts: MoveParts
  private readonly options: MoveOptions
  private readonly comparison: LogComparison
  private copied = 0

  constructor(parts: MoveParts, options: MoveOptions) {
    this.parts = parts
    this.options = options
    const { source, target } = parts
    this.comparison = new LogComparison(source.at.store, target.at, source.at.id)
  }

  async run(): Promise<MoveReport> {
    const { source } = this.parts
    const shut = await this.shutEvent()
    const more = await this.compare('comparing')
    if (more) return this.ended(shut, more)
    await this.refuseOtherSource(shut)
    if (!shut) {
      await this.copyAhead()
      if (this.options.ahead) return this.report('ahead')
    }
    const moved = shut ?? (await this.shut())
    await source.at.store.gate?.shut()
    await this.note({ milestone: milestoneOf(moved), movedEventId: moved.id })
    await this.copyWhatIsLeft(moved)
    const absence = await this.parts.everybodyGone(this.options.signal)
    try {
      await this.copyToTheTrueEnd(moved)
      await this.open(moved)
    } finally {
      await absence.end()
    }
    return this.report('moved')
  }

  /** The event that shut the source, where an earlier run did. */
  private async shutEvent(): Promise<RecordedEvent | undefined> {
    const { source, target } = this.parts
    const last = await source.at.lastEvent(LOG_STREAM)
    const to = last && targetOf(last)
    if (to === undefined) return undefined
    if (to !== target.name) throw refusals.movedElsewhere(to)
    return last
  }

  /** A copy, whole or not, is no source of another: the log may hold more than it does. */
  private async refuseOtherSource(shut: RecordedEvent | undefined): Promise<void> {
    const { source, record } = this.parts
    const noted = await refuseUnfinishedCopy(source.at.store, () => record.read())
    if (shut && noted?.movedEventId === shut.id && noted.source !== source.name)
      throw refusals.notTheSource(noted.source)
  }

  /** Copies while programs go on, always in front of an event that the copy must not hold as long as they may. */
  private async copyAhead(): Promise<void> {
    const { source, target } = this.parts
    for (let round = 1; round <= ROUNDS_MAX; round++) {
      const head = (await source.at.store.head()) as StoredEvent
      if (await holds(target.at, milestoneOf(head))) throw refusals.targetHoldsAll(target.name)
      await this.note({ milestone: milestoneOf(head) })
      await target.at.gate?.shut()
      if ((await this.copy(({ id }) => id === head.id)) < WORTH_A_ROUND_EVENTS) return
    }
  }

  private async shut(): Promise<RecordedEvent> {
    const { source, target, now } = this.parts
    const head = (await source.at.store.head()) as StoredEvent
    const { hash: headHash } = decodeMetadata(head.metadata)
    const { explanation } = this.options
    const data = { target: target.name, headEventId: head.id, headHash, ...(explanation && { explanation }) }
    return recordOfLog(source.at, decide.move(data), now(source.at))
  }

  /** Where the server cannot refuse appends, one that was sent by who then died may still arrive. */
  private async copyToTheTrueEnd(moved: RecordedEvent): Promise<void> {
    const { source, settle } = this.parts
    await this.copyWhatIsLeft(moved)
    if (source.at.store.gate) return
    do await settle(this.options.signal)
    while ((await this.copyWhatIsLeft(moved)) > 0)
  }

  /** The move may have been given up meanwhile: what opened the source again would open the copy, too. */
  private copyWhatIsLeft({ id }: RecordedEvent): Promise<number> {
    const { source } = this.parts
    return this.copy(event => reopens(source.at.decode(event), id))
  }

  private async open(moved: RecordedEvent): Promise<void> {
    const { source, target, record, carryOver, openTarget, now } = this.parts
    const { events, last, digest } = this.comparison.compared
    const head = await source.at.store.head()
    if (!last || head?.id !== last.id) throw refusals.notAtTheEnd(source.name)
    if (!(await record.decide(moved.id, target.name))) throw refusals.moveEnded(source.name)
    await carryOver()
    const log = await openTarget()
    const data = { place: target.name, movedEventId: moved.id, events, lastEventId: last.id, digest }
    const reopened = await recordOfLog(log, decide.reopen(data), now(log))
    await target.at.gate?.open(SHUT_BY)
    await this.note({ milestone: milestoneOf(reopened) })
  }

  /** The target goes on behind the source: it was opened before, or is no copy of it. */
  private async ended(shut: RecordedEvent | undefined, more: StoredEvent): Promise<MoveReport> {
    const { target, record } = this.parts
    if (!shut || more.type !== LogReopened.type) throw refusals.targetHoldsMore(target.name, more)
    await target.at.gate?.open(SHUT_BY)
    const noted = await record.read()
    if (noted?.movedEventId === shut.id) await this.note({ milestone: milestoneOf(more) })
    return this.report('alreadyMoved')
  }

  private note(noted: Pick<Move, 'milestone' | 'movedEventId'>): Promise<void> {
    const { source, target, record } = this.parts
    return record.note({ source: source.name, target: target.name, ...noted })
  }

  /** Copies, and reads back what was copied. */
  private async copy(before: (event: StoredEvent) => boolean): Promise<number> {
    const { source, target } = this.parts
    const { signal, onProgress } = this.options
    let events = this.comparison.compared.events
    const copied = await copyEvents(source.at.store, target.at, {
      after: this.comparison.sourceAt,
      before,
      signal,
      onCopied: added => {
        events += added
        onProgress?.('copying', events)
      },
    }).catch((error: unknown) => {
      throw error instanceof TargetTakesNot ? refusals.targetTakesNot(target.name, error.event) : error
    })
    this.copied += copied
    const more = await this.compare('verifying')
    if (more) throw refusals.targetHoldsMore(target.name, more)
    return copied
  }

  private async compare(phase: MovePhase): Promise<StoredEvent | undefined> {
    const { signal, onProgress } = this.options
    try {
      return await this.comparison.advance(signal, events => onProgress?.(phase, events))
    } catch (error) {
      if (error instanceof LogsDiffer) throw this.refusalOf(error)
      throw error instanceof ChainBroken ? refusals.chainBroken(error.fault) : error
    }
  }

  private refusalOf(difference: LogsDiffer): StartRefused {
    const { source, target } = this.parts
    return difference.target.type === LogReopened.type
      ? refusals.recordedAfterTheMove(source.name, difference.source)
      : refusals.targetDiffers(target.name, difference)
  }

  private report(outcome: MoveReport['outcome']): MoveReport {
    const { events, last, digest } = this.comparison.compared
    return { outcome, events, copied: this.copied, lastEventId: last?.id ?? '', digest }
  }
}
