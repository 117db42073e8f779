import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { AccountNumber, Code, Day, Uuid, text } from '../shared/values.ts'

/** Stream `chart-<entityId>`: accounts, journals, and which account a posting rule takes for what. */

/** The entity keeps its books on a standard chart; its accounts exist from then on, those below it are opened. */
export const ChartAdopted = defineEvent(
  'ledger.ChartAdopted',
  z.strictObject({ entityId: Uuid, chart: z.enum(['PCG']), edition: z.int().min(2026) }),
)

export const AccountOpened = defineEvent(
  'ledger.AccountOpened',
  z.strictObject({
    entityId: Uuid,
    account: AccountNumber,
    label: text(120),
    /** Third party kept by it: every line then names one. */
    auxiliary: z.enum(['customer', 'supplier', 'person']).optional(),
    /** Lettering by hand is possible (accounts without third parties only). */
    lettering: z.boolean().optional(),
  }),
)
/** No new entry may use it. */
export const AccountClosed = defineEvent(
  'ledger.AccountClosed',
  z.strictObject({ entityId: Uuid, account: AccountNumber }),
)

export const JournalKind = z.enum([
  'sale',
  'purchase',
  'bank',
  'cash',
  'operations',
  'payroll',
  'expenses',
  'opening',
  'closing',
])
export type JournalKind = z.output<typeof JournalKind>

export const JournalOpened = defineEvent(
  'ledger.JournalOpened',
  z.strictObject({
    entityId: Uuid,
    journal: Code,
    label: text(60),
    kind: JournalKind,
    /** The 512 or 53 account of a bank or cash journal. */
    treasuryAccount: AccountNumber.optional(),
  }),
)

/** Which accounts the posting rules take, from a day on. */
export const PostingAccountsSet = defineEvent(
  'ledger.PostingAccountsSet',
  z.strictObject({
    entityId: Uuid,
    from: Day,
    customers: AccountNumber,
    /** 44571 collected; 44574 collected, waiting for the receipt. */
    vatCollected: AccountNumber,
    vatCollectedPending: AccountNumber,
    /** 7085x: freight charged to customers. */
    freight: AccountNumber,
    saleJournal: Code,
    operationsJournal: Code,
  }),
)

export const chartEvents = [
  ChartAdopted,
  AccountOpened,
  AccountClosed,
  JournalOpened,
  PostingAccountsSet,
] as const
export type ChartEvent = EventOf<typeof chartEvents>
