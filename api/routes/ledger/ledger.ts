import {
  accountList,
  entryLineList,
  entryList,
  findManualEntry,
  journalList,
  journalLockList,
  manualEntryList,
  periodList,
} from '../../../projections/ledger/accounts.queries.ts'
import { chart } from '../../../projections/ledger/chart.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { manualEntries } from '../../../projections/ledger/manual-entries.ts'
import type { RouteModule } from '../index.ts'
import { commentsRoute } from '../comments.ts'
import { listRoutes } from '../lists.ts'
import { documentRoutes } from '../reading.ts'
import type { DocumentRoute } from '../reading.ts'
import { storyRoute } from '../story.ts'
import { entryRoute } from './entry.ts'
import { lineRoutes } from './lines.ts'
import { momentRoute } from './moments.ts'
import { monthRoutes } from './months.ts'
import { trialBalanceRoutes } from './trial-balance.ts'

const area = 'ledger'

const manualEntry = {
  path: '/api/ledger/manual-entries',
  summary: 'An entry by hand',
  area,
  category: 'manualEntry',
  projection: manualEntries,
  find: findManualEntry,
  fields: manualEntryList.columns,
} as const satisfies DocumentRoute

/** The ledger: chart, journals, entries, entries by hand, balances, months. */
export const ledgerRoutes: RouteModule = (app, deps) => {
  const of = { area, projection: ledger } as const
  listRoutes(app, deps, [
    {
      area,
      projection: chart,
      path: '/api/ledger/accounts',
      summary: 'Chart of accounts',
      list: accountList,
    },
    // Who records a payment names the journal of the bank, and need not read the books for it.
    {
      area: 'invoicing',
      projection: chart,
      path: '/api/ledger/journals',
      summary: 'Journals',
      list: journalList,
    },
    { ...of, path: '/api/ledger/entries', summary: 'Entries', list: entryList },
    { ...of, path: '/api/ledger/entry-lines', summary: 'Lines of entries', list: entryLineList },
    { ...of, path: '/api/ledger/periods', summary: 'Periods', list: periodList },
    { ...of, path: '/api/ledger/locks', summary: 'Locks of journals', list: journalLockList },
    {
      area,
      projection: manualEntries,
      path: manualEntry.path,
      summary: 'Entries by hand',
      list: manualEntryList,
    },
  ])
  documentRoutes(app, deps, manualEntry)
  storyRoute(app, deps, manualEntry)
  commentsRoute(app, deps, manualEntry)
  entryRoute(app, deps)
  trialBalanceRoutes(app, deps)
  lineRoutes(app, deps)
  monthRoutes(app, deps)
  momentRoute(app, deps)
}
