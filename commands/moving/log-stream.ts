import * as E from 'fp-ts/lib/Either.js'
import type { Decision } from '../../domain/shared/aggregate.ts'
import { LOG_STREAM } from '../../domain/organisation/log.events.ts'
import type { LogEvent } from '../../domain/organisation/log.events.ts'
import { log as aggregate } from '../../domain/organisation/log.ts'
import type { Log as LogState, LogRejection } from '../../domain/organisation/log.ts'
import { ClockRefused } from '../../event-store/clock.ts'
import { StartRefused } from '../../event-store/errors.ts'
import type { AppendContext, Log, RecordedEvent } from '../../event-store/log.ts'
import { WrongExpectedRevision } from '../../event-store/port.ts'
import { uuidv5 } from '../../event-store/uuid.ts'
import { clockRefused } from '../clock-refused.ts'
import { logSentences } from '../organisation/messages.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'

const ATTEMPTS_MAX = 32

/**
 * Records what an operator decides of the log as a whole, from the command line.
 * @returns the last event of `log-main`: the one recorded, or the one that already said so
 * @throws StartRefused where the decision is refused, or the clock is off
 */
export const recordOfLog = async (
  log: Log,
  decision: Decision<LogState, LogEvent, LogRejection>,
  recordedAt: string,
): Promise<RecordedEvent> => {
  for (let attempt = 1; ; attempt++) {
    const { events, revision, expected } = await log.load(LOG_STREAM)
    const state = (events as readonly (RecordedEvent & LogEvent)[]).reduce(
      aggregate.evolve,
      aggregate.initial,
    )
    const decided = decision(state)
    if (E.isLeft(decided)) throw refused(decided.left)
    if (decided.right.length === 0) return events.at(-1) as RecordedEvent
    try {
      const context = byOperator(`${log.id} ${LOG_STREAM} ${revision + 1}`, recordedAt)
      await log.append({ stream: LOG_STREAM, expected, events: decided.right, context })
      return (await log.lastEvent(LOG_STREAM)) as RecordedEvent
    } catch (error) {
      if (error instanceof ClockRefused) throw new StartRefused(error.code, {}, clockRefused(error))
      if (!(error instanceof WrongExpectedRevision) || attempt === ATTEMPTS_MAX) throw error
    }
  }
}

const byOperator = (key: string, recordedAt: string): AppendContext => {
  const commandId = uuidv5(SYSTEM_ACTORS.operator, key)
  return {
    commandId,
    actor: SYSTEM_ACTORS.operator,
    permission: 'administrator@all',
    origin: 'cli',
    correlationId: commandId,
    recordedAt,
  }
}

const refused = (rejection: LogRejection): StartRefused => {
  const { code, ...facts } = rejection
  const sentence = logSentences[code]
  if (!sentence) throw new Error(`rejection ${code} has no sentence`)
  return new StartRefused(code, facts, sentence(rejection as never))
}
