import { z } from 'zod'
import { EntryLine, VatCategory, VatRegime } from '../shared/journal-entry.ts'
import { Address, DeliveryPlace, ElectronicAddress, Party, Siren, Siret, VatNumber } from '../shared/party.ts'
import {
  AccountNumber,
  Axes,
  Cents,
  CentsNotNegative,
  CentsPositive,
  Code,
  Currency,
  Day,
  Quantity,
  Rate,
  UnitPrice,
  Uuid,
  multiline,
  text,
  Unit,
} from '../shared/values.ts'

/**
 * What an invoice says, frozen when its issue is asked for: complete for EN 16931 and for French law (CGI ann. II
 * 242 nonies A, C. com. L441-9), so that the e-invoice of any later day is written from here and from nothing else.
 * Number, issue day and due day are not here: the registrar gives them. The amounts of a credit note are positive, as
 * on paper: its type code and its posting rule turn them round.
 */

export const Seller = z.strictObject({
  name: text(200),
  legalForm: text(60),
  capital: text(40).optional(),
  registration: text(60).optional(),
  siren: Siren,
  siret: Siret.optional(),
  vatNumber: VatNumber,
  address: Address,
  electronicAddress: ElectronicAddress.optional(),
})

export const Buyer = z.strictObject({ customerId: Uuid, code: text(20), party: Party })

/** The VAT of a line, a charge or an allowance (BT-151/152, BT-102/103, BT-95/96). */
export const ItemVat = z.strictObject({
  category: VatCategory,
  rate: Rate,
  regime: VatRegime,
  /** The article that exempts this very line (242 nonies A-I 12°): VATEX code and its sentence. */
  exemptionCode: text(40).optional(),
  exemptionReason: text(200).optional(),
})

/** The order's line that is billed, with the customer's own order number: each must be named (C. com. L441-9). */
export const OrderLineReference = z.strictObject({
  orderId: Uuid,
  lineId: Uuid,
  number: text(35),
  purchaseOrder: text(60).optional(),
})

/** Order, delivery and invoice line stay linked: the audit trail that CGI 289-V asks for. */
export const DeliveryReference = z.strictObject({ deliveryId: Uuid, deliveredOn: Day })

export const InvoiceLine = z.strictObject({
  /** BT-126: "1", "2"… in the document's order. */
  number: z.string().regex(/^[1-9]\d{0,3}$/),
  /** What is billed: the claim on an order's line. */
  order: OrderLineReference.optional(),
  /** The delivery that this line bills: what goes out in two deliveries stands on two lines. */
  delivery: DeliveryReference.optional(),
  /** On a credit note: the number of the line it credits. */
  credits: z.strictObject({ line: z.string().regex(/^[1-9]\d{0,3}$/) }).optional(),
  productId: Uuid.optional(),
  /** BT-155, BT-153, BT-154. */
  productCode: text(40).optional(),
  name: text(200),
  description: text(1000).optional(),
  operation: z.enum(['goods', 'services']),
  /** BT-129, BT-130. */
  quantity: Quantity,
  unit: Unit,
  /** Gross unit price and discount agreed (BT-148, and the line allowance BG-27 that the discount makes). */
  unitPrice: UnitPrice,
  discountRate: Rate,
  /** BT-131: quantity × unit price × (1 − discount), rounded half up once. */
  net: Cents,
  vat: ItemVat,
  account: AccountNumber,
  axes: Axes.optional(),
})
export type InvoiceLine = z.output<typeof InvoiceLine>

/** A charge on the whole document (BG-21): freight. `reasonCode` is UNCL7161, FC for freight. */
export const DocumentCharge = z.strictObject({
  reasonCode: text(4),
  reason: text(100),
  net: CentsPositive,
  vat: ItemVat,
  account: AccountNumber,
  order: z.strictObject({ orderId: Uuid, number: text(35) }).optional(),
  /** On a credit note: which charge of the invoice it credits, counted from 1. */
  credits: z.strictObject({ charge: z.int().min(1).max(20) }).optional(),
})

/**
 * VAT of the document by category and rate (BG-23): rounded once on the sum of nets, half up (BR-CO-17, BR-S-08).
 * `parts` splits it by regime for the ledger; they add up to it, the last one takes the remainder.
 */
export const VatTotal = z.strictObject({
  category: VatCategory,
  rate: Rate,
  base: Cents,
  tax: Cents,
  parts: z
    .array(z.strictObject({ regime: VatRegime, base: Cents, tax: Cents }))
    .min(1)
    .max(3),
  /** BT-121 and BT-120 where the category is not S. */
  exemptionCode: text(40).optional(),
  exemptionReason: text(200).optional(),
})
export type VatTotal = z.output<typeof VatTotal>

/** A note (BG-1): PMT recovery fee, PMD penalties, AAB discount, each once (BR-FR-05/06); BAR the kind of buyer. */
export const InvoiceNote = z.strictObject({
  subject: z.enum(['PMT', 'PMD', 'AAB', 'BAR', 'TXD', 'REG', 'AAI']),
  text: multiline(1000),
})

export const InvoiceContent = z.strictObject({
  /** BT-3, UNTDID 1001: 380 invoice, 381 credit note, 384 corrected invoice, 386 deposit invoice. */
  typeCode: z.enum(['380', '381', '384', '386']),
  /** BT-23: B1 goods, S1 services, M1 both (BR-FR-08). */
  businessProcess: z.enum(['B1', 'S1', 'M1', 'B2', 'S2', 'M2', 'B4', 'S4', 'M4']),
  currency: Currency,
  seller: Seller,
  buyer: Buyer,
  deliverTo: DeliveryPlace.optional(),
  /** BT-72: day of the last delivery of goods billed, of services where no goods are. */
  deliveredOn: Day.optional(),
  /** BT-10, BT-13, BT-12. */
  buyerReference: text(60).optional(),
  purchaseOrder: text(60).optional(),
  contract: text(60).optional(),
  deliveries: z.array(z.strictObject({ deliveryId: Uuid, orderId: Uuid, deliveredOn: Day })).max(200),
  /** What a credit note or a corrected invoice corrects, by number and day (BG-3). */
  corrects: z.strictObject({ invoiceId: Uuid, number: text(35), issuedOn: Day }).optional(),
  lines: z.array(InvoiceLine).min(1).max(500),
  charges: z.array(DocumentCharge).max(20),
  vat: z.array(VatTotal).min(1).max(20),
  totals: z.strictObject({
    /** BT-106, BT-108, BT-109, BT-110, BT-112, BT-113, BT-115. */
    lines: Cents,
    charges: CentsNotNegative,
    net: Cents,
    tax: Cents,
    gross: Cents,
    prepaid: CentsNotNegative,
    payable: Cents,
  }),
  /** The mention "Option pour le paiement de la taxe d'après les débits" (CGI ann. II 242 nonies A-I 11° bis). */
  vatOnDebits: z.boolean(),
  notes: z.array(InvoiceNote).max(20),
  paymentTermDays: z.int().min(0).max(60),
  /** BG-16: 30 credit transfer, to the seller's own account. Absent on a credit note, and where none is set. */
  payment: z
    .strictObject({
      means: z.enum(['30', '58', '59', '10', '20', '48']),
      iban: text(34).optional(),
      bic: text(11).optional(),
    })
    .optional(),
})
export type InvoiceContent = z.output<typeof InvoiceContent>

/**
 * What the posting rule takes besides the content. Frozen with it, so that the entry can be made again from the
 * event that carries it, whatever became of the chart since.
 */
export const SalePosting = z.strictObject({
  journal: Code,
  /** Currency of the entity's ledger, which every amount of the entry is in. */
  currency: Currency,
  /** Label of the entry and of its lines, behind the number: "<number> <label>" keeps within the entry's bound. */
  label: text(160),
  customers: AccountNumber,
  vatCollected: AccountNumber,
  vatCollectedPending: AccountNumber,
})
export type SalePosting = z.output<typeof SalePosting>

/**
 * The entry's lines as fixed at the request: only the days that the registrar gives are missing. `due` asks for the
 * due day on the line; `taxPointOn` says which day is the tax point: a known one, the issue day, or a later receipt.
 */
export const FrozenEntryLine = z.strictObject({
  account: AccountNumber,
  auxiliary: EntryLine.shape.auxiliary,
  label: text(160),
  side: z.enum(['debit', 'credit']),
  amount: CentsPositive,
  due: z.boolean().optional(),
  vat: z
    .strictObject({
      side: z.enum(['collected', 'deductible']),
      category: VatCategory,
      rate: Rate,
      regime: VatRegime,
      base: Cents,
      tax: Cents,
      taxPointOn: z.union([Day, z.enum(['issue', 'receipt'])]),
      exemptionCode: text(40).optional(),
    })
    .optional(),
  document: EntryLine.shape.document,
  quantity: EntryLine.shape.quantity,
  unit: EntryLine.shape.unit,
  axes: EntryLine.shape.axes,
})
export type FrozenEntryLine = z.output<typeof FrozenEntryLine>
