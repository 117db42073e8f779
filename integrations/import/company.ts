import { z } from 'zod'
import { Address, Siren, Siret, VatNumber } from '../../domain/shared/party.ts'
import { AccountNumber, Code, Currency, Day, multiline, text } from '../../domain/shared/values.ts'

/** The company whose business a profile plays: what is set up before the first order. */
export const Company = z.strictObject({
  code: Code,
  name: text(200),
  legalForm: text(60),
  capital: text(40).optional(),
  registration: text(60).optional(),
  siren: Siren,
  siret: Siret.optional(),
  vatNumber: VatNumber,
  address: Address,
  currency: Currency,
  timeZone: text(60),
  /** When VAT on services falls due. */
  servicesVat: z.enum(['receipts', 'debits']),
  fiscalYears: z.array(z.strictObject({ year: Code, startsOn: Day, endsOn: Day })).min(1),
  /** Accounts below those of the chart, opened before they are used. */
  accounts: z.array(
    z.strictObject({ account: AccountNumber, label: text(120), auxiliary: z.enum(['customer']).optional() }),
  ),
  journals: z
    .array(
      z.strictObject({
        journal: Code,
        label: text(60),
        kind: z.enum(['sale', 'bank', 'operations']),
        treasuryAccount: AccountNumber.optional(),
      }),
    )
    .min(1),
  /** Which accounts and journals the posting rules take. */
  posting: z.strictObject({
    customers: AccountNumber,
    vatCollected: AccountNumber,
    vatCollectedPending: AccountNumber,
    freight: AccountNumber,
    saleJournal: Code,
    operationsJournal: Code,
  }),
  series: z.strictObject({ series: Code, journal: Code, pattern: text(40) }),
  terms: z.strictObject({
    paymentTermDays: z.int().min(0).max(60),
    latePaymentNote: multiline(1000),
    recoveryNote: multiline(1000),
    discountNote: multiline(1000),
  }),
  /** VAT that sales within the country bear, in per cent: what the control totals are computed with. */
  controlVatPercent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/),
})
export type Company = z.output<typeof Company>
