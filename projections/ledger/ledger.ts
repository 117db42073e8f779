import type { Projection } from '../definition.ts'
import { axisBalance, dayBalance, partyBalance, periodBalance } from './balances.ts'
import { entryTable, lineTable } from './entries.ts'
import { fiscalYearTable, lockTable, periodTable } from './periods.ts'
import { postingStage } from './posting-stage.ts'

/** All that depends on posting day and entry number: one stage, one version, swapped together (PROTOCOL 24). */
export const ledger: Projection = {
  name: 'ledger',
  version: 3,
  comment: 'Entries, lines and balances of the ledger, its years and periods',
  stage: postingStage,
  tables: [
    entryTable,
    lineTable,
    periodBalance,
    dayBalance,
    partyBalance,
    axisBalance,
    fiscalYearTable,
    periodTable,
    lockTable,
  ],
}
