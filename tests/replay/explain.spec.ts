import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { projections } from '../../projections/all.ts'
import type { Projection } from '../../projections/definition.ts'
import { FigureUnknown, explain } from '../../replay/explain.ts'
import type { Explanation } from '../../replay/explain.ts'
import { rowsAsOf } from '../../replay/as-of.ts'
import { accountFigure, customerFigure, invoiceFigure, tableNamed } from '../../replay/named-figures.ts'
import { customerIdOf, entityIdOf, invoiceIdOf } from '../../replay/names.ts'
import { storyOf } from '../../replay/story.ts'
import { memoryEventStore } from '../support/memory-event-store.ts'
import { append, bank, bankCodec, closed, moved, noted, opened } from '../projections/support/bank.ts'
import type { BankEvent } from '../projections/support/bank.ts'
import { codec, logOf, playOriginal } from './support/copies.ts'
import type { Original } from './support/copies.ts'
import { anna, bruno, entityId, vinet } from './support/trade.ts'

let original: Original
let source: { store: ReturnType<typeof logOf>; codec: typeof codec }
beforeAll(async () => {
  original = await playOriginal()
  source = { store: logOf(original.events), codec }
})
afterAll(() => original.close())

const types = ({ contributions }: Explanation): readonly string[] => contributions.map(({ type }) => type)

describe('explain', () => {
  it('a figure of the trial balance: the events that moved it, before and after, and who did it', async () => {
    const explanation = await explain(source, accountFigure({ entityId, account: '411', period: '1997-01' }))
    expect(types(explanation)).toStrictEqual(['invoicing.InvoiceIssued', 'invoicing.InvoiceIssued'])
    const [first, second] = explanation.contributions
    // 12 × 18.00 + 2 × 90.00 + 32.38 = 428.38 and 20.6 % of it; 3 × 18.00 + 90.00 = 144.00 and 20.6 % of it.
    expect(first?.measures).toStrictEqual({
      debit: { before: 0n, after: 51_663n },
      credit: { before: 0n, after: 0n },
    })
    expect(second?.measures['debit']).toStrictEqual({ before: 51_663n, after: 51_663n + 17_366n })
    expect(explanation.values).toStrictEqual({ debit: 69_029n, credit: 0n })
    expect(first).toMatchObject({ actor: SYSTEM_ACTORS.registrar, origin: 'job' })
  })

  it('goes back through what caused an event to the act of a person, and forward to what it caused', async () => {
    const { first: sold } = original
    const settled = await explain(source, { ...invoiceFigure(sold.invoiceId), measures: ['net', 'settled'] })
    expect(types(settled)).toStrictEqual([
      'invoicing.InvoiceDrafted',
      'invoicing.InvoiceIssueRequested',
      'invoicing.InvoiceIssued',
      'invoicing.PaymentAllocated',
    ])
    const [, requested, issued, allocated] = settled.contributions
    expect(
      issued?.causes.map(({ type, actor, causationId }) => ({ type, actor, causationId })),
    ).toStrictEqual([{ type: 'invoicing.InvoiceIssueRequested', actor: anna, causationId: undefined }])
    expect(requested?.effects.map(({ type }) => type)).toStrictEqual(['invoicing.InvoiceIssued'])
    expect(allocated).toMatchObject({
      actor: anna,
      causes: [],
      measures: { settled: { before: 0n, after: 15_000n } },
    })
    expect(allocated?.documents).toContain(`invoice-${sold.invoiceId}`)
  })

  it('a close is caused by the cut that a person made', async () => {
    const tables = tableNamed(projections, 'ledger.entry')
    expect(tables.table.name).toBe('entry')
    const cut = original.events.find(({ type }) => type === 'ledger.PeriodCut')
    const close = original.events.find(({ type }) => type === 'ledger.PeriodClosed')
    expect(JSON.parse(close?.metadata ?? '{}')).toMatchObject({ $causationId: cut?.id })
    expect(JSON.parse(cut?.metadata ?? '{}')).toMatchObject({ actor: bruno })
  })

  it('tells the story of the documents behind it: from the payment to the invoice to the order', async () => {
    const explanation = await explain(source, invoiceFigure(original.first.invoiceId))
    const stories = await storyOf(source, explanation.contributions)
    const invoice = stories.find(({ stream }) => stream === `invoice-${original.first.invoiceId}`)
    expect(invoice?.acts.map(({ type }) => type)).toContain('invoicing.InvoiceIssued')
    expect(invoice?.acts.map(({ type }) => type)).toContain('invoicing.PaymentAllocated')
    const order = stories.find(({ stream }) => stream === `order-${original.first.orderId}`)
    expect(order?.acts.map(({ type }) => type)).toStrictEqual([
      'commerce.OrderPlaced',
      'commerce.OrderConfirmed',
      'commerce.OrderDelivered',
      'commerce.BillingClaimed',
    ])
    expect(stories.some(({ stream }) => stream.startsWith('payment-'))).toBe(true)
  })

  it('what a customer owes, by the code that people know', async () => {
    const customerId = await customerIdOf(source, 'VINET')
    expect(customerId).toBe(vinet)
    const { values, rows } = await explain(source, customerFigure(customerId ?? ''))
    // Invoiced 516.63 and 5 × 18.00 with its VAT, 108.54; received 200.00.
    expect(values).toStrictEqual({ balance: 51_663n + 10_854n - 20_000n })
    expect(rows).toBe(1)
  })

  it('knows entities and invoices by their names, and says when there is none', async () => {
    expect(await entityIdOf(source, undefined)).toBe(entityId)
    expect(await entityIdOf(source, 'NW')).toBe(entityId)
    expect(await entityIdOf(source, 'XX')).toBeUndefined()
    expect(await invoiceIdOf(source, 'F1997-000001')).toBe(original.first.invoiceId)
    expect(await invoiceIdOf(source, 'F1997-000999')).toBeUndefined()
  })

  it('sums over accounts and months that begin alike, and as of a place in the log', async () => {
    const all = await explain(source, accountFigure({ entityId, account: '44*', period: '1997' }))
    const cut = all.contributions[0]?.ordinal ?? 0
    const early = await explain(source, accountFigure({ entityId, account: '44*' }), {
      cut: { ordinal: cut },
    })
    expect(all.events).toBeGreaterThan(early.events)
    expect(early).toMatchObject({ events: 1, ordinal: cut, provisional: false })
    expect(early.values['credit']).toBe(all.contributions[0]?.measures['credit']?.after)
  })

  it('lists no more than asked for, and still counts all', async () => {
    const explanation = await explain(source, accountFigure({ entityId, account: '411' }), { listedMax: 1 })
    const whole = await explain(source, accountFigure({ entityId, account: '411' }))
    expect(explanation.contributions).toHaveLength(1)
    expect(explanation).toMatchObject({ events: whole.events, values: whole.values })
  })

  it('refuses tables, columns and measures that there are not, and names those that there are', async () => {
    expect(() => tableNamed(projections, 'ledger.nothing')).toThrow(FigureUnknown)
    const figure = accountFigure({ entityId, account: '411' })
    await expect(explain(source, { ...figure, measures: ['net'] })).rejects.toMatchObject({
      what: 'measure',
      found: 'net',
      known: ['debit', 'credit'],
    })
    await expect(explain(source, { ...figure, where: [{ label: 'x' }] })).rejects.toMatchObject({
      what: 'column',
      known: ['entity_id', 'period', 'account'],
    })
  })
})

describe('the law of every measure of every projection', () => {
  const figures = projections.flatMap(projection =>
    projection.tables.filter(t => t.measures.length > 0).map(table => ({ projection, table })),
  )
  it.each(figures.map(figure => [`${figure.projection.name}.${figure.table.name}`, figure] as const))(
    '%s: the changes of all events add up to the sum of its rows',
    async (_, figure) => {
      const { values, contributions } = await explain(source, { ...figure, where: [{}] })
      const { answer } = await rowsAsOf(source, figure, {})
      for (const [measure, value] of Object.entries(values)) {
        expect(value).toBe(answer.reduce((sum, row) => sum + BigInt((row[measure] ?? 0) as bigint), 0n))
        const changes = contributions.map(({ measures }) => measures[measure])
        expect(changes.reduce((sum, step) => sum + (step?.after ?? 0n) - (step?.before ?? 0n), 0n)).toBe(
          value,
        )
      }
    },
  )
})

describe('a projection that explain knows nothing of', () => {
  const account = fc.constantFrom('a', 'b', 'c')
  const event = fc.oneof(
    account.map(a => opened(a)),
    fc.tuple(account, account, fc.bigInt(-500n, 500n)).map(([from, to, amount]) => moved(from, to, amount)),
    account.map(closed),
    fc.constant(noted('nothing')),
  )
  const explained = async (history: readonly BankEvent[], projection: Projection) => {
    const store = memoryEventStore()
    await append(store, history)
    const table = projection.tables[0]
    if (!table) throw new Error('no table')
    const log = { store, codec: bankCodec }
    return { log, figure: { projection, table, where: [{ account: 'a' }] } }
  }

  it('is explained for any history: the steps join, and end in the row', () =>
    fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 30 }), fc.nat(30), async (history, place) => {
        const { log, figure } = await explained(history, bank)
        const cut = { ordinal: place % (history.length + 1) }
        const { values, contributions } = await explain(log, figure, { cut })
        const { answer } = await rowsAsOf(log, figure, { account: 'a' }, cut)
        expect(values['balance']).toBe((answer[0]?.['balance'] as bigint | undefined) ?? 0n)
        let before = 0n
        for (const { measures } of contributions) {
          expect(measures['balance']?.before).toBe(before)
          before = measures['balance']?.after ?? 0n
        }
        expect(before).toBe(values['balance'])
      }),
      { numRuns: 60 },
    ))
})
