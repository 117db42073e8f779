import { z } from 'zod'
import { entryLineList, entryList, findEntry } from '../../../projections/ledger/accounts.queries.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { documentsOf } from '../../../replay/links.ts'
import { eventOfLog } from '../../event-of-log.ts'
import { entitiesOf } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import { fieldSchema } from '../fields.ts'
import type { RouteModule } from '../index.ts'
import { notFound, reading, requireVisible } from '../reading.ts'

const OrdinalParameter = z.strictObject({
  ordinal: z
    .string()
    .regex(/^\d{1,15}$/)
    .describe('Place of its event in the log'),
})
const Entry = z.strictObject({
  entry: fieldSchema(entryList.columns),
  lines: z.array(fieldSchema(entryLineList.columns)),
  documents: z.array(z.string()).describe('Streams of the documents it comes from: order, invoice, payment'),
})

const LINES_MAX = 500

/** One entry with its lines, and the documents that it comes from. */
export const entryRoute: RouteModule = (app, deps) => {
  app.get('/api/ledger/entries/:ordinal', {
    schema: {
      summary: 'An entry, its lines, and the documents it comes from',
      params: OrdinalParameter,
      querystring: z.strictObject(visibilityParameters),
      response: { 200: Entry },
    },
    handler: async request => {
      const { ordinal } = request.params as z.output<typeof OrdinalParameter>
      // Whether there is such an entry is nobody's to learn who reads no ledger.
      entitiesOf(request, 'ledger')
      return reading(deps, request, [ledger], async db => {
        const entry = await findEntry(db, ordinal)
        if (!entry) throw notFound()
        requireVisible(request, 'ledger', entry.entityId)
        const { rows: lines } = await entryLineList.page(db, { filter: { ordinal }, limit: LINES_MAX })
        const event = await eventOfLog(deps, entry)
        return { entry, lines, documents: [event.stream, ...documentsOf(event)] }
      })
    },
  })
}
