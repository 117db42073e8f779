import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AccountNumber, Day, Period, Uuid } from '../../../domain/shared/values.ts'
import { receivables } from '../../../projections/invoicing/receivables.ts'
import { accountPage } from '../../../projections/ledger/accounts.queries.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { letteredPartyPage, partyBalances } from '../../../projections/ledger/parties.queries.ts'
import type { PartyLine } from '../../../projections/ledger/parties.queries.ts'
import { requireEntity } from '../../sign-in/rights.ts'
import { exportRoute } from '../exports.ts'
import type { RouteModule } from '../index.ts'
import { IdParameter, asOfParameter, pageOf, pageParameters, reading } from '../reading.ts'
import { accountRows, lineFields } from './exports.ts'
import { inOrder } from './ranges.ts'
import { sum } from '../fields.ts'

const area = 'ledger'

const LinesQuery = z.strictObject({
  entityId: Uuid,
  from: Day.describe('First posting day'),
  to: Day.describe('Last posting day, inclusive'),
  asOf: asOfParameter,
  ...pageParameters,
})
const PartyQuery = LinesQuery.extend({ account: AccountNumber.optional() })
const AccountParameter = z.strictObject({ account: AccountNumber })

const Line = z.strictObject({
  ordinal: z.int().describe('The event in the log: what to ask explain'),
  line: z.int(),
  account: z.string(),
  postedOn: z.string(),
  journal: z.string(),
  number: z.int(),
  documentReference: z.string(),
  label: z.string(),
  partyId: z.string().nullable(),
  partyCode: z.string().nullable(),
  dueOn: z.string().nullable(),
  moved: z.boolean().describe('Dated in a period that was cut before it'),
  amount: z.int(),
  balance: sum().describe('Opening and all lines up to this one'),
  stream: z.string().describe('Stream of the event that carries the entry'),
})
const PartyLineShape = Line.extend({
  documentId: z.string().nullable().describe('Invoice, credit note or payment that the line stands for'),
  leftOpen: z.int().nullable().describe('What is left of that document; null where there is none'),
  lettering: z.string().nullable().describe('Code of the documents that settle each other to the cent'),
})
const pageOfLines = (line: z.ZodType) =>
  z.strictObject({
    opening: sum().describe('Before the first line of the page'),
    items: z.array(line),
    next: z.string().optional(),
  })

const wireLines = <L>({
  opening,
  lines,
  next,
}: {
  opening: bigint
  lines: readonly L[]
  next: string | undefined
}) => ({
  opening,
  items: lines,
  ...(next !== undefined && { next }),
})

const wirePartyLine = ({ document, ...line }: PartyLine) => ({
  ...line,
  documentId: document?.documentId ?? null,
  leftOpen: document?.leftOpen ?? null,
  lettering: document?.code ?? null,
})

const Sums = {
  opening: sum().describe('Debit positive, credit negative, minor units'),
  debit: sum(),
  credit: sum(),
  closing: sum(),
}
const PartiesQuery = z.strictObject({
  entityId: Uuid,
  from: Period.describe('First month'),
  to: Period.describe('Last month, inclusive'),
  account: AccountNumber.optional().describe('One account alone'),
  asOf: asOfParameter,
  ...pageParameters,
})
const Parties = z.strictObject({
  items: z.array(
    z.strictObject({
      partyId: z.string(),
      partyCode: z.string(),
      partyKind: z.string(),
      account: z.string(),
      ...Sums,
    }),
  ),
  next: z.string().optional(),
  ...Sums,
})

/** The moment that a page is asked for. */
const momentOf = (asOf: string | undefined) => (asOf === undefined ? {} : { asOf: Number(asOf) })

const ACCOUNT_LINES = '/api/ledger/accounts/:account/lines'

/** The account that is asked for, within the rights of who asks. */
const accountAsked = (request: FastifyRequest) => {
  const { entityId, from, to, asOf } = request.query as z.output<typeof LinesQuery>
  requireEntity(request, area, entityId)
  inOrder(from, to)
  const { account } = request.params as z.output<typeof AccountParameter>
  return { entityId, account, from, to, ...momentOf(asOf) }
}

/** Accounts and third parties line by line, and the balances of third parties. */
export const lineRoutes: RouteModule = (app, deps) => {
  app.get(ACCOUNT_LINES, {
    schema: {
      summary: 'One account line by line, with its running balance',
      params: AccountParameter,
      querystring: LinesQuery,
      response: { 200: pageOfLines(Line) },
    },
    handler: async request => {
      const asked = { ...accountAsked(request), ...pageOf(request.query as z.output<typeof LinesQuery>) }
      return wireLines(await reading(deps, request, [ledger], db => accountPage(db, asked)))
    },
  })
  exportRoute(app, deps, {
    path: ACCOUNT_LINES,
    summary: 'One account line by line',
    params: AccountParameter,
    projections: [ledger],
    querystring: LinesQuery,
    fields: lineFields,
    rows: request => {
      const asked = accountAsked(request)
      return client => accountRows(client, asked)
    },
  })
  app.get('/api/ledger/parties/:id/lines', {
    schema: {
      summary: 'One third party line by line, with its running balance and its lettering',
      params: IdParameter,
      querystring: PartyQuery,
      response: { 200: pageOfLines(PartyLineShape) },
    },
    handler: async request => {
      const { entityId, from, to, account, asOf, ...page } = request.query as z.output<typeof PartyQuery>
      requireEntity(request, area, entityId)
      inOrder(from, to)
      const { id: partyId } = request.params as z.output<typeof IdParameter>
      const asked = {
        ...{ entityId, partyId, from, to },
        ...(account !== undefined && { account }),
        ...momentOf(asOf),
        ...pageOf(page),
      }
      const { lines, ...found } = await reading(deps, request, [ledger, receivables], db =>
        letteredPartyPage(db, asked),
      )
      return wireLines({ ...found, lines: lines.map(wirePartyLine) })
    },
  })
  app.get('/api/ledger/parties', {
    schema: {
      summary: 'Balances of third parties: the subsidiary ledger',
      querystring: PartiesQuery,
      response: { 200: Parties },
    },
    handler: async request => {
      const { entityId, from, to, account, asOf, ...page } = request.query as z.output<typeof PartiesQuery>
      requireEntity(request, area, entityId)
      inOrder(from, to)
      const asked = {
        ...{ entityId, from, to, ...(account !== undefined && { account }) },
        ...momentOf(asOf),
        ...pageOf(page),
      }
      const { rows, next, ...sums } = await reading(deps, request, [ledger], db => partyBalances(db, asked))
      return { items: rows, ...(next !== undefined && { next }), ...sums }
    },
  })
}
