import type { Purpose } from '../domain/shared/protected.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import { CommandsRefused, SensitiveReadsMade, SignInsRefused } from '../domain/organisation/audit.events.ts'
import type { Log } from '../event-store/log.ts'
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
  /** Writes the minutes that are over; all of them on `stop`. What cannot be written stays for the next time. */
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
}): AuditRecorder => new Recorder(options.log, options.now, options.processId)

class Recorder implements AuditRecorder {
  private readonly log: Log
  private readonly now: () => string
  private readonly processId: string
  private readonly counts = new Map<string, Counted>()
  private readonly ends = new Map<string, Expected>()
  private readonly timer: NodeJS.Timeout
  private appends = 0
  private writing: Promise<void> = Promise.resolve()

  constructor(log: Log, now: () => string, processId: string) {
    this.log = log
    this.now = now
    this.processId = processId
    this.timer = setInterval(() => {
      // The log may be away for a while: what was counted is kept, and written at a later look.
      this.flush().catch(() => undefined)
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

  private async write(before: string): Promise<void> {
    const over = [...this.counts].filter(([, counted]) => counted.minute < before)
    for (const [day, groups] of Map.groupBy(over, ([, counted]) => counted.minute.slice(0, 10))) {
      for (let i = 0; i < groups.length; i += EVENTS_PER_APPEND) {
        const written = groups.slice(i, i + EVENTS_PER_APPEND)
        for (const [key] of written) this.counts.delete(key)
        try {
          await this.append(
            day,
            written.map(([, counted]) => counted.event(counted)),
          )
        } catch (error) {
          for (const [key, counted] of written) this.counts.set(key, counted)
          throw error
        }
      }
    }
  }

  private async append(day: string, events: readonly DomainEvent[]): Promise<void> {
    const stream = `processAudit-${day}.${this.processId}`
    const commandId = uuidv5(SYSTEM_ACTORS.auditRecorder, `${this.processId} ${this.appends++}`)
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
  }
}
