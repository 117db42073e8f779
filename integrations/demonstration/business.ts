/** What happens in the demonstration: orders with what becomes of them, counted in days from its beginning. */

export interface DemonstrationLine {
  readonly product: string
  readonly quantity: number
  /** Per cent. */
  readonly discount?: number
}

export interface DemonstrationOrder {
  readonly number: string
  readonly customer: string
  readonly orderedOn: number
  readonly lines: readonly DemonstrationLine[]
  /** Euros. */
  readonly freight?: number
  /** The customer's own order number. */
  readonly reference?: string
  /** Days of delivery. Of two, or where the rest is cancelled, the first takes half of every line. */
  readonly deliveredOn?: readonly number[]
  /** Days of the invoices, each of all that was delivered and not billed; one that is not `issued` stays a draft. */
  readonly invoicedOn?: readonly number[]
  readonly staysDraft?: boolean
  /** Payments of the first invoice: day, and per cent of its gross amount. */
  readonly paid?: readonly (readonly [day: number, percent: number])[]
  /** What was not delivered will not be, from that day on. */
  readonly remainderCancelledOn?: number
}

const line = (product: string, quantity: number, discount?: number): DemonstrationLine => ({
  product,
  quantity,
  ...(discount !== undefined && { discount }),
})

export const orders: readonly DemonstrationOrder[] = [
  {
    number: 'C-0001',
    customer: 'KERGUELEN',
    orderedOn: 1,
    lines: [line('CON-DIAG', 1), line('CON-SEN', 4)],
    deliveredOn: [9],
    invoicedOn: [10],
    paid: [[36, 100]],
    reference: 'BK-2217',
  },
  {
    number: 'C-0002',
    customer: 'MERCIER',
    orderedOn: 1,
    lines: [line('FOR-TAB', 2), line('KIT-PED', 8)],
    freight: 12.5,
    deliveredOn: [7],
    invoicedOn: [8],
    paid: [[33, 100]],
  },
  {
    number: 'C-0003',
    customer: 'LEGOFF',
    orderedOn: 2,
    lines: [line('FOR-SST', 3), line('KIT-SST', 12, 10)],
    freight: 24,
    deliveredOn: [8],
    invoicedOn: [9],
    paid: [
      [40, 50],
      [58, 50],
    ],
  },
  {
    number: 'C-0004',
    customer: 'CARADEC',
    orderedOn: 3,
    lines: [line('FOR-DIST', 14)],
    deliveredOn: [15],
    invoicedOn: [16],
    paid: [[17, 100]],
  },
  {
    number: 'C-0005',
    customer: 'TILLEULS',
    orderedOn: 4,
    lines: [line('CON-RGPD', 1), line('CON-JUN', 3, 5)],
    deliveredOn: [18],
    invoicedOn: [19],
    paid: [[70, 60]],
    reference: 'CT/ACH/0893',
  },
  {
    number: 'C-0006',
    customer: 'HORIZON',
    orderedOn: 8,
    lines: [line('LOC-SALLE', 2)],
    deliveredOn: [10],
    invoicedOn: [11],
    paid: [[24, 100]],
  },
  {
    number: 'C-0007',
    customer: 'DELINDE',
    orderedOn: 9,
    lines: [line('TAB-10', 6, 5), line('LIV-MAN', 10)],
    freight: 46,
    deliveredOn: [12],
    invoicedOn: [12],
    paid: [[37, 100]],
  },
  {
    number: 'C-0008',
    customer: 'DUBREUIL',
    orderedOn: 10,
    lines: [line('FOR-MAN', 2), line('LIV-MAN', 12)],
    deliveredOn: [16],
    invoicedOn: [17],
    paid: [[48, 100]],
  },
  {
    number: 'C-0009',
    customer: 'BOCAGE',
    orderedOn: 11,
    lines: [line('FOR-MAN', 4, 8), line('FOR-SST', 4), line('KIT-SST', 20)],
    freight: 38,
    deliveredOn: [21, 35],
    invoicedOn: [22, 36],
    paid: [[51, 100]],
    reference: 'RH-114',
  },
  {
    number: 'C-0010',
    customer: 'ALPINA',
    orderedOn: 14,
    lines: [line('CON-SEN', 3)],
    deliveredOn: [20],
    invoicedOn: [21],
    paid: [[45, 100]],
  },
  {
    number: 'C-0011',
    customer: 'PERRIN',
    orderedOn: 15,
    lines: [line('CON-RGPD', 1)],
    deliveredOn: [29],
    invoicedOn: [30],
    paid: [[62, 40]],
  },
  {
    number: 'C-0012',
    customer: 'SALINES',
    orderedOn: 16,
    lines: [line('FOR-VEN', 2), line('KIT-PED', 6)],
    deliveredOn: [23],
    invoicedOn: [24],
  },
  {
    number: 'C-0013',
    customer: 'KERVELLA',
    orderedOn: 18,
    lines: [line('FOR-VEN', 1), line('LIV-MAN', 1)],
    deliveredOn: [25],
    invoicedOn: [25],
    paid: [[39, 100]],
  },
  {
    number: 'C-0014',
    customer: 'KERGUELEN',
    orderedOn: 22,
    lines: [line('CON-SEN', 6, 5), line('CON-ASS', 10)],
    deliveredOn: [37],
    invoicedOn: [38],
    paid: [[71, 100]],
  },
  {
    number: 'C-0015',
    customer: 'MERCIER',
    orderedOn: 24,
    lines: [line('TAB-10', 4)],
    freight: 15,
    deliveredOn: [30],
    invoicedOn: [30],
    paid: [[59, 100]],
  },
  {
    number: 'C-0016',
    customer: 'HORIZON',
    orderedOn: 28,
    lines: [line('CON-JUN', 5)],
    deliveredOn: [42],
    invoicedOn: [43],
  },
  {
    number: 'C-0017',
    customer: 'LEGOFF',
    orderedOn: 30,
    lines: [line('FOR-TAB', 3), line('TAB-10', 3)],
    freight: 15,
    deliveredOn: [38, 52],
    invoicedOn: [39],
  },
  {
    number: 'C-0018',
    customer: 'TILLEULS',
    orderedOn: 35,
    lines: [line('FOR-SST', 6, 12), line('KIT-SST', 30, 10)],
    freight: 52,
    deliveredOn: [49],
    invoicedOn: [50],
    reference: 'CT/ACH/0951',
  },
  {
    number: 'C-0019',
    customer: 'DELINDE',
    orderedOn: 37,
    lines: [line('CON-SEN', 2)],
    deliveredOn: [44],
    invoicedOn: [45],
    paid: [[73, 100]],
  },
  {
    number: 'C-0020',
    customer: 'DUBREUIL',
    orderedOn: 43,
    lines: [line('CON-DIAG', 1, 10)],
    deliveredOn: [57],
    invoicedOn: [58],
  },
  {
    number: 'C-0021',
    customer: 'CARADEC',
    orderedOn: 45,
    lines: [line('FOR-DIST', 20)],
    deliveredOn: [60],
    invoicedOn: [61],
    paid: [[66, 50]],
  },
  {
    number: 'C-0022',
    customer: 'BOCAGE',
    orderedOn: 50,
    lines: [line('FOR-VEN', 4), line('KIT-PED', 24, 15)],
    freight: 28,
    deliveredOn: [64],
    invoicedOn: [65],
  },
  {
    number: 'C-0023',
    customer: 'SALINES',
    orderedOn: 57,
    lines: [line('CON-JUN', 8), line('TAB-10', 2)],
    deliveredOn: [66],
    remainderCancelledOn: 74,
    invoicedOn: [67],
  },
  {
    number: 'C-0024',
    customer: 'PERRIN',
    orderedOn: 64,
    lines: [line('CON-ASS', 12), line('CON-SEN', 1)],
    deliveredOn: [78],
    invoicedOn: [79],
    staysDraft: true,
  },
  {
    number: 'C-0025',
    customer: 'KERGUELEN',
    orderedOn: 72,
    lines: [line('FOR-MAN', 3), line('LIV-MAN', 15)],
    freight: 18,
  },
  { number: 'C-0026', customer: 'ALPINA', orderedOn: 80, lines: [line('CON-RGPD', 1), line('CON-ASS', 6)] },
]

/** Money that came without an invoice to its name: it waits for its allocation. Euros. */
export const advances: readonly {
  readonly customer: string
  readonly on: number
  readonly amount: number
}[] = [{ customer: 'SALINES', on: 75, amount: 500 }]

/** Entries by hand: drafted by the accountant, validated by the chief accountant. Euros. */
export const manualEntries: readonly {
  readonly on: number
  readonly label: string
  readonly debit: string
  readonly credit: string
  readonly amount: number
}[] = [
  { on: 27, label: 'Dotation aux amortissements du matériel', debit: '68112', credit: '2818', amount: 450 },
  { on: 59, label: 'Frais bancaires du mois', debit: '627', credit: '512', amount: 42.5 },
]

/**
 * The month that is closed is the first that ends after so many days at least; it is cut some days after its end, as
 * accountants do.
 */
export const CLOSING = { daysMin: 20, daysAfter: 8 }

/** The demonstration ends so many days after it began: on the day it is made. */
export const LENGTH_DAYS = 84
