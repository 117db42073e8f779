import { decide } from '../../domain/organisation/log.ts'
import { LOG_STREAM, targetOf } from '../../domain/organisation/log.events.ts'
import { LogComparison } from '../../event-store/comparison.ts'
import type { Log } from '../../event-store/log.ts'
import { milestoneOf } from '../../event-store/vault/move-record.ts'
import type { MoveRecord } from '../../event-store/vault/move-record.ts'
import { recordOfLog } from './log-stream.ts'
import type { Place } from './move-log.ts'
import { SHUT_BY } from './open-here.ts'
import type { Absence } from './presence.ts'
import { refusals } from './refusals.ts'

export interface ReopenParts {
  /** The log where it was before the move. */
  readonly source: Place<Log>
  readonly record: MoveRecord
  /** Waits until no program works on the log. */
  readonly everybodyGone: (signal: AbortSignal) => Promise<Absence>
  /** The instant of knowledge of what is recorded in the log. */
  readonly now: (log: Log) => string
}

/**
 * Gives up a move that cannot end, because its target is lost: the log is opened again where it was. Where the target
 * was opened, or is about to be, it is refused; where the log is open, its gate is made sure of.
 * @returns whether it was shut
 * @throws StartRefused
 */
export const reopenLog = async (
  parts: ReopenParts,
  options: { readonly explanation?: string | undefined; readonly signal: AbortSignal },
): Promise<boolean> => {
  const { at: log } = parts.source
  const moved = await log.lastEvent(LOG_STREAM)
  if (!moved || targetOf(moved) === undefined) {
    await log.store.gate?.open(SHUT_BY)
    return false
  }
  const move = await parts.record.read()
  if (move?.movedEventId !== moved.id) throw refusals.moveUnknown()
  if (move.source !== parts.source.name) throw refusals.notTheSource(move.source)
  const absence = await parts.everybodyGone(options.signal)
  try {
    await open(parts, moved.id, options)
  } finally {
    await absence.end()
  }
  return true
}

const open = async (
  { source: { at: log, name: place }, record, now }: ReopenParts,
  movedEventId: string,
  { explanation, signal }: Parameters<typeof reopenLog>[1],
): Promise<void> => {
  const content = await contentOf(log, signal)
  if (!(await record.decide(movedEventId, place))) {
    const move = await record.read()
    throw refusals.moveEnded(move?.reopensAt ?? place)
  }
  const data = { place, movedEventId, ...content, ...(explanation !== undefined && { explanation }) }
  const reopened = await recordOfLog(log, decide.reopen(data), now(log))
  await log.store.gate?.open(SHUT_BY)
  await record.note({ source: place, target: place, milestone: milestoneOf(reopened) })
}

/** What stands in the log, as `LogReopened` says it: read twice and compared with itself, which is what a comparison does. */
const contentOf = async ({ store, id }: Log, signal: AbortSignal) => {
  const comparison = new LogComparison(store, store, id)
  await comparison.advance(signal)
  const { events, last, digest } = comparison.compared
  return { events, lastEventId: last?.id ?? '', digest }
}
