import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runImport, type ImportResult } from '../../cli/import-run.ts'
import { stageOf } from '../../cli/stage.ts'
import { idsOf } from '../../integrations/import/inputs.ts'
import { openingInstant } from '../../integrations/import/play.ts'
import { loadProfile, type Profile } from '../../integrations/import/profile.ts'
import { readBusiness, type Business } from '../../integrations/import/read-business.ts'
import { explain } from '../../replay/explain.ts'
import { accountFigure, customerFigure } from '../../replay/named-figures.ts'
import { schemaOf } from '../../projections/definition.ts'
import { invoices } from '../../projections/invoicing/invoices.ts'
import { ledger } from '../../projections/ledger/ledger.ts'
import { trialBalance } from '../../projections/ledger/trial-balance.queries.ts'
import { NORTHWIND } from '../integrations/import/files.ts'
import { openStory, readable, type StoryProgram } from './program.ts'

const figure = ({ comparisons }: ImportResult, name: string, of = ''): [bigint, bigint] => {
  const found = comparisons.find(c => c.figure === name && c.of === of)
  if (!found) throw new Error(`no figure ${name} ${of}`)
  return [found.source, found.books]
}
const same = (amount: bigint): [bigint, bigint] => [amount, amount]

describe.skipIf(!existsSync(NORTHWIND))(
  'the business of Northwind, 1996 to 1998',
  { timeout: 300_000 },
  () => {
    let profile: Profile
    let business: Business
    let program: StoryProgram
    const run = (closeThrough?: string): Promise<ImportResult> => {
      const { signal } = new AbortController()
      return runImport(program, profile, business, { onProgress: () => undefined, signal, closeThrough })
    }
    const length = async (): Promise<string | undefined> => (await program.log.store.head())?.position

    beforeAll(async () => {
      profile = await loadProfile('northwind')
      business = await readBusiness(profile, NORTHWIND)
      program = await openStory(openingInstant(profile, business), { name: 'northwind', gatherMs: 500 })
    })
    afterAll(() => program.close())

    it('is played by commands, and orders, invoices, ledger and receivables agree with the files to the cent', async () => {
      const result = await run()
      expect(result.rejects).toStrictEqual([])
      expect(result.comparisons.filter(c => c.source !== c.books)).toStrictEqual([])
      expect(figure(result, 'orders')).toStrictEqual(same(830n))
      expect(figure(result, 'orderLines')).toStrictEqual(same(2155n))
      expect(figure(result, 'openOrders')).toStrictEqual(same(21n))
      const years = ['1996', '1997', '1998'] as const
      expect(years.map(year => figure(result, 'invoices', year)[1])).toStrictEqual([143n, 398n, 268n])
      expect(years.map(year => figure(result, 'net', year)[1])).toStrictEqual([
        202_785_52n,
        641_011_13n,
        460_014_22n,
      ])
      const sum = (name: string): bigint =>
        years.reduce((total, year) => total + figure(result, name, year)[1], 0n)
      expect(sum('lines')).toBe(1_239_855_85n)
      expect(sum('freight')).toBe(63_955_02n)
      expect(sum('ledgerRevenue')).toBe(1_239_855_85n)
      expect(sum('ledgerFreight')).toBe(63_955_02n)
      expect(figure(result, 'receivables')[1]).toBe(1_321_264_42n)
      expect(program.faults).toStrictEqual([])
    })

    it('is numbered without gap, each year from 1, in the order of the shipping days', async () => {
      const { rows } = await program.readModels.query<{ number: string; issued_on: string }>(
        `select number, to_char(issued_on, 'YYYY-MM-DD') as issued_on from ${schemaOf(invoices)}.invoice
       where state = 'issued' order by number`,
      )
      expect(rows.map(({ number }) => number)).toStrictEqual(
        [
          ['1996', 143],
          ['1997', 398],
          ['1998', 268],
        ].flatMap(([year, count]) =>
          Array.from({ length: Number(count) }, (_, i) => `F${year}-${String(i + 1).padStart(6, '0')}`),
        ),
      )
      const days = rows.map(({ issued_on }) => issued_on)
      expect(days).toStrictEqual(days.toSorted())
    })

    it('PROTOCOL 13: played a second time adds no event', async () => {
      const before = await length()
      const result = await run()
      expect(await length()).toBe(before)
      expect(result.comparisons.filter(c => c.source !== c.books)).toStrictEqual([])
    })

    it('PROTOCOL 25: 1996 and 1997 are closed for ever, and stay so', async () => {
      const result = await run('1997-12')
      expect(result.closed).toHaveLength(24)
      expect([result.closed[0], result.closed.at(-1)]).toStrictEqual(['1996-01', '1997-12'])
      const { rows } = await program.readModels.query<{ period: string }>(
        `select period from ${schemaOf(ledger)}.period where agrees is not true`,
      )
      expect(rows).toStrictEqual([])

      const entityId = idsOf(profile).entity
      const stage = stageOf(program, 'import')
      const sender = { kind: 'importer' } as const
      const refused = await stage.execute({
        name: 'invoicing.recordPayment',
        input: {
          paymentId: '01980000-0000-7000-8000-000000000001',
          entityId,
          customerId: idsOf(profile).customer('VINET'),
          bankDate: '1997-12-31',
          amount: 100_00,
          currency: 'EUR',
          journal: 'BQ',
          bankReference: 'VIR 1',
        },
        key: 'payment-in-a-closed-month',
        sender,
      })
      expect(refused).toMatchObject({
        kind: 'refused',
        rejection: { code: 'PERIOD_CLOSED_FOR_ENTRIES', firstOpenDay: '1998-01-01' },
      })
    })

    it('opens each year with what the years before left, their result on a line of its own', async () => {
      const entityId = idsOf(profile).entity
      const of = (year: string) =>
        trialBalance(program.readModels, { entityId, from: `${year}-01`, to: `${year}-12` })
      // Account, opening, debit, credit, closing.
      expect(readable((await of('1996')).lines)).toStrictEqual([
        '411 0.00 206501.01 0.00 206501.01',
        '44571 0.00 0.00 3715.49 -3715.49',
        '707 0.00 0.00 193316.58 -193316.58',
        '70851 0.00 0.00 9468.94 -9468.94',
      ])
      expect(readable((await of('1997')).lines)).toStrictEqual([
        '120 -202785.52 0.00 0.00 -202785.52',
        '411 206501.01 650748.59 0.00 857249.60',
        '44571 -3715.49 0.00 9737.46 -13452.95',
        '707 0.00 0.00 608847.01 -608847.01',
        '70851 0.00 0.00 32164.12 -32164.12',
      ])
      const last = await of('1998')
      expect(readable(last.lines)).toStrictEqual([
        '120 -843796.65 0.00 0.00 -843796.65',
        '411 857249.60 464014.82 0.00 1321264.42',
        '44571 -13452.95 0.00 4000.60 -17453.55',
        '707 0.00 0.00 437692.26 -437692.26',
        '70851 0.00 0.00 22321.96 -22321.96',
      ])
      expect(last.lines.filter(l => l.notPosted).map(l => l.account)).toStrictEqual(['120'])
      expect([last.opening, last.closing]).toStrictEqual([0n, 0n])
    })

    it('explains each figure of the ledger down to its invoices, to the cent', async () => {
      const source = {
        store: program.log.store,
        codec: program.log.codec,
        reveal: program.vault.reveal.bind(program.vault, program.log.id),
      }
      const entityId = idsOf(profile).entity
      const revenue = await explain(source, accountFigure({ entityId, account: '707', period: '1997' }))
      expect([revenue.values['credit'], revenue.contributions.length]).toStrictEqual([608_847_01n, 398])
      const customers = await explain(source, accountFigure({ entityId, account: '411' }))
      expect(customers.values['debit']).toBe(1_321_264_42n)
      const vinet = await explain(source, customerFigure(idsOf(profile).customer('VINET')))
      expect(vinet.values['balance']).toBe(1_855_32n)
    })
  },
)
