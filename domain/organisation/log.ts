import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { impossible } from '../shared/values.ts'
import {
  logEvents,
  type ClockConfirmed,
  type LogEvent,
  type LogOpened,
  type LogResumed,
} from './log.events.ts'

/** The log as a whole: stream `log-main`, id `main`. It is opened by `createLog` of the event store. */
export const LOG_ID = 'main'

type Opening = z.output<typeof LogOpened.data>

export type Log = { readonly status: 'none' } | ({ readonly status: 'open' } & Opening)

export type LogRejection =
  { readonly code: 'LOG_NOT_OPEN' } | { readonly code: 'CLOCK_UNCHANGED'; readonly from: string }

type LogDecision = Decision<Log, LogEvent, LogRejection>

const open = (decision: () => E.Either<LogRejection, readonly LogEvent[]>): LogDecision => {
  return log => (log.status === 'open' ? decision() : E.left({ code: 'LOG_NOT_OPEN' }))
}

export const decide = {
  /**
   * An operator vouches for a clock that jumped: the log goes on from that instant (PROTOCOL 10). Ahead, where nothing
   * was recorded for long; back, where a machine that lived in the future had recorded something.
   */
  confirmClock: (data: z.output<typeof ClockConfirmed.data>): LogDecision =>
    open(() =>
      data.from === data.previousMaximum
        ? E.left({ code: 'CLOCK_UNCHANGED', from: data.from })
        : E.right([{ type: 'organisation.ClockConfirmed', data }]),
    ),

  /** An operator goes on with a log that the checkpoints did not match (PROTOCOL 15). */
  resume: (data: z.output<typeof LogResumed.data>): LogDecision =>
    open(() => E.right([{ type: 'organisation.LogResumed', data }])),
}

const evolve = (log: Log, event: LogEvent): Log => {
  switch (event.type) {
    case 'organisation.LogOpened':
      return log.status === 'none' ? { status: 'open', ...event.data } : impossible('a log opened twice')
    case 'organisation.ClockConfirmed':
    case 'organisation.LogResumed':
      return log.status === 'open' ? log : impossible(`${event.type} before the log was opened`)
  }
}

export const log: Aggregate<Log, LogEvent> = {
  category: 'log',
  events: logEvents,
  initial: { status: 'none' },
  evolve,
}
