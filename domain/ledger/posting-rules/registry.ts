import type { z } from 'zod'
import type { DomainEvent, EventDefinition } from '../../shared/events.ts'
import type { JournalEntry } from '../../shared/journal-entry.ts'
import { impossible } from '../../shared/values.ts'
import {
  AllocationReversed,
  CreditNoteIssued,
  InvoiceIssued,
  PaymentAllocated,
  PaymentReceived,
} from '../../invoicing/public.ts'
import { frozenEntry } from '../journal-entry.ts'
import { ManualEntryReversed, ManualEntryValidated } from '../manual-entry.events.ts'
import { creditNoteEntry } from './credit-note.ts'
import { manualEntry } from './manual.ts'
import { receiptEntry } from './receipt.ts'
import { reversalEntry } from './reversal.ts'
import { saleEntry } from './sale.ts'
import { vatBackEntry, vatOnReceiptEntry } from './vat-on-receipt.ts'

/**
 * Every posting rule in every version that ever posted. A changed rule is a new version beside the old one: `verify`
 * makes each entry again with the version it names, from the facts of the event that carries it.
 */

type Remake = (event: DomainEvent) => JournalEntry | undefined

/** A rule for the events of one type. */
const from =
  <D extends z.ZodType>(
    definition: EventDefinition<`${string}.${string}`, D>,
    rule: (facts: z.output<D>) => JournalEntry | undefined,
  ): Remake =>
  event =>
    event.type === definition.type ? rule(event.data as z.output<D>) : undefined

/** A rule that events of several types carry entries of. */
const anyOf =
  (...remakes: readonly Remake[]): Remake =>
  event =>
    remakes.map(remake => remake(event)).find(entry => entry !== undefined)

const correctedBy = (entry: JournalEntry | undefined) => entry?.corrects ?? impossible('corrects nothing')

export const rules: Readonly<Record<string, Readonly<Record<number, Remake>>>> = {
  sale: { 1: from(InvoiceIssued, saleEntry) },
  creditNote: { 1: from(CreditNoteIssued, creditNoteEntry) },
  receipt: { 1: from(PaymentReceived, receiptEntry) },
  vatOnReceipt: { 1: from(PaymentAllocated, vatOnReceiptEntry) },
  manual: { 1: from(ManualEntryValidated, facts => frozenEntry(manualEntry(facts.journalEntry))) },
  reversal: {
    1: anyOf(
      from(ManualEntryReversed, facts =>
        reversalEntry({ ...facts, corrects: correctedBy(facts.journalEntry) }),
      ),
      from(AllocationReversed, facts => vatBackEntry(facts, correctedBy(facts.journalEntry))),
    ),
  },
}

/**
 * Makes the entry of an event again from the facts beside it, with the rule and version that it names.
 * @returns undefined where the event carries no entry, or where its rule would not have made one
 * @throws for a rule version that never existed, and for facts that no balanced entry can be made of
 */
export const recompute = (event: DomainEvent): JournalEntry | undefined => {
  const stored = (event.data as { readonly journalEntry?: JournalEntry }).journalEntry
  if (stored === undefined) return undefined
  const { id, version } = stored.rule
  const remake = rules[id]?.[version]
  return remake === undefined ? impossible(`rule ${id} version ${version}`) : remake(event)
}
