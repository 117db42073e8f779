/** What other contexts may use of the ledger: its books, its one constructor of entries, its posting rules. */
export { accountOf, chart, postingAccountsOn } from './chart.ts'
export type { Chart, PostingAccounts } from './chart.ts'
export { checkLines, journalEntry } from './journal-entry.ts'
export type { EntryRejection } from './journal-entry.ts'
export { numberedEntry, saleLines, saleRule } from './posting-rules/sale.ts'
export { correctedInvoice, creditNoteLines, creditNoteRule } from './posting-rules/credit-note.ts'
export { receiptEntry } from './posting-rules/receipt.ts'
export {
  releasedShare,
  settlementsInOneEntry,
  vatBackEntry,
  vatOnReceiptEntry,
} from './posting-rules/vat-on-receipt.ts'
