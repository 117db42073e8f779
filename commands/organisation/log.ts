import { LOG_ID, decide, log } from '../../domain/organisation/log.ts'
import { ClockConfirmed, LogResumed } from '../../domain/organisation/log.events.ts'
import { defineCommand, step } from '../definition.ts'

const confirmClock = defineCommand({
  name: 'organisation.confirmClock',
  summary: { fr: 'Confirmer une horloge qui a sauté', en: 'Confirm a clock that jumped' },
  input: ClockConfirmed.data,
  roles: ['administrator'],
  steps: input => [step({ aggregate: log, id: LOG_ID, decide: decide.confirmClock(input) })],
})

const resumeLog = defineCommand({
  name: 'organisation.resumeLog',
  summary: { fr: 'Reprendre un journal restauré', en: 'Go on with a restored log' },
  input: LogResumed.data,
  roles: ['administrator'],
  steps: input => [step({ aggregate: log, id: LOG_ID, decide: decide.resume(input) })],
})

export const logCommands = [confirmClock, resumeLog]
