import { LOG_STREAM } from '../domain/organisation/log.events.ts'
import {
  demonstrationOpening,
  endOfDemonstration,
  playDemonstration,
} from '../integrations/demonstration/play.ts'
import type { Log } from '../event-store/log.ts'
import type { Program, ProgramOptions } from './composition.ts'
import type { Context } from './context.ts'
import { demonstrationStageOf } from './stage.ts'

/** The name that a demonstration's log carries for ever: only such a log is played on. */
const NAME = 'demonstration'

/** What an empty log is opened as, to be filled with the demonstration; another log stays what it is. */
export const demonstrationLog = (): NonNullable<ProgramOptions['create']> => ({
  kind: 'sandbox',
  name: NAME,
  at: demonstrationOpening(new Date().toISOString()),
})

/**
 * Fills a new log with the demonstration, and goes on with one that was interrupted. A log of any other kind is left
 * alone, and a finished one costs two reads.
 * @param program with its clock standing still
 * @returns whether the log is a demonstration
 */
export const demonstrate = async (context: Pick<Context, 'progress'>, program: Program): Promise<boolean> => {
  const isDemonstration = program.log.kind === 'sandbox' && program.log.name === NAME
  if (!isDemonstration) return false
  const openedAt = await openingOf(program.log)
  if (await isPlayed(program.log, openedAt)) return true
  let bar: ReturnType<Context['progress']> | undefined
  try {
    await playDemonstration({ stage: demonstrationStageOf(program), openedAt }, (done, total) => {
      bar ??= context.progress({ en: 'Demonstration', fr: 'Démonstration' }, total)
      bar.to(done)
    })
  } finally {
    bar?.end()
  }
  return true
}

const openingOf = async (log: Log): Promise<string> => {
  const [opened] = (await log.load(LOG_STREAM)).events
  if (!opened) throw new Error(`an open log without ${LOG_STREAM}`)
  return opened.metadata.recordedAt
}

const isPlayed = async (log: Log, openedAt: string): Promise<boolean> => {
  const { stream, revision } = endOfDemonstration(openedAt)
  return ((await log.lastEvent(stream))?.revision ?? -1) >= revision
}
