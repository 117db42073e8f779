import type { Purpose } from '../domain/shared/protected.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import { CommandsRefused, SensitiveReadsMade, SignInsRefused } from '../domain/organisation/audit.events.ts'
import type { Log } from '../event-store/log.ts'
import { WrongExpectedRevision } from '../event-store/port.ts'
import type { Expected } from '../event-store/port.ts'
import { uuidv5 } from '../event-store/uuid.ts'
import { SYSTEM_ACTORS } from './system-actors.ts'

/** A command that was not carried out: never its payload (PROTOCOL 18). */
export interface Refusal {
  readonly actor: string
  readonly command: string
  readonly code: string
  readonly commandId: string
  /** Stream it was about, where there is one. */
  readonly subject?: string | undefined
}

/** A read of what not everybody may see. */
export interface SensitiveRead {
  readonly actor: string
  readonly query: string
  /** Stream or person read, where it is one. */
  readonly subject?: string | undefined
  /** Streams or persons read, where the answer held several. */
  readonly subjects?: readonly string[] | undefined
  readonly purpose?: Purpose | undefined
}

export interface RefusalCounter {
  refused(refusal: Refusal): void
}

/** Counts refusals and sensitive reads by the minute, and writes what each minute held. */
export interface AuditRecorder extends RefusalCounter {
  recordSensitiveRead(read: SensitiveRead): void
  /** `loginDigest` is an HMAC: it tells attempts on one account apart and names nobody. */
  signInRefused(attempt: { readonly code: string; readonly loginDigest: string }): void
  /** Writes the minutes that are over. What cannot be written stays for the next time. */
  flush(): Promise<void>
  /** Writes what is left and counts no more. */
  stop(): Promise<void>
}

interface Counted {
  readonly minute: string
  count: number
  readonly ids: string[]
  readonly event: (counted: Counted) => DomainEvent
}

/** What one append writes, under one command, until it is known to be in the log. */
interface Batch {
  readonly stream: string
  readonly commandId: string
  readonly events: readonly DomainEvent[]
}

const tally = ({ minute, count }: Counted) => ({ minute, count })

/** Behind every minute. */
const AFTER_ALL = '9999'

const FIRST_IDS = 10
const EVENTS_PER_APPEND = 500
/** How often it is looked whether a minute is over. */
const LOOK_MS = 5_000

const minuteOf = (instant: string): string => `${instant.slice(0, 16)}:00.000Z`

/**
 * @param processId names this process's streams, one per day: nobody else appends to them
 */
export const createAuditRecorder = (options: {
  readonly log: Log
  readonly now: () => string
  readonly processId: string
  /** Told once of what cannot be written, and again when it went well in between. */
  readonly onFault?: ((error: unknown) => void) | undefined
}): AuditRecorder => new Recorder(options)

class Recorder implements AuditRecorder {
  private readonly log: Log
  private readonly now: () => string
  private readonly processId: string
  private readonly counts = new Map<string, Counted>()
  private readonly ends = new Map<string, Expected>()
  /** Cut from the counts, and not known to be in the log. */
  private readonly batches: Batch[] = []
  private readonly onFault: ((error: unknown) => void) | undefined
  private readonly timer: NodeJS.Timeout
  private cuts = 0
  private failing = false
  private writing: Promise<void> = Promise.resolve()

  constructor({ log, now, processId, onFault }: Parameters<typeof createAuditRecorder>[0]) {
    this.log = log
    this.now = now
    this.processId = processId
    this.onFault = onFault
    this.timer = setInterval(() => {
      // The log may be away for a while: what was counted is kept, and written at a later look.
      this.flush().then(
        () => (this.failing = false),
        (error: unknown) => this.failed(error),
      )
    }, LOOK_MS)
    this.timer.unref()
  }

  refused({ actor, command, code, commandId, subject }: Refusal): void {
    const about = subject === undefined ? {} : { subject }
    this.count(
      ['refusal', actor, command, code, subject],
      c => ({
        type: CommandsRefused.type,
        data: { actor, ...tally(c), ...about, command, code, firstCommandIds: c.ids },
      }),
      commandId,
    )
  }

  recordSensitiveRead({ actor, query, subject, subjects, purpose }: SensitiveRead): void {
    const about = subject === undefined ? {} : { subject }
    const why = purpose === undefined ? {} : { purpose }
    this.count(
      ['read', actor, query, subject, purpose],
      c => ({
        type: SensitiveReadsMade.type,
        data: { actor, ...tally(c), ...about, query, ...why, firstSubjects: c.ids },
      }),
      ...(subjects ?? (subject === undefined ? [] : [subject])),
    )
  }

  signInRefused({ code, loginDigest }: { readonly code: string; readonly loginDigest: string }): void {
    this.count(['signIn', code, loginDigest], c => ({
      type: SignInsRefused.type,
      data: { ...tally(c), code, loginDigest },
    }))
  }

  flush(): Promise<void> {
    return this.inTurn(minuteOf(this.now()))
  }

  stop(): Promise<void> {
    clearInterval(this.timer)
    return this.inTurn(AFTER_ALL)
  }

  private count(
    group: readonly (string | undefined)[],
    event: Counted['event'],
    ...ids: readonly string[]
  ): void {
    const minute = minuteOf(this.now())
    const key = JSON.stringify([minute, ...group])
    const counted = this.counts.get(key) ?? { minute, count: 0, ids: [], event }
    this.counts.set(key, counted)
    counted.count++
    for (const id of ids)
      if (counted.ids.length < FIRST_IDS && !counted.ids.includes(id)) counted.ids.push(id)
  }

  /** One write at a time: the next one's revision follows from this one's. */
  private inTurn(before: string): Promise<void> {
    this.writing = this.writing.catch(() => undefined).then(() => this.write(before))
    return this.writing
  }

  private failed(error: unknown): void {
    if (!this.failing) this.onFault?.(error)
    this.failing = true
  }

  private async write(before: string): Promise<void> {
    this.cut(before)
    for (let batch = this.batches[0]; batch; batch = this.batches[0]) {
      await this.append(batch)
      this.batches.shift()
    }
  }

  /** Makes appends of the minutes that are over: their counts grow no more. */
  private cut(before: string): void {
    const over = [...this.counts].filter(([, counted]) => counted.minute < before)
    for (const [day, groups] of Map.groupBy(over, ([, counted]) => counted.minute.slice(0, 10))) {
      for (let i = 0; i < groups.length; i += EVENTS_PER_APPEND) {
        const cut = groups.slice(i, i + EVENTS_PER_APPEND)
        for (const [key] of cut) this.counts.delete(key)
        this.batches.push({
          stream: `processAudit-${day}.${this.processId}`,
          commandId: uuidv5(SYSTEM_ACTORS.auditRecorder, `${this.processId} ${this.cuts++}`),
          events: cut.map(([, counted]) => counted.event(counted)),
        })
      }
    }
  }

  private async append({ stream, commandId, events }: Batch): Promise<void> {
    try {
      const { next } = await this.log.append({
        stream,
        expected: this.ends.get(stream) ?? 'noStream',
        events,
        context: {
          commandId,
          actor: SYSTEM_ACTORS.auditRecorder,
          origin: 'job',
          correlationId: commandId,
          recordedAt: this.now(),
        },
      })
      this.ends.set(stream, next)
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error
      if (!(await this.isThere(stream, commandId))) throw error
    }
  }

  /** Whether an append landed whose answer was lost (PROTOCOL 3); the next one goes behind what is there. */
  private async isThere(stream: string, commandId: string): Promise<boolean> {
    const last = await this.log.lastEvent(stream)
    if (!last) return false
    this.ends.set(stream, { revision: last.revision, hash: last.metadata.hash })
    return last.metadata.commandId === commandId
  }
}
