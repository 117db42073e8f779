import type { Sentence } from '../event-store/errors.ts'
import { LogOpened } from '../domain/organisation/log.events.ts'
import { decodeMetadata, endsWithHash, hashOf } from '../event-store/metadata.ts'
import type { StoredEvent } from '../event-store/port.ts'
import type { RecordedEvent } from '../projections/definition.ts'
import { recorded } from '../projections/engine/recorded.ts'
import { isUnreadable } from './check.ts'
import type { Check, Finding, OpenedSubject, Subject, Walk } from './check.ts'
import { checks as allChecks } from './checks/index.ts'
import { firstOfLog } from './first-event.ts'

/** Findings kept of each check: all are counted, the first are told. */
const LISTED_MAX = 100
const BATCH = 1_000

export interface CheckResult {
  readonly name: string
  readonly title: Sentence
  /** Events it looked at; rows, of the check of the read models. */
  readonly examined: number
  readonly found: number
}

export interface Verification {
  readonly events: number
  /** The last event looked at: what comes after it is not covered. */
  readonly lastEventId: string | undefined
  /** Its hash: with the id it says which log this is, as who resumes a restored one must (PROTOCOL 15). */
  readonly lastEventHash: string | undefined
  readonly checks: readonly CheckResult[]
  /** In the order they were found; of each check the first hundred. */
  readonly findings: readonly Finding[]
  /** True when nothing at all was found. */
  readonly sound: boolean
}

export interface VerifyOptions {
  readonly checks?: readonly Check[]
  readonly signal?: AbortSignal
  /** Told of the number of events seen. */
  readonly onProgress?: (events: number) => void
}

/**
 * Verifies a log: reads it once from its first event to its present end and shows every event to every check. What is
 * wrong is a value of the result; only what keeps the log from being read at all throws.
 * @throws StoreUnavailable, or what `signal` was aborted with
 */
export const verify = async (subject: Subject, options: VerifyOptions = {}): Promise<Verification> => {
  const { signal, onProgress, checks = allChecks } = options
  const opened = await openedSubject(subject, signal)
  const findings: Finding[] = []
  const running = checks.map(check => new Running(check, opened, findings))
  let ordinal = 0
  let last: StoredEvent | undefined
  for await (const batch of subject.store.readAll({ batchSize: BATCH, ...(signal && { signal }) })) {
    for (const stored of batch.events) {
      const event = recorded(subject.codec, stored, ++ordinal)
      for (const check of running) check.see(event, stored)
    }
    last = batch.events.at(-1) ?? last
    for (const check of running) await check.walk.batchEnd?.()
    onProgress?.(ordinal)
  }
  for (const check of running) await check.end()
  return {
    events: ordinal,
    lastEventId: last?.id,
    lastEventHash: last && endsWithHash(last.metadata) ? hashOf(last.metadata) : undefined,
    checks: running.map(check => check.result()),
    findings,
    sound: running.every(({ found }) => found === 0),
  }
}

/** Reads which log it is from its first event; a log that does not tell is verified all the same. */
const openedSubject = async (subject: Subject, signal: AbortSignal | undefined): Promise<OpenedSubject> => {
  const unknown = { ...subject, logId: '', kind: 'sandbox' as const, ...(signal && { signal }) }
  const first = await firstOfLog(subject.store)
  if (first?.type !== LogOpened.type) return unknown
  try {
    const { schemaVersion } = decodeMetadata(first.metadata)
    const { data } = subject.codec.decode(first.type, schemaVersion, first.data)
    const { logId, kind } = data as { logId: string; kind: OpenedSubject['kind'] }
    return { ...unknown, logId, kind }
  } catch (error) {
    if (!isUnreadable(error)) throw error
    return unknown
  }
}

class Running {
  readonly walk: Walk
  found = 0
  private readonly check: Check
  private examined = 0

  constructor(check: Check, subject: OpenedSubject, findings: Finding[]) {
    this.check = check
    this.walk = check.begin(subject, (where, fault) => {
      if (++this.found > LISTED_MAX) return
      findings.push({ check: check.name, where, severity: 'error', ...fault })
    })
  }

  see(event: RecordedEvent, stored: StoredEvent): void {
    const { types, see } = this.walk
    if (!see || types?.has(event.type) === false) return
    this.examined++
    try {
      see(event, stored)
    } catch (error) {
      if (!isUnreadable(error)) throw error
    }
  }

  async end(): Promise<void> {
    const rows = await this.walk.end?.()
    if (rows !== undefined) this.examined = rows
  }

  result(): CheckResult {
    const { name, title } = this.check
    return { name, title, examined: this.examined, found: this.found }
  }
}
