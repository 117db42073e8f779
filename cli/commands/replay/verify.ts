import { targetOf } from '../../../domain/organisation/log.events.ts'
import { LOG_STREAM } from '../../../domain/organisation/log.events.ts'
import { decodeMetadata } from '../../../event-store/metadata.ts'
import { verify } from '../../../replay/verify.ts'
import type { Finding } from '../../../replay/check.ts'
import type { Verification } from '../../../replay/verify.ts'
import type { Context } from '../../context.ts'
import { eventsRead } from '../../events-read.ts'
import { Failure } from '../../failure.ts'
import type { Sentence } from '../../failure.ts'
import { openReplay } from './source.ts'
import type { ReplaySubject } from './source.ts'

export interface VerifyOptions {
  readonly log?: string
  /** Leaves out the read models: the log alone. */
  readonly logOnly?: boolean
}

/** `grandlivre replay verify`: leaves with another code than 0 when anything at all is found. */
export const runVerify = async (context: Context, options: VerifyOptions): Promise<void> => {
  const { readModels, ...log } = await openReplay(context, {
    command: 'replay verify',
    log: options.log,
    despiteDangers: true,
  })
  const progress = context.progress(
    { en: 'Verifying the log', fr: 'Vérification du journal' },
    await eventsRead(readModels.databaseUrl),
  )
  const verification = await verify(options.logOnly === true ? log : { ...log, readModels }, {
    signal: context.signal,
    onProgress: progress.to,
  })
  progress.end()
  // Of a log that is not sound, its last word may be unreadable, too.
  const movedTo = verification.sound ? await targetOfLog(log) : undefined
  context.print({ ...verification, movedTo }, textOf(context, verification, movedTo))
  if (!verification.sound) throw notSound(verification)
}

/** Where the log goes on, if it was moved and is shut here. */
const targetOfLog = async ({
  store,
  codec,
}: Pick<ReplaySubject, 'store' | 'codec'>): Promise<string | undefined> => {
  const backwards = { direction: 'backwards', limit: 1 } as const
  for await (const { type, metadata, data } of store.readStream(LOG_STREAM, backwards))
    return targetOf(codec.decode(type, decodeMetadata(metadata).schemaVersion, data))
  return undefined
}

const textOf = (
  { text, language }: Context,
  verification: Verification,
  movedTo: string | undefined,
): string => {
  const { events, checks, findings, lastEventId = '', lastEventHash = '' } = verification
  const lines = checks.map(({ title, examined, found }) => {
    const counted = found === 0 ? text({ en: 'sound', fr: 'rien à signaler' }) : `${found} !`
    return `${found === 0 ? '✓' : '✗'} ${title[language]} (${examined}) : ${counted}`
  })
  return [
    ...lines,
    ...findings.map(finding => `  ${finding.code} ${placeText(finding)}: ${finding.sentence[language]}`),
    text({ en: `${events} events read.`, fr: `${events} événements lus.` }),
    text({
      en: `The last one is ${lastEventId}, its hash ${lastEventHash}.`,
      fr: `Le dernier est ${lastEventId}, d’empreinte ${lastEventHash}.`,
    }),
    text(verdictOf(verification, movedTo)),
  ].join('\n')
}

/** The last line says what it all comes to. */
const verdictOf = (verification: Verification, movedTo: string | undefined): Sentence => {
  if (verification.sound && movedTo !== undefined)
    return {
      en: `Sound, but shut: this log was moved to ${movedTo} and goes on there; verify it there as well.`,
      fr: `Intègre, mais fermé : ce journal a été déplacé vers ${movedTo} et y continue ; vérifiez-le là-bas aussi.`,
    }
  if (verification.sound) return { en: 'Sound.', fr: 'Intègre.' }
  const found = foundIn(verification)
  return { en: `${found} finding${found > 1 ? 's' : ''}`, fr: `${found} constat${found > 1 ? 's' : ''}` }
}

const foundIn = ({ checks }: Verification): number => checks.reduce((sum, check) => sum + check.found, 0)

const placeText = ({ where }: Finding): string => {
  if ('onServer' in where) return where.onServer
  return 'stream' in where
    ? `${where.stream} ${where.revision} (${where.eventId})`
    : `${where.projection}.${where.table} ${where.key ?? ''}`.trimEnd()
}

const notSound = (verification: Verification): Failure => {
  const found = foundIn(verification)
  const failing = verification.checks.filter(check => check.found > 0).map(({ name }) => name)
  return new Failure(
    'LOG_NOT_SOUND',
    {
      en: `${found} finding(s) by the checks ${failing.join(', ')}: this log, or what was read from it, is not as it was recorded.`,
      fr: `${found} constat(s) des contrôles ${failing.join(', ')} : ce journal, ou ce qui en a été tiré, n’est pas tel qu’il a été consigné.`,
    },
    { facts: { found, checks: failing.join(', ') } },
  )
}
