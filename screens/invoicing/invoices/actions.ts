import type { Answer } from '../../api/client.ts'
import { action } from '../../documents/declaration.ts'
import { typedIn, whole } from '../../forms/declaration.ts'
import { text } from '../../shapes/shapes.tsx'
import { changeDraft } from './change-draft.ts'
import { words } from './words.ts'

type Invoice = Answer<'/api/invoicing/invoices/{id}'>

const isDraft = ({ state }: Invoice): boolean => state === 'draft'

/** The number comes with the answer, as a rule: it is the registrar's to give. */
const issue = action(
  isDraft,
  {
    command: 'invoicing.issueInvoice',
    title: words.issue,
    submit: words.issue,
    fields: [],
    begin: () => ({}),
    input: (_, { invoiceId }) => ({ invoiceId }),
    done: ({ result }) => (result ? [words.isIssued, { number: result.number }] : [words.numberComes, {}]),
  },
  { many: true },
)

const cancel = action(
  isDraft,
  {
    command: 'invoicing.cancelInvoiceDraft',
    title: words.cancelDraft,
    submit: words.cancelDraft,
    fields: [{ name: 'explanation', label: words.explanation, as: text, wide: true }],
    begin: () => ({}),
    input: (values, { invoiceId }) => {
      return whole({ invoiceId, explanation: typedIn(values)('explanation') })
    },
    done: () => [words.isCancelled, {}],
  },
  { many: true },
)

export const invoiceActions = [issue, changeDraft, cancel]
