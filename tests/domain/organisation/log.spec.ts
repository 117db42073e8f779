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

it('nothing is said of a log that is not open', () => {
  given().when(decide.confirmClock(jump)).thenRejects({ code: 'LOG_NOT_OPEN' })
  given().when(decide.resume(resumption)).thenRejects({ code: 'LOG_NOT_OPEN' })
})

it('a history that cannot have happened stops the program', () => {
  expect(() => given(opened, opened).state()).toThrow('impossible')
  expect(() => given({ type: 'organisation.LogResumed', data: resumption }).state()).toThrow('impossible')
})
