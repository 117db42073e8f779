import { z } from 'zod'
import { AccountNumber, Day, Period, Uuid } from '../../../domain/shared/values.ts'
import {
  accountList,
  accountPage,
  entryLineList,
  entryList,
  findManualEntry,
  journalList,
  journalLockList,
  manualEntryList,
  partyPage,
  periodList,
} from '../../../projections/ledger/accounts.queries.ts'
import type { LedgerPage } from '../../../projections/ledger/accounts.queries.ts'
import { chart } from '../../../projections/ledger/chart.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { manualEntries } from '../../../projections/ledger/manual-entries.ts'
import { trialBalance } from '../../../projections/ledger/trial-balance.queries.ts'
import { invalidInput } from '../../errors.ts'
import { requireEntity } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import type { RouteModule } from '../index.ts'
import { listRoutes } from '../lists.ts'
import { entryRoute } from './entry.ts'
import { IdParameter, asOfParameter, documentRoutes, pageOf, pageParameters, reading } from '../reading.ts'

const area = 'ledger'

const Balance = {
  opening: z.int().describe('Debit positive, credit negative, minor units'),
  debit: z.int(),
  credit: z.int(),
  closing: z.int(),
}
const TrialBalanceQuery = z.strictObject({
  entityId: Uuid,
  from: Period.describe('First month; its fiscal year says where openings begin'),
  to: Period.describe('Last month, inclusive'),
  axis: z
    .string()
    .regex(/^[a-z][A-Za-z]{0,29}$/)
    .optional(),
  value: z.string().max(60).optional().describe('Of the axis'),
  asOf: asOfParameter,
  ...visibilityParameters,
})
const TrialBalance = z.strictObject({
  lines: z.array(
    z.strictObject({
      account: z.string(),
      label: z.string(),
      ...Balance,
      notPosted: z.boolean().describe('The result of earlier years, as long as nobody posted it'),
    }),
  ),
  ...Balance,
  yearFrom: z.string(),
})

const LinesQuery = z.strictObject({
  entityId: Uuid,
  from: Day.describe('First posting day'),
  to: Day.describe('Last posting day, inclusive'),
  ...pageParameters,
})
const PartyQuery = LinesQuery.extend({ account: AccountNumber.optional() })
const AccountParameter = z.strictObject({ account: AccountNumber })
const Lines = z.strictObject({
  opening: z.int().describe('Before the first line of the page'),
  items: z.array(
    z.strictObject({
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
      balance: z.int().describe('Opening and all lines up to this one'),
    }),
  ),
  next: z.string().optional(),
})

/** @throws Problem INVALID_INPUT where a range ends before it begins */
const inOrder = ({ from, to }: { readonly from: string; readonly to: string }): void => {
  if (from <= to) return
  throw invalidInput([
    {
      field: 'to',
      expected: { fr: `${from} ou après`, en: `${from} or later` },
      fr: `Paramètre « to » : attendu ${from} ou après.`,
      en: `Parameter "to": expected ${from} or later.`,
    },
  ])
}

/** @throws Problem INVALID_INPUT where an axis has no value, or a value no axis */
const inPair = ({
  axis,
  value,
}: {
  readonly axis?: string | undefined
  readonly value?: string | undefined
}) => {
  if ((axis === undefined) === (value === undefined)) return
  const [missing, given] = axis === undefined ? ['axis', 'value'] : ['value', 'axis']
  throw invalidInput([
    {
      field: missing,
      expected: { fr: `« ${missing} » avec « ${given} »`, en: `"${missing}" with "${given}"` },
      fr: `Paramètre « ${missing} » : attendu avec « ${given} ».`,
      en: `Parameter "${missing}": expected with "${given}".`,
    },
  ])
}

const wireLines = ({ opening, lines, next }: LedgerPage) => ({
  opening,
  items: lines,
  ...(next !== undefined && { next }),
})

/** Lists of the ledger: chart, journals, entries, periods. */
const ledgerLists: RouteModule = (app, deps) => {
  const of = { area, projection: ledger } as const
  listRoutes(app, deps, [
    {
      area,
      projection: chart,
      path: '/api/ledger/accounts',
      summary: 'Chart of accounts',
      list: accountList,
    },
    { area, projection: chart, path: '/api/ledger/journals', summary: 'Journals', list: journalList },
    { ...of, path: '/api/ledger/entries', summary: 'Entries', list: entryList },
    { ...of, path: '/api/ledger/entry-lines', summary: 'Lines of entries', list: entryLineList },
    { ...of, path: '/api/ledger/periods', summary: 'Periods', list: periodList },
    { ...of, path: '/api/ledger/locks', summary: 'Locks of journals', list: journalLockList },
    {
      area,
      projection: manualEntries,
      path: '/api/ledger/manual-entries',
      summary: 'Entries by hand',
      list: manualEntryList,
    },
  ])
  documentRoutes(app, deps, {
    path: '/api/ledger/manual-entries',
    summary: 'An entry by hand',
    area,
    category: 'manualEntry',
    projection: manualEntries,
    find: findManualEntry,
    fields: manualEntryList.columns,
  })
}

export const ledgerRoutes: RouteModule = (app, deps) => {
  ledgerLists(app, deps)
  entryRoute(app, deps)
  app.get('/api/ledger/trial-balance', {
    schema: { summary: 'Trial balance', querystring: TrialBalanceQuery, response: { 200: TrialBalance } },
    handler: async request => {
      const query = request.query as z.output<typeof TrialBalanceQuery>
      const { entityId, from, to, axis, value, asOf } = query
      requireEntity(request, area, entityId)
      inOrder(query)
      inPair(query)
      const asked = {
        entityId,
        from,
        to,
        ...(axis !== undefined && value !== undefined && { axis: { name: axis, value } }),
        ...(asOf !== undefined && { asOf: Number(asOf) }),
      }
      return reading(deps, request, [ledger, chart], db => trialBalance(db, asked))
    },
  })
  app.get('/api/ledger/accounts/:account/lines', {
    schema: {
      summary: 'One account line by line, with its running balance',
      params: AccountParameter,
      querystring: LinesQuery,
      response: { 200: Lines },
    },
    handler: async request => {
      const { entityId, from, to, ...page } = request.query as z.output<typeof LinesQuery>
      requireEntity(request, area, entityId)
      inOrder({ from, to })
      const { account } = request.params as z.output<typeof AccountParameter>
      const asked = { entityId, account, from, to, ...pageOf(page) }
      return wireLines(await reading(deps, request, [ledger], db => accountPage(db, asked)))
    },
  })
  app.get('/api/ledger/parties/:id/lines', {
    schema: {
      summary: 'One third party line by line, with its running balance',
      params: IdParameter,
      querystring: PartyQuery,
      response: { 200: Lines },
    },
    handler: async request => {
      const query = request.query as z.output<typeof PartyQuery>
      const { entityId, from, to, account, ...page } = query
      requireEntity(request, area, entityId)
      inOrder({ from, to })
      const { id: partyId } = request.params as z.output<typeof IdParameter>
      const asked = {
        entityId,
        partyId,
        from,
        to,
        ...(account !== undefined && { account }),
        ...pageOf(page),
      }
      return wireLines(await reading(deps, request, [ledger], db => partyPage(db, asked)))
    },
  })
}
