import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { legalEntityEvents } from '../../domain/organisation/legal-entity.events.ts'
import { revealed } from '../../projections/engine/personal-data.ts'
import type { RecordedEvent } from '../../projections/definition.ts'
import { documentHistory, eventList } from '../../projections/organisation/history.queries.ts'
import { history } from '../../projections/organisation/history.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { eventOfLog } from '../event-of-log.ts'
import type { Place } from '../event-of-log.ts'
import { accountOf } from '../sign-in/authentication.ts'
import { namesOf } from '../sign-in/names.ts'
import { readableEntities } from '../sign-in/rights.ts'
import type { Area } from '../sign-in/rights.ts'
import { fieldSchema } from './fields.ts'
import { IdParameter, pageOf, pageParameters, pageSchema, readableRow, reading } from './reading.ts'
import type { DocumentRoute } from './reading.ts'

const StoryQuery = z.strictObject(pageParameters)
const StoryEvent = z.intersection(
  fieldSchema(eventList.columns),
  z.object({
    actorName: z.string().nullable().describe('Who did it; null for what the program did by itself'),
    data: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe(
        'What the event says, without fields of natural persons; null where it is not theirs to read',
      ),
  }),
)

/**
 * The history of a document with what each event says: what a screen tells in words. Names of who acted are in it, as
 * those who work on one document know each other; fields of customers who are natural persons are not.
 */
export const storyRoute = (app: FastifyInstance, deps: ApiDependencies, route: DocumentRoute): void => {
  app.get(`${route.path}/:id/story`, {
    schema: {
      summary: `${route.summary}: its history with what each event says`,
      params: IdParameter,
      querystring: StoryQuery,
      response: { 200: pageSchema(StoryEvent) },
    },
    handler: async request => {
      const { id } = request.params as z.output<typeof IdParameter>
      const page = pageOf(request.query as z.output<typeof StoryQuery>)
      const { rows, next } = await reading(deps, request, [route.projection, history], async db => {
        await readableRow(request, route.find(db, id), route.area)
        return documentHistory(db, { stream: `${route.category}-${id}`, ...page })
      })
      const items = await toldBy(
        deps,
        request,
        rows.map(row => JSON.parse(row) as HistoryRow),
      )
      return { items, ...(next !== undefined && { next }) }
    },
  })
}

/** What is needed here of a row of the history, which goes on whole. */
interface HistoryRow extends Place {
  readonly actor: string
}

const toldBy = async (deps: ApiDependencies, request: FastifyRequest, rows: readonly HistoryRow[]) => {
  const names = await namesOf(
    deps,
    rows.map(({ actor }) => actor),
  )
  const events = await Promise.all(rows.map(row => eventOfLog(deps, row)))
  const clear = await revealed(events, fields => Promise.resolve(fields.map(() => ({ erased: 'not asked' }))))
  return rows.map((row, i) => ({
    ...row,
    actorName: names.get(row.actor) ?? null,
    data: readablePart(request, clear[i]),
  }))
}

interface Told {
  readonly entityId?: string
  readonly journalEntry?: object
}

/** Whose affair it is what an event says: sellers and those who bill know each other's work. */
const areaOf = (type = ''): Area => {
  if (type.startsWith('ledger.')) return 'ledger'
  return ABOUT_COMPANIES.has(type) ? 'organisation' : 'invoicing'
}
const ABOUT_COMPANIES: ReadonlySet<string> = new Set<string>(legalEntityEvents.map(({ type }) => type))

/** Entries are for readers of the ledger; what another legal entity did is for those who may read it there. */
const readablePart = (request: FastifyRequest, event: RecordedEvent | undefined): object | null => {
  const { journalEntry, ...rest } = (event?.data ?? {}) as Told
  const area = areaOf(event?.type)
  const mayRead = (what: Area): boolean => {
    const entities = readableEntities(accountOf(request).grants, what)
    return entities === 'all' || rest.entityId === undefined || entities.includes(rest.entityId)
  }
  if (!mayRead(area)) return null
  const ledger = readableEntities(accountOf(request).grants, 'ledger')
  return { ...rest, ...(journalEntry && ledger.length > 0 && mayRead('ledger') && { journalEntry }) }
}
