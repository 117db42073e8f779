import type { z } from 'zod'
import { CreditNoteIssued, InvoiceIssued } from '../../domain/invoicing/invoice.events.ts'
import { PaymentReceived } from '../../domain/invoicing/payment.events.ts'
import { AllocationReversed, PaymentAllocated } from '../../domain/invoicing/receivable.events.ts'
import { ManualEntryReversed, ManualEntryValidated } from '../../domain/ledger/manual-entry.events.ts'
import { entryOf } from '../../domain/ledger/posting.ts'
import type { EntryLine, JournalEntry } from '../../domain/shared/journal-entry.ts'
import type { RecordedEvent } from '../../projections/definition.ts'
import { placeOf, typesOf } from '../check.ts'
import type { Check } from '../check.ts'
import { ManualDrafts, draftEvents } from '../manual-drafts.ts'

/**
 * What an entry must come to, said from the figures of its document and not by the rule that made it: a faulty rule
 * makes the same faulty entry again, and only another eye sees it.
 */
export const figures: Check = {
  name: 'figures',
  title: {
    fr: 'Chaque écriture donne les montants de son document, compte par compte',
    en: 'Each entry comes to the amounts of its document, account by account',
  },
  begin: (_, report) => {
    const drafts = new ManualDrafts(lines => sumsOf(lines))
    return {
      types: typesOf(...draftEvents, ...CARRIERS),
      see: event => {
        if (drafts.note(event)) return
        const expected = expectedOf(event, drafts)
        const found = sumsOf(entryOf(event)?.lines)
        for (const account of new Set([...expected.keys(), ...found.keys()])) {
          const is = found.get(account) ?? 0n
          const due = expected.get(account) ?? 0n
          if (is !== due) report(placeOf(event), faultOf(entryOf(event), account, is, due))
        }
      },
    }
  },
}

const CARRIERS = [
  InvoiceIssued,
  CreditNoteIssued,
  PaymentReceived,
  PaymentAllocated,
  AllocationReversed,
  ManualEntryValidated,
  ManualEntryReversed,
] as const

const faultOf = (entry: JournalEntry | undefined, account: string, found: bigint, expected: bigint) => {
  const reference = entry?.documentReference ?? ''
  return {
    code: entry ? 'ENTRY_NOT_OF_DOCUMENT' : 'ENTRY_MISSING',
    found: `${account}: ${found}`,
    expected: `${account}: ${expected}`,
    sentence: {
      fr: `L’écriture ${reference} porte ${found} sur ${account} ; son document donne ${expected} (centimes, débit positif).`,
      en: `The entry ${reference} has ${found} on ${account}; its document gives ${expected} (cents, debit positive).`,
    },
  }
}

/** Debit positive, by what is told apart: account, third party, and the tax that waits or is due. */
type Sums = Map<string, bigint>

const add = (sums: Sums, name: string, amount: bigint): void => {
  if (amount !== 0n) sums.set(name, (sums.get(name) ?? 0n) + amount)
}

const sumsOf = (lines: readonly EntryLine[] = [], sign = 1n): Sums => {
  const sums: Sums = new Map()
  for (const { account, side, amount, auxiliary, vat } of lines) {
    const signed = (side === 'debit' ? amount : -amount) * sign
    add(sums, account, signed)
    if (auxiliary) add(sums, `${account} ${auxiliary.id}`, signed)
    if (vat?.tax)
      add(
        sums,
        `VAT ${vat.category} ${vat.rate} ${vat.taxPoint === undefined ? 'waiting' : 'due'}`,
        vat.tax * sign,
      )
  }
  return sums
}

const expectedOf = ({ type, data }: RecordedEvent, drafts: ManualDrafts<Sums>): Sums => {
  switch (type) {
    case InvoiceIssued.type:
      return ofDocument(data as z.output<typeof InvoiceIssued.data>, 1n)
    case CreditNoteIssued.type:
      return ofDocument(data as z.output<typeof CreditNoteIssued.data>, -1n)
    case PaymentReceived.type:
      return ofPayment(data as z.output<typeof PaymentReceived.data>)
    case PaymentAllocated.type:
      return ofReleases(data as z.output<typeof PaymentAllocated.data>, 1n)
    case AllocationReversed.type:
      return ofReleases(data as z.output<typeof AllocationReversed.data>, -1n)
    case ManualEntryValidated.type: {
      const { entryId } = data as z.output<typeof ManualEntryValidated.data>
      return drafts.take(entryId) ?? new Map<string, bigint>()
    }
    default:
      return sumsOf((data as z.output<typeof ManualEntryReversed.data>).original.lines, -1n)
  }
}

type Document = Pick<z.output<typeof InvoiceIssued.data>, 'content' | 'posting'>

const ofDocument = ({ content, posting }: Document, sign: 1n | -1n): Sums => {
  const sums: Sums = new Map()
  add(sums, posting.customers, sign * content.totals.gross)
  add(sums, `${posting.customers} ${content.buyer.customerId}`, sign * content.totals.gross)
  for (const { account, net } of [...content.lines, ...content.charges]) add(sums, account, -sign * net)
  for (const { category, rate, parts } of content.vat)
    for (const { regime, tax } of parts) {
      const waits = regime === 'receipts'
      add(sums, waits ? posting.vatCollectedPending : posting.vatCollected, -sign * tax)
      add(sums, `VAT ${category} ${rate} ${waits ? 'waiting' : 'due'}`, sign * tax)
    }
  return sums
}

const ofPayment = (payment: z.output<typeof PaymentReceived.data>): Sums => {
  const sums: Sums = new Map()
  add(sums, payment.bankAccount, payment.amount)
  add(sums, payment.customerAccount, -payment.amount)
  add(sums, `${payment.customerAccount} ${payment.customer.customerId}`, -payment.amount)
  return sums
}

type Releases = Pick<z.output<typeof PaymentAllocated.data>, 'settlements' | 'source'>

/** Tax that waited becomes due with a payment; a credit note that pays takes its own out of waiting as well. */
const ofReleases = ({ settlements, source }: Releases, sign: 1n | -1n): Sums => {
  const sums: Sums = new Map()
  const release = (releases: Releases['source']['vat'], direction: bigint): void => {
    for (const { category, rate, pendingAccount, dueAccount, tax } of releases) {
      add(sums, pendingAccount, direction * tax)
      add(sums, dueAccount, -direction * tax)
      add(sums, `VAT ${category} ${rate} waiting`, -direction * tax)
      add(sums, `VAT ${category} ${rate} due`, direction * tax)
    }
  }
  for (const { vat } of settlements) release(vat, sign)
  release(source.vat, -sign)
  return sums
}
