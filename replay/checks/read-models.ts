import { eventAtPlace } from '../../event-store/checkpoints.ts'
import type { Check, OpenedSubject, Report } from '../check.ts'
import { placeOf } from '../check.ts'
import { compareTable } from '../compare-rows.ts'
import type { RowDifference } from '../compare-rows.ts'
import { schemaOf } from '../../projections/definition.ts'
import type { Projection } from '../../projections/definition.ts'
import { readCheckpoint } from '../../projections/engine/checkpoints.ts'
import type { Checkpoint } from '../../projections/engine/checkpoints.ts'
import { connect } from '../../projections/engine/connections.ts'
import { fillAsFarAsPossible } from '../../projections/engine/fill.ts'
import type { Filled } from '../../projections/engine/fill.ts'
import { quote } from '../../projections/engine/tables.ts'
import type pg from 'pg'

/**
 * Live rows are the rows that a replay of the log gives (DESIGN §7). The live rows are looked at in one snapshot, so
 * that projections run on meanwhile; the replayed ones are written beside, up to the very event of the snapshot, and
 * dropped afterwards.
 */
export const readModels: Check = {
  name: 'read-models',
  title: {
    fr: 'Les tables lues par les écrans sont celles que le journal redonne',
    en: 'The tables that screens read are those that the log gives again',
  },
  begin: (subject, report) => ({
    end: async () => (subject.readModels ? compareAll(subject, subject.readModels, report) : undefined),
  }),
}

type ReadModels = NonNullable<OpenedSubject['readModels']>

interface Live {
  readonly projection: Projection
  readonly checkpoint: Checkpoint
}

const replayedSchema = (projection: Projection): string => `${schemaOf(projection)}_verify`

/** Somebody else verifies the same read models. */
export class VerificationRunning extends Error {
  constructor() {
    super('the read models are being verified already')
    this.name = 'VerificationRunning'
  }
}

const compareAll = async (
  subject: OpenedSubject,
  readModels: ReadModels,
  report: Report,
): Promise<number> => {
  const snapshot = await connect(readModels.databaseUrl, 'verify snapshot')
  const scratch = await connect(readModels.databaseUrl, 'verify scratch')
  try {
    await takeLock(scratch)
    await snapshot.query('begin isolation level repeatable read read only')
    const lives = await liveProjections(snapshot, subject, readModels, report)
    try {
      return await replayAndCompare({ snapshot, scratch, subject, readModels, report }, lives)
    } finally {
      await dropSchemas(scratch, lives)
    }
  } finally {
    await Promise.all([snapshot.end().catch(() => undefined), scratch.end().catch(() => undefined)])
  }
}

const takeLock = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('grandlivre verify', 0)) as taken`,
  )
  if (!rows[0]?.taken) throw new VerificationRunning()
}

const dropSchemas = async (client: pg.Client, lives: readonly Live[]): Promise<void> => {
  for (const { projection } of lives)
    await client.query(`drop schema if exists ${quote(replayedSchema(projection))} cascade`)
}

/** The projections that run, each with its checkpoint in the snapshot; tells of those that cannot be compared. */
const liveProjections = async (
  snapshot: pg.Client,
  { store }: OpenedSubject,
  { projections, reveal }: ReadModels,
  report: Report,
): Promise<readonly Live[]> => {
  const { rows } = await snapshot.query(`select 1 where to_regclass('engine.checkpoint') is not null`)
  if (rows.length === 0) return []
  const lives: Live[] = []
  for (const projection of projections) {
    // Without the keys nothing can be said of the one table that shows persons.
    if (projection.readsPersonalData && !reveal) continue
    const checkpoint = await readCheckpoint(snapshot, projection, 'live')
    if (checkpoint?.position === undefined || checkpoint.state === 'rebuilding') continue
    const where = { projection: schemaOf(projection), table: '' }
    if (checkpoint.state === 'stopped') report(where, stopped(projection, checkpoint))
    const event = await eventAtPlace(store, checkpoint.position)
    if (event?.id === checkpoint.eventId) lives.push({ projection, checkpoint })
    else report(where, notInLog(projection, checkpoint, event?.id))
  }
  return lives
}

const stopped = ({ name }: Projection, { ordinal, failure }: Checkpoint) => ({
  code: 'READ_MODEL_STOPPED',
  severity: 'warning' as const,
  found: failure?.message ?? 'stopped',
  expected: 'running',
  sentence: {
    fr: `La lecture ${name} s’est arrêtée à l’événement ${ordinal} ; un opérateur doit la relancer.`,
    en: `The read model ${name} stopped at event ${ordinal}; an operator must start it again.`,
  },
})

const notInLog = ({ name }: Projection, { ordinal, eventId }: Checkpoint, found: string | undefined) => ({
  code: 'READ_MODEL_AHEAD_OF_LOG',
  found: found ?? 'no event',
  expected: eventId ?? '',
  sentence: {
    fr: `La lecture ${name} a vu l’événement ${eventId} au rang ${ordinal} ; le journal ne l’y a plus : il a été tronqué ou remplacé.`,
    en: `The read model ${name} saw event ${eventId} at place ${ordinal}; the log no longer has it there: it was cut off or replaced.`,
  },
})

interface Comparing {
  readonly snapshot: pg.Client
  readonly scratch: pg.Client
  readonly subject: OpenedSubject
  readonly readModels: ReadModels
  readonly report: Report
}

/** Projections that stand at the same event are replayed together, in one reading of the log. */
const replayAndCompare = async (comparing: Comparing, lives: readonly Live[]): Promise<number> => {
  const { scratch, subject, readModels, report } = comparing
  let rows = 0
  await dropSchemas(scratch, lives)
  for (const [ordinal, together] of Map.groupBy(lives, ({ checkpoint }) => checkpoint.ordinal)) {
    const filled = await fillAsFarAsPossible(
      together.map(({ projection }) => projection),
      replayedSchema,
      { ...subject, ...readModels },
      ordinal,
    )
    for (const { projection, failure, ...end } of filled) {
      const live = together.find(one => one.projection === projection) as Live
      if (failure) report(placeOf(failure.event), cannotApply(projection, failure))
      else if (end.ordinal !== ordinal || end.eventId !== live.checkpoint.eventId)
        report({ projection: schemaOf(projection), table: '' }, countsOtherwise(live, end))
      else rows += await compareProjection(comparing, projection)
    }
  }
  return rows
}

/** Its event is in the log, and another one is there at its count: events before it came or went since it was read. */
const countsOtherwise = (
  { projection: { name }, checkpoint }: Live,
  end: Pick<Filled, 'ordinal' | 'eventId'>,
) => ({
  code: 'READ_MODEL_COUNTS_OTHERWISE',
  found: `${end.ordinal} ${end.eventId ?? ''}`.trimEnd(),
  expected: `${checkpoint.ordinal} ${checkpoint.eventId ?? ''}`.trimEnd(),
  sentence: {
    fr: `La lecture ${name} a compté ${checkpoint.ordinal} événements jusqu’à ${checkpoint.eventId} ; le journal en donne un autre nombre : il en manque, ou il y en a de trop. Ses lignes ne sont pas comparées.`,
    en: `The read model ${name} counted ${checkpoint.ordinal} events up to ${checkpoint.eventId}; the log gives another number: some are missing, or there are some too many. Its rows are not compared.`,
  },
})

const cannotApply = ({ name }: Projection, failure: Error) => ({
  code: 'REPLAY_CANNOT_APPLY',
  found: failure.message,
  expected: 'an event that it applied before',
  sentence: {
    fr: `La lecture ${name} a appliqué cet événement, et ne le peut plus : ${failure.message}.`,
    en: `The read model ${name} applied this event, and no longer can: ${failure.message}.`,
  },
})

const compareProjection = async (
  { snapshot, scratch, report }: Comparing,
  projection: Projection,
): Promise<number> => {
  let rows = 0
  for (const table of projection.tables)
    for (const kind of table.history ? (['rows', 'history'] as const) : (['rows'] as const)) {
      const compared = await compareTable(
        { client: snapshot, schema: schemaOf(projection) },
        { client: scratch, schema: replayedSchema(projection) },
        table,
        kind,
      )
      rows += compared.rows
      for (const difference of compared.differences)
        report(
          { projection: schemaOf(projection), table: difference.table, key: difference.key },
          differs(projection, difference),
        )
    }
  return rows
}

const differs = ({ name }: Projection, { table, key, column, live, replayed }: RowDifference) => ({
  code: 'ROW_NOT_AS_REPLAYED',
  found: live ?? 'no row',
  expected: replayed ?? 'no row',
  sentence: {
    fr: `La table ${name}.${table} ne dit pas ce que redonne le journal : ${key}${column ? `, ${column}` : ''} : ${live ?? 'aucune ligne'} au lieu de ${replayed ?? 'aucune ligne'}.`,
    en: `The table ${name}.${table} does not say what the log gives again: ${key}${column ? `, ${column}` : ''}: ${live ?? 'no row'} instead of ${replayed ?? 'no row'}.`,
  },
})
