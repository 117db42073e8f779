import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { RecordedEvent, Row } from '../../../projections/definition.ts'
import { replayInMemory } from '../../../projections/engine/in-memory.ts'
import { receivables } from '../../../projections/invoicing/receivables.ts'
import { ENTITY, id } from '../support/facts.ts'

/** One customer's documents; an allocation takes a part of what is left of two of them, and may be taken back. */
const CUSTOMER = id('customer')
const buyer = { customerId: CUSTOMER, code: 'VINET' }

interface Doc {
  readonly id: string
  readonly day: string
  readonly amount: bigint
}

const invoiceIssued = (n: number, { id: invoiceId, day, amount }: Doc, dueOn: string) => ({
  type: 'invoicing.InvoiceIssued',
  data: {
    ...{ invoiceId, entityId: ENTITY, number: `F${n}`, issuedOn: day, dueOn },
    content: { buyer, currency: 'EUR', totals: { payable: amount } },
  },
})

const paymentReceived = ({ id: paymentId, day, amount }: Doc) => ({
  type: 'invoicing.PaymentReceived',
  data: {
    ...{ paymentId, entityId: ENTITY, customer: buyer, bankDate: day, amount, currency: 'EUR' },
    ...{ bankAccount: '512', bankReference: paymentId },
  },
})

const allocation = (
  type: 'PaymentAllocated' | 'AllocationReversed',
  n: number,
  from: Doc,
  to: Doc,
  amount: bigint,
) => ({
  type: `invoicing.${type}`,
  data: {
    ...{ allocationId: id(`allocation ${n}`), entityId: ENTITY, customerId: CUSTOMER, currency: 'EUR' },
    source: { kind: 'payment', id: from.id, reference: from.id, amount: from.amount, day: from.day },
    settlements: [{ invoiceId: to.id, number: 'F', issuedOn: to.day, payable: to.amount, amount, vat: [] }],
    ...(type === 'PaymentAllocated' ? { allocatedOn: '1996-12-31' } : { reversedOn: '1996-12-31' }),
  },
})

const DAYS = ['1996-07-01', '1996-07-02'] as const
const DUE = ['1996-08-01', '1996-08-02', '1996-09-01'] as const

interface Plan {
  readonly invoices: readonly { readonly day: string; readonly dueOn: string; readonly amount: number }[]
  readonly payments: readonly {
    readonly day: string
    readonly amount: number
    /** Whoever records a payment makes its id: it may be that of an invoice. */
    readonly takesIdOfInvoice?: boolean
  }[]
  readonly acts: readonly {
    readonly from: number
    readonly to: number
    readonly share: number
    readonly back: boolean
  }[]
}

/** Documents first, then allocations of what is left, and their ends. */
const historyOf = ({ invoices, payments, acts }: Plan): readonly RecordedEvent[] => {
  const docs = invoices.map(({ day, amount }, n): Doc => ({
    id: id(`invoice ${n}`),
    day,
    amount: BigInt(amount),
  }))
  const paid = payments.map(({ day, amount, takesIdOfInvoice }, n): Doc => ({
    id: id(`${takesIdOfInvoice ? 'invoice' : 'payment'} ${n}`),
    day,
    amount: BigInt(amount),
  }))
  const left = new Map([...docs, ...paid].map(doc => [doc, doc.amount]))
  const standing: (readonly [number, Doc, Doc, bigint])[] = []
  const events = [
    ...docs.map((doc, n) => invoiceIssued(n, doc, invoices[n]?.dueOn ?? '')),
    ...paid.map(paymentReceived),
    ...acts.flatMap((act, n) => {
      const taken = act.back ? standing.pop() : undefined
      const from = paid[act.from % paid.length] as Doc
      const to = docs[act.to % docs.length] as Doc
      const least = (left.get(from) ?? 0n) < (left.get(to) ?? 0n) ? from : to
      const [at, source, target, amount] = taken ?? [
        n,
        from,
        to,
        ((left.get(least) ?? 0n) * BigInt(act.share)) / 4n,
      ]
      if (amount === 0n) return []
      for (const doc of [source, target]) left.set(doc, (left.get(doc) ?? 0n) + (taken ? amount : -amount))
      if (!taken) standing.push([at, source, target, amount])
      return [allocation(taken ? 'AllocationReversed' : 'PaymentAllocated', at, source, target, amount)]
    }),
  ]
  return events.map((event, i) => ({ ...event, ordinal: i + 1 }) as unknown as RecordedEvent)
}

type Sums = Readonly<Record<string, { readonly amount: bigint; readonly documents: number }>>

const sumsBy = (
  parts: readonly { readonly day: string; readonly amount: bigint; readonly documents: number }[],
): Sums => {
  const sums: Record<string, { amount: bigint; documents: number }> = {}
  for (const { day, amount, documents } of parts) {
    if (documents === 0) continue
    const sum = (sums[`${day} ${amount > 0n}`] ??= { amount: 0n, documents: 0 })
    sum.amount += amount
    sum.documents += documents
  }
  return sums
}

/** What the ageing adds up. */
const ofDays = (rows: readonly Row[]): Sums =>
  sumsBy(
    rows.flatMap(row => [
      {
        day: row['due_on'] as string,
        amount: row['amount'] as bigint,
        documents: row['documents'] as number,
      },
      ...(row['apart'] as readonly { dueOn: string; left: number }[]).map(({ dueOn, left }) => ({
        ...{ day: dueOn, amount: BigInt(left) },
        documents: left === 0 ? 0 : 1,
      })),
    ]),
  )

const ofItems = (rows: readonly Row[]): Sums =>
  sumsBy(
    rows.map(row => {
      const amount = row['left_open'] as bigint
      return { day: row['due_on'] as string, amount, documents: amount === 0n ? 0 : 1 }
    }),
  )

const amount = fc.integer({ min: 1, max: 100 })
const plan = fc.record({
  invoices: fc.array(fc.record({ day: fc.constantFrom(...DAYS), dueOn: fc.constantFrom(...DUE), amount }), {
    minLength: 1,
    maxLength: 6,
  }),
  payments: fc.array(fc.record({ day: fc.constantFrom(...DAYS), amount, takesIdOfInvoice: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  acts: fc.array(
    fc.record({
      from: fc.nat(5),
      to: fc.nat(5),
      share: fc.integer({ min: 1, max: 4 }),
      back: fc.boolean(),
    }),
    { maxLength: 12 },
  ),
})

describe('what is open by day', () => {
  it('is the sum of the open items, settled in part or due on other days, allocated and taken back', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async plan => {
        const { rows } = await replayInMemory(receivables, [historyOf(plan)])
        expect(ofDays(rows.get('open_day') ?? [])).toEqual(ofItems(rows.get('open_item') ?? []))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps an invoice and a payment of one id apart', async () => {
    const { rows } = await replayInMemory(receivables, [
      historyOf({
        invoices: [{ day: '1996-07-01', dueOn: '1996-08-01', amount: 100 }],
        payments: [{ day: '1996-07-02', amount: 7, takesIdOfInvoice: true }],
        acts: [],
      }),
    ])
    expect(rows.get('open_item')?.map(row => [row['kind'], row['left_open']])).toEqual([
      ['invoice', 100n],
      ['payment', -7n],
    ])
  })

  it('holds apart only what differs from the others of its day', async () => {
    const whole = { day: '1996-07-01', dueOn: '1996-08-01', amount: 100 }
    const { rows } = await replayInMemory(receivables, [
      historyOf({
        invoices: [whole, whole, { ...whole, dueOn: '1996-09-01' }],
        payments: [{ day: '1996-07-02', amount: 25 }],
        acts: [{ from: 0, to: 1, share: 4, back: false }],
      }),
    ])
    expect(rows.get('open_day')?.find(row => row['side'] === 'owed')).toMatchObject({
      due_on: '1996-08-01',
      amount: 100n,
      documents: 1,
      apart: [
        { document: `invoice-${id('invoice 2')}`, dueOn: '1996-09-01', left: 100 },
        { document: `invoice-${id('invoice 1')}`, dueOn: '1996-08-01', left: 75 },
      ],
    })
  })
})
