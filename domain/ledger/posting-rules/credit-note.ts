import type { EventReference, JournalEntry } from '../../shared/journal-entry.ts'
import { impossible } from '../../shared/values.ts'
import type { FrozenEntryLine, InvoiceContent, SalePosting } from '../../invoicing/public.ts'
import { opposite } from './lines.ts'
import { numberedEntry, saleLines } from './sale.ts'
import type { NumberedFacts } from './sale.ts'

/**
 * Credit note, version 1: the lines of a sale of its content on the opposite sides, bases and taxes negative. The
 * content of a credit note has positive amounts (EN 16931, type 381). It takes effect on the day it is issued.
 */

/** The lines of a credit note as its request freezes them. */
export const creditNoteLines = (content: InvoiceContent, posting: SalePosting): readonly FrozenEntryLine[] =>
  saleLines(content, posting).map(({ vat, ...line }) => ({
    ...line,
    side: opposite(line.side),
    ...(vat === undefined
      ? {}
      : {
          vat: {
            ...vat,
            base: -vat.base,
            tax: -vat.tax,
            taxPointOn: vat.taxPointOn === 'receipt' ? 'receipt' : 'issue',
          },
        }),
  }))

export const creditNoteRule = { id: 'creditNote', version: 1 } as const

export interface CreditNoteFacts extends Omit<NumberedFacts, 'dueOn'> {
  /** Where the invoice corrected was numbered. */
  readonly corrected: EventReference
}

/** What the entry of a credit note corrects: the invoice, by its place in the log and its number. */
export const correctedInvoice = ({
  content,
  corrected: { stream, revision },
}: Pick<CreditNoteFacts, 'content' | 'corrected'>): NonNullable<JournalEntry['corrects']> => ({
  stream,
  revision,
  documentReference: content.corrects?.number ?? impossible('a credit note of nothing'),
})

export const creditNoteEntry = (facts: CreditNoteFacts): JournalEntry =>
  numberedEntry(
    { ...facts, dueOn: facts.issuedOn },
    creditNoteRule,
    creditNoteLines(facts.content, facts.posting),
    correctedInvoice(facts),
  )
