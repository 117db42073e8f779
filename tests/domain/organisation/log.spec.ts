import { describe, expect, it } from 'vitest'
import { decide, log } from '../../../domain/organisation/log.ts'
import type { LogEvent } from '../../../domain/organisation/log.events.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(log)
const opened: LogEvent = {
  type: 'organisation.LogOpened',
  data: {
    logId: '01932f0c-0000-7000-8000-000000000001',
    kind: 'sandbox',
    name: 'demo',
    secretCheck: 'a'.repeat(64),
  },
}
const jump = {
  from: '2026-11-22T10:00:00.000Z',
  previousMaximum: '2026-09-01T10:00:00.000Z',
  explanation: 'closed for the summer',
}
const resumption = {
  headEventId: '01932f0c-0000-7000-8000-000000000002',
  headHash: 'b'.repeat(64),
  explanation: 'restored from the backup of the night',
}

it('says what the log is', () =>
  expect(given(opened).state()).toMatchObject({ status: 'open', kind: 'sandbox' }))

describe('PROTOCOL 10: a clock that jumped', () => {
  it('is vouched for by an operator', () =>
    given(opened).when(decide.confirmClock(jump)).then({ type: 'organisation.ClockConfirmed', data: jump }))
  it('goes back too, where a machine had recorded in the future', () => {
    const back = { ...jump, from: jump.previousMaximum, previousMaximum: jump.from }
    given(opened).when(decide.confirmClock(back)).then({ type: 'organisation.ClockConfirmed', data: back })
  })
  it('is another time than the log knows', () => {
    const same = { ...jump, from: jump.previousMaximum }
    given(opened).when(decide.confirmClock(same)).thenRejects({ code: 'CLOCK_UNCHANGED', from: same.from })
  })
})

describe('PROTOCOL 15: a log that was restored', () => {
  it('goes on when an operator has decided so', () =>
    given(opened).when(decide.resume(resumption)).then({ type: 'organisation.LogResumed', data: resumption }))
})

const move = {
  target: 'esdb://journal:2113',
  headEventId: resumption.headEventId,
  headHash: resumption.headHash,
}
const moved: LogEvent = { type: 'organisation.LogMoved', data: move }
const reopening = {
  place: 'esdb://journal:2113',
  movedEventId: '01932f0c-0000-7000-8000-000000000003',
  events: 2,
  lastEventId: '01932f0c-0000-7000-8000-000000000003',
  digest: 'c'.repeat(64),
}
const reopened: LogEvent = { type: 'organisation.LogReopened', data: reopening }

describe('PROTOCOL 12: a log that is moved', () => {
  it('is shut, once', () => {
    given(opened).when(decide.move(move)).then(moved)
    given(opened, moved).when(decide.move(move)).then()
  })
  it('is moved to one place only', () =>
    given(opened, moved)
      .when(decide.move({ ...move, target: 'main' }))
      .thenRejects({ code: 'LOG_MOVED', target: move.target }))
  it('takes nothing more where it was', () => {
    given(opened, moved)
      .when(decide.confirmClock(jump))
      .thenRejects({ code: 'LOG_MOVED', target: move.target })
    given(opened, moved)
      .when(decide.resume(resumption))
      .thenRejects({ code: 'LOG_MOVED', target: move.target })
  })
  it('is opened again, once, and then goes on', () => {
    given(opened, moved).when(decide.reopen(reopening)).then(reopened)
    given(opened, moved, reopened).when(decide.reopen(reopening)).then()
    given(opened, moved, reopened)
      .when(decide.resume(resumption))
      .then({ type: 'organisation.LogResumed', data: resumption })
  })
  it('can be moved again, also back to where it was', () => {
    given(opened, moved, reopened).when(decide.move(move)).then(moved)
    given(opened, moved, reopened, moved)
      .when(decide.move({ ...move, target: 'main' }))
      .thenRejects({ code: 'LOG_MOVED', target: move.target })
  })
  it('is not opened again where it was not shut', () => {
    given(opened).when(decide.reopen(reopening)).thenRejects({ code: 'LOG_NOT_MOVED' })
    given(opened, moved, reopened)
      .when(decide.reopen({ ...reopening, movedEventId: resumption.headEventId }))
      .thenRejects({ code: 'LOG_NOT_MOVED' })
  })
})

it('nothing is said of a log that is not open', () => {
  given().when(decide.confirmClock(jump)).thenRejects({ code: 'LOG_NOT_OPEN' })
  given().when(decide.resume(resumption)).thenRejects({ code: 'LOG_NOT_OPEN' })
  given().when(decide.move(move)).thenRejects({ code: 'LOG_NOT_OPEN' })
  given().when(decide.reopen(reopening)).thenRejects({ code: 'LOG_NOT_OPEN' })
})

it('a history that cannot have happened stops the program', () => {
  expect(() => given(opened, opened).state()).toThrow('impossible')
  expect(() => given({ type: 'organisation.LogResumed', data: resumption }).state()).toThrow('impossible')
  expect(() => given(moved).state()).toThrow('impossible')
  expect(() => given(opened, moved, moved).state()).toThrow('impossible')
  expect(() => given(opened, reopened).state()).toThrow('impossible')
  expect(() => given(opened, moved, { type: 'organisation.LogResumed', data: resumption }).state()).toThrow(
    'impossible',
  )
})
