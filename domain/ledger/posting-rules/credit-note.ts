import type { JournalEntry } from '../../shared/journal-entry.ts'
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

export const creditNoteEntry = (facts: Omit<NumberedFacts, 'dueOn'>): JournalEntry =>
  numberedEntry(
    { ...facts, dueOn: facts.issuedOn },
    creditNoteRule,
    creditNoteLines(facts.content, facts.posting),
  )
