import { z } from 'zod'
import {
  AccountNumber,
  Axes,
  Cents,
  CentsPositive,
  Code,
  Currency,
  Day,
  ExchangeRate,
  Instant,
  Quantity,
  Rate,
  Uuid,
  text,
  Unit,
} from './values.ts'

/**
 * The balanced entry that the event making a fact definitive carries under the key `journalEntry`. The ledger counts
 * exactly the events that have one. The shape is on disk: add an optional field under a new version, never edit.
 */

/** EN 16931 VAT category (UNCL5305), as the French rules allow them: BR-FR-15. */
export const VatCategory = z.enum(['S', 'E', 'AE', 'K', 'G', 'O', 'Z'])
export type VatCategory = z.output<typeof VatCategory>

/**
 * When the tax falls due: `delivery` of goods (CGI 269-2-a), the `debits` (invoice day, by option for services), or
 * the `receipts` (CGI 269-2-c).
 */
export const VatRegime = z.enum(['delivery', 'debits', 'receipts'])
export type VatRegime = z.output<typeof VatRegime>

/**
 * The tax a line states. On a revenue or expense line: what is taxed. On a tax line: the tax itself. `taxPoint` is
 * absent while the tax waits for its receipt. `side` says whose tax: collected on sales, deductible on purchases.
 */
export const LineVat = z.strictObject({
  side: z.enum(['collected', 'deductible']),
  category: VatCategory,
  rate: Rate,
  regime: VatRegime,
  /** Taxable base behind this line, signed like the line's natural side. */
  base: Cents,
  /** Tax behind this line; zero on a line that only states its base. */
  tax: Cents,
  taxPoint: Day.optional(),
  /** VATEX code where the category is not S. */
  exemptionCode: text(40).optional(),
})
export type LineVat = z.output<typeof LineVat>

/** The same amount in the document's currency, where that is not the entity's. */
export const DocumentAmount = z.strictObject({
  currency: Currency,
  /** Debit positive, credit negative. */
  amount: Cents,
  rate: ExchangeRate,
  rateSource: text(60),
  rateDay: Day,
})

export const EntryLine = z.strictObject({
  account: AccountNumber,
  /** The third party, on accounts kept by third party (40, 41, 42, 45, 46). `kind` says what the id names. */
  auxiliary: z
    .strictObject({ kind: z.enum(['customer', 'supplier', 'person']), id: Uuid, code: text(40) })
    .optional(),
  label: text(200),
  side: z.enum(['debit', 'credit']),
  amount: CentsPositive,
  dueOn: Day.optional(),
  vat: LineVat.optional(),
  document: DocumentAmount.optional(),
  quantity: Quantity.optional(),
  /** UN/ECE Recommendation 20 code of the quantity's unit. */
  unit: Unit.optional(),
  axes: Axes.optional(),
})
export type EntryLine = z.output<typeof EntryLine>

export const JournalEntry = z.strictObject({
  entityId: Uuid,
  /** Code of the journal: VE, BQ, OD… */
  journal: Code,
  /** The day the fact is dated. The posting day is the ledger's to say: a cut period moves it (PROTOCOL 25). */
  accountingDate: Day,
  /** FEC PieceDate and PieceRef. */
  documentDate: Day,
  documentReference: text(40),
  label: text(200),
  /** Currency of every amount: the entity's. */
  currency: Currency,
  /** The posting rule that made it, so that `verify` can make it again from the facts of the same event. */
  rule: z.strictObject({
    /** Open on disk, so that a new rule is no new version of every event that carries an entry. */
    id: Code,
    version: z.int().min(1),
  }),
  /** The entry this one corrects: where the event that carries it stands (PROTOCOL 5). */
  corrects: z
    .strictObject({ stream: text(200), revision: z.int().min(0), documentReference: text(40) })
    .optional(),
  lines: z.array(EntryLine).min(2).max(500),
})
export type JournalEntry = z.output<typeof JournalEntry>

/** Where a fact stands in the log: events name each other so, never by position (PROTOCOL 5). */
export const EventReference = z.strictObject({
  stream: text(200),
  revision: z.int().min(0),
  eventId: Uuid,
  recordedAt: Instant,
})
export type EventReference = z.output<typeof EventReference>
