import type { ContextCommands } from '../definition.ts'
import { adoptChart, closeAccount, openAccount, openJournal, setPostingAccounts } from './chart.ts'
import {
  cancelManualEntry,
  changeManualEntry,
  draftManualEntry,
  reverseManualEntry,
  validateManualEntry,
} from './manual-entries.ts'
import { closePeriod, cutPeriod, lockJournal, unlockJournal } from './periods.ts'
import { ledgerSentences } from './sentences.ts'

/** The commands of the ledger. */
export const ledger: ContextCommands = {
  commands: [
    adoptChart,
    openAccount,
    closeAccount,
    openJournal,
    setPostingAccounts,
    lockJournal,
    unlockJournal,
    cutPeriod,
    closePeriod,
    draftManualEntry,
    changeManualEntry,
    cancelManualEntry,
    validateManualEntry,
    reverseManualEntry,
  ],
  sentences: ledgerSentences,
}
