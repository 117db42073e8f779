import { z } from 'zod'
import { Address, Siren, Siret, VatNumber } from '../../domain/shared/party.ts'
import { AccountNumber, Code, Currency, Day, multiline, text } from '../../domain/shared/values.ts'

/** The company whose business is played: what is set up before the first order. */

const SubAccount = z.strictObject({
  account: AccountNumber,
  label: text(120),
  auxiliary: z.enum(['customer']).optional(),
})
const Journal = z.strictObject({
  journal: Code,
  label: text(60),
  kind: z.enum(['sale', 'bank', 'operations']),
  /** The 512 account of a bank journal. */
  treasuryAccount: AccountNumber.optional(),
})
/** Which accounts and journals the posting rules take. */
const Posting = z.strictObject({
  customers: AccountNumber,
  vatCollected: AccountNumber,
  vatCollectedPending: AccountNumber,
  freight: AccountNumber,
  saleJournal: Code,
  operationsJournal: Code,
})
const Series = z.strictObject({ series: Code, journal: Code, pattern: text(40) })
const Terms = z.strictObject({
  paymentTermDays: z.int().min(0).max(60),
  latePaymentNote: multiline(1000),
  recoveryNote: multiline(1000),
  discountNote: multiline(1000),
  iban: z
    .string()
    .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/)
    .optional(),
})

/** What a French company that sells usually has: taken where a profile does not say otherwise. */
const USUAL: {
  readonly accounts: z.input<typeof SubAccount>[]
  readonly journals: z.input<typeof Journal>[]
  readonly posting: z.input<typeof Posting>
  readonly series: z.input<typeof Series>
  readonly terms: z.input<typeof Terms>
} = {
  accounts: [
    { account: '44574', label: "TVA collectée en attente d'encaissement" },
    { account: '70851', label: 'Ports refacturés aux clients' },
  ],
  journals: [
    { journal: 'VE', label: 'Ventes', kind: 'sale' },
    { journal: 'BQ', label: 'Banque', kind: 'bank', treasuryAccount: '512' },
    { journal: 'OD', label: 'Opérations diverses', kind: 'operations' },
  ],
  posting: {
    customers: '411',
    vatCollected: '44571',
    vatCollectedPending: '44574',
    freight: '70851',
    saleJournal: 'VE',
    operationsJournal: 'OD',
  },
  series: { series: 'F', journal: 'VE', pattern: 'F{year}-{number:6}' },
  // The three sentences that C. com. L441-9, L441-10 and D441-5 ask for, at their legal rates.
  terms: {
    paymentTermDays: 30,
    latePaymentNote:
      'Pénalités de retard : taux de refinancement de la Banque centrale européenne majoré de 10 points.',
    recoveryNote: 'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 EUR.',
    discountNote: "Pas d'escompte pour paiement anticipé.",
  },
}

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
  currency: Currency.default('EUR'),
  timeZone: text(60).default('Europe/Paris'),
  /** When VAT on services falls due. */
  servicesVat: z.enum(['receipts', 'debits']).default('receipts'),
  fiscalYears: z.array(z.strictObject({ year: Code, startsOn: Day, endsOn: Day })).min(1),
  /** Accounts below those of the chart, opened before they are used. */
  accounts: z.array(SubAccount).prefault(USUAL.accounts),
  journals: z.array(Journal).min(1).prefault(USUAL.journals),
  posting: Posting.prefault(USUAL.posting),
  series: Series.prefault(USUAL.series),
  terms: Terms.prefault(USUAL.terms),
})
export type Company = z.output<typeof Company>
