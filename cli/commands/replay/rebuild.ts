import { makeAnalyticsViews } from '../../../projections/analytics/views.ts'
import type { Projection } from '../../../projections/definition.ts'
import { RebuildOvertaken, RebuildRunning, rebuild } from '../../../projections/engine/rebuild.ts'
import type { RebuildOptions, RebuildReport } from '../../../projections/engine/rebuild.ts'
import type { Context } from '../../context.ts'
import { Failure, exitCodes } from '../../failure.ts'
import type { Sentence } from '../../failure.ts'
import { openReplay } from './source.ts'

/** `grandlivre replay rebuild [projection…]`: new rows beside the live ones, compared, and put in their place. */
export const runRebuild = async (
  context: Context,
  names: readonly string[],
  options: { readonly log?: string },
): Promise<void> => {
  const subject = await openReplay(context, { command: 'replay rebuild', log: options.log })
  const { databaseUrl, projections, reveal } = subject.readModels
  const chosen = names.length === 0 ? projections : names.map(name => projectionNamed(projections, name))
  let progress: ReturnType<Context['progress']> | undefined
  const report = await rebuilt({
    databaseUrl,
    store: subject.store,
    codec: subject.codec,
    projections: chosen,
    makeViews: makeAnalyticsViews,
    ...(reveal && { reveal }),
    signal: context.signal,
    onProgress: ({ phase, events, total }) => {
      if (phase !== 'filling') return
      progress ??= context.progress({ en: 'Rebuilding', fr: 'Reconstruction' }, total ?? events)
      progress.to(events)
    },
  })
  progress?.end()
  context.print(resultOf(report), textOf(context, report))
  const failed = report.projections.find(({ failure }) => failure)
  if (failed?.failure) throw cannotApply(failed.projection.name, failed.failure.message)
}

const rebuilt = async (options: RebuildOptions): Promise<RebuildReport> => {
  try {
    return await rebuild(options)
  } catch (error) {
    if (error instanceof RebuildOvertaken)
      throw new Failure('REBUILD_OVERTAKEN', error.sentence, { cause: error })
    if (error instanceof RebuildRunning)
      throw new Failure('REBUILD_RUNNING', RUNNING, { exitCode: exitCodes.refused, cause: error })
    throw error
  }
}

const RUNNING: Sentence = {
  en: 'Somebody else rebuilds the same read models already.',
  fr: 'Quelqu’un d’autre refait déjà les mêmes tables de lecture.',
}

const projectionNamed = (projections: readonly Projection[], name: string): Projection => {
  const found = projections.find(projection => projection.name === name)
  if (found) return found
  const known = projections.map(projection => projection.name).join(', ')
  throw new Failure(
    'PROJECTION_UNKNOWN',
    {
      en: `There is no projection "${name}"; there are ${known}.`,
      fr: `Il n’y a pas de projection « ${name} » ; il y a ${known}.`,
    },
    { facts: { found: name }, exitCode: exitCodes.usage },
  )
}

const resultOf = ({ events, projections }: RebuildReport) => ({
  events,
  projections: projections.map(({ projection, swapped, differences, ofAnotherLog, failure }) => ({
    name: projection.name,
    version: projection.version,
    swapped,
    differences: differences ?? null,
    ofAnotherLog,
    failure: failure?.message ?? null,
  })),
})

const textOf = ({ text }: Context, { events, projections }: RebuildReport): string =>
  [
    ...projections.map(({ projection, swapped, differences }) => {
      const what = swapped
        ? text({ en: 'rebuilt', fr: 'reconstruite' })
        : text({ en: 'left as it was', fr: 'laissée en l’état' })
      const told = (differences ?? []).map(({ table, rows }) => `${table}: ${rows}`).join(', ')
      const compared =
        told === ''
          ? ''
          : text({ en: `; rows that differed: ${told}`, fr: ` ; lignes différentes : ${told}` })
      return `${projection.name}: ${what}${compared}`
    }),
    text({ en: `${events} events read.`, fr: `${events} événements lus.` }),
    ...otherLogText(projections).map(text),
  ].join('\n')

const otherLogText = (projections: RebuildReport['projections']): readonly Sentence[] => {
  const names = projections.filter(p => p.ofAnotherLog).map(({ projection }) => projection.name)
  if (names.length === 0) return []
  const list = names.join(', ')
  return [
    {
      en: `The log does not hold the events that these had read, as they had counted them; it lost some, or is another one: ${list}. Run replay verify, and find out what is missing.`,
      fr: `Le journal ne contient pas les événements que celles-ci avaient lus, tels qu’elles les avaient comptés ; il en a perdu, ou en est un autre : ${list}. Lancez replay verify, et cherchez ce qui manque.`,
    },
  ]
}

const cannotApply = (projection: string, reason: string): Failure =>
  new Failure(
    'PROJECTION_CANNOT_APPLY',
    {
      en: `The projection ${projection} stopped: ${reason}. What was there before stands.`,
      fr: `La projection ${projection} s’est arrêtée : ${reason}. Ce qui existait reste en place.`,
    },
    { facts: { projection } },
  )
