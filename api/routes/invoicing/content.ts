import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { CreditNoteIssued, InvoiceIssued } from '../../../domain/invoicing/invoice.events.ts'
import type { RecordedEvent, Reveal } from '../../../projections/definition.ts'
import { revealed } from '../../../projections/engine/personal-data.ts'
import { findInvoice } from '../../../projections/invoicing/invoices.queries.ts'
import { invoices } from '../../../projections/invoicing/invoices.ts'
import type { ApiDependencies } from '../../dependencies.ts'
import { eventOfLog } from '../../event-of-log.ts'
import { Problem } from '../../problems.ts'
import { accountOf } from '../../sign-in/authentication.ts'
import { visibilityParameters } from '../../visibility.ts'
import type { RouteModule } from '../index.ts'
import { IdParameter, readableRow, reading } from '../reading.ts'

const ContentQuery = z.strictObject({
  ...visibilityParameters,
  personal: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: with the fields of natural persons, a read that is written down; left out otherwise'),
})
const Content = z.strictObject({
  number: z.string(),
  issuedOn: z.string(),
  dueOn: z.string().optional().describe('Of an invoice'),
  eventId: z.string().describe('The event that says so, for ever'),
  content: z.looseObject({}).describe('What the document says: InvoiceContent of the event catalogue'),
})

/** What an issued document says, from the event that froze it: the read models hold no copy (PROTOCOL 20). */
export const invoiceContentRoute: RouteModule = (app, deps) => {
  app.get('/api/invoicing/invoices/:id/content', {
    schema: {
      summary: 'What an issued invoice or credit note says: parties, lines, VAT, totals, notes',
      params: IdParameter,
      querystring: ContentQuery,
      response: { 200: Content },
    },
    handler: async request => {
      const { id } = request.params as z.output<typeof IdParameter>
      const row = await reading(deps, request, [invoices], async db => {
        const found = findInvoice(db, id)
        await readableRow(request, found, 'invoicing')
        return found
      })
      const { registerStream, registerRevision } = row ?? {}
      if (typeof registerStream !== 'string' || typeof registerRevision !== 'number') throw notIssued()
      return contentOf(deps, request, await issuedAt(deps, registerStream, registerRevision))
    },
  })
}

const issuedAt = async (deps: ApiDependencies, stream: string, revision: number): Promise<RecordedEvent> => {
  const issued = await eventOfLog(deps, { stream, revision })
  if (!(issued.type === InvoiceIssued.type || issued.type === CreditNoteIssued.type))
    throw new Error(`the read model of invoices names ${stream}@${revision}, where no document was issued`)
  return issued
}

interface Issued {
  readonly number: string
  readonly issuedOn: string
  readonly dueOn?: string
  readonly content: object
}

const contentOf = async (
  deps: ApiDependencies,
  request: FastifyRequest,
  issued: RecordedEvent,
): Promise<z.output<typeof Content>> => {
  const { personal } = request.query as z.output<typeof ContentQuery>
  const clear = await revealed(
    [issued],
    personal === 'true' ? recordedReveal(deps, request, issued) : leftOut,
  )
  const { number, issuedOn, dueOn, content } = (clear[0] ?? issued).data as Issued
  return {
    number,
    issuedOn,
    ...(dueOn !== undefined && { dueOn }),
    eventId: issued.id,
    content: { ...content },
  }
}

/** Asked only where there is a person on the document. */
const recordedReveal =
  (deps: ApiDependencies, request: FastifyRequest, { stream }: RecordedEvent): Reveal =>
  fields => {
    const { userId: actor } = accountOf(request)
    deps.audit.recordSensitiveRead({ actor, query: 'invoiceContent', subject: stream, purpose: 'accounting' })
    return revealOf(deps)(fields)
  }

const leftOut: Reveal = fields => Promise.resolve(fields.map(() => ({ erased: 'not asked for' })))

/** @throws Problem UNAVAILABLE where this process was given no keys */
const revealOf = ({ replay }: ApiDependencies): Reveal => {
  if (replay?.reveal) return replay.reveal
  throw new Problem('UNAVAILABLE', {
    fr: 'Ce processus ne lit pas les données personnelles.',
    en: 'This process does not read personal data.',
  })
}

const notIssued = (): Problem =>
  new Problem('NOT_FOUND', {
    fr: 'Ce document n’a pas encore de numéro : son contenu est celui du brouillon.',
    en: 'This document has no number yet: its content is that of the draft.',
  })
