import type { ContextCommands } from '../definition.ts'
import { allocatePayment, reverseAllocation } from './allocations.ts'
import { cancelInvoiceDraft, changeInvoiceDraft, draftInvoice } from './draft.ts'
import { issueInvoice } from './issue.ts'
import { recordPayment } from './payments.ts'
import { abandonInvoice } from './release.ts'
import { invoicingSentences } from './sentences.ts'

/** The commands of invoicing. */
export const invoicing: ContextCommands = {
  commands: [
    draftInvoice,
    changeInvoiceDraft,
    cancelInvoiceDraft,
    abandonInvoice,
    issueInvoice,
    recordPayment,
    allocatePayment,
    reverseAllocation,
  ],
  sentences: invoicingSentences,
}
