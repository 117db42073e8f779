import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { impossible } from '../shared/values.ts'
import {
  logEvents,
  type ClockConfirmed,
  type LogEvent,
  type LogMoved,
  type LogOpened,
  type LogReopened,
  type LogResumed,
} from './log.events.ts'

/** The log as a whole: stream `log-main`, id `main`. It is opened by `createLog` of the event store. */
export const LOG_ID = 'main'

type Opening = z.output<typeof LogOpened.data>

export type Log =
  | { readonly status: 'none' }
  /** `reopened` is the id of the `LogMoved` that the last opening answered. */
  | ({ readonly status: 'open'; readonly reopened?: string } & Opening)
  /** Shut here, because it moves or has moved. */
  | ({ readonly status: 'moved'; readonly target: string } & Opening)

export type LogRejection =
  | { readonly code: 'LOG_NOT_OPEN' | 'LOG_NOT_MOVED' }
  | { readonly code: 'LOG_MOVED'; readonly target: string }
  | { readonly code: 'CLOCK_UNCHANGED'; readonly from: string }

type LogDecision = Decision<Log, LogEvent, LogRejection>
type OpenLog = Extract<Log, { readonly status: 'open' }>

const open = (decision: (log: OpenLog) => ReturnType<LogDecision>): LogDecision => {
  return log => {
    if (log.status === 'none') return E.left({ code: 'LOG_NOT_OPEN' })
    if (log.status === 'moved') return E.left({ code: 'LOG_MOVED', target: log.target })
    return decision(log)
  }
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

  /** The log is shut, to go on at the target (PROTOCOL 12). One that is on its way there is shut already. */
  move:
    (data: z.output<typeof LogMoved.data>): LogDecision =>
    log =>
      log.status === 'moved' && log.target === data.target
        ? E.right([])
        : open(() => E.right([{ type: 'organisation.LogMoved', data }]))(log),

  /** A log that was shut goes on, at the place where this is recorded. */
  reopen:
    (data: z.output<typeof LogReopened.data>): LogDecision =>
    log => {
      if (log.status === 'moved') return E.right([{ type: 'organisation.LogReopened', data }])
      return open(({ reopened }) =>
        reopened === data.movedEventId ? E.right([]) : E.left({ code: 'LOG_NOT_MOVED' }),
      )(log)
    },
}

const evolve = (log: Log, event: LogEvent): Log => {
  switch (event.type) {
    case 'organisation.LogOpened':
      return log.status === 'none' ? { status: 'open', ...event.data } : impossible('a log opened twice')
    case 'organisation.ClockConfirmed':
    case 'organisation.LogResumed':
      return log.status === 'open' ? log : impossible(`${event.type} where the log is not open`)
    case 'organisation.LogMoved':
      return log.status === 'open'
        ? { ...log, status: 'moved', target: event.data.target }
        : impossible('a log moved that was not open')
    case 'organisation.LogReopened':
      return log.status === 'moved'
        ? { ...log, status: 'open', reopened: event.data.movedEventId }
        : impossible('a log reopened that was not shut')
  }
}

export const log: Aggregate<Log, LogEvent> = {
  category: 'log',
  events: logEvents,
  initial: { status: 'none' },
  evolve,
}
