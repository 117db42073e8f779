import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { register } from '../../cli/commands/replay.ts'
import { main } from '../../cli/main.ts'
import { products } from '../../projections/commerce/products.ts'
import { schemaOf } from '../../projections/definition.ts'
import type { Projection } from '../../projections/definition.ts'
import { invoices } from '../../projections/invoicing/invoices.ts'
import { ledger } from '../../projections/ledger/ledger.ts'
import { freshDatabase } from '../support/postgres.ts'
import { playOriginal } from './support/copies.ts'
import type { Original } from './support/copies.ts'

let original: Original
let home: string
beforeAll(async () => {
  original = await playOriginal()
  home = await mkdtemp(join(tmpdir(), 'grandlivre-replay-'))
  await mkdir(join(home, 'vault'), { mode: 0o700 })
  await copyFile(original.masterKeyFile, join(home, 'vault', 'main.key'))
})
afterAll(async () => {
  await original.close()
  await rm(home, { recursive: true })
})

const capture = () => {
  const stream = new PassThrough()
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => Buffer.concat(parts).toString() }
}

const run = async (args: string, databaseUrl = original.databaseUrl) => {
  const [stdout, stderr] = [capture(), capture()]
  const environment = { DATABASE_URL: databaseUrl, GRANDLIVRE_HOME: home, LANG: 'en' }
  const world = { environment, stdout: stdout.stream, stderr: stderr.stream }
  const code = await main(args.split(' '), world, [register])
  return { code, out: stdout.text(), err: stderr.text() }
}
const json = async (args: string) => JSON.parse((await run(`--json ${args}`)).out) as Record<string, unknown>

describe('grandlivre replay', () => {
  it('verify says of each check what it looked at, and leaves with 0 where nothing is found', async () => {
    const { code, out, err } = await run('replay verify')
    expect({ code, err }).toStrictEqual({ code: 0, err: '' })
    expect(out).toContain('✓ Each stream is a chain whose hashes are right')
    expect(out).toContain(`${original.events.length} events read.`)
    expect(out).toContain(`The last one is ${original.events.at(-1)?.id ?? 'none'}, its hash `)
    expect(out.trimEnd().split('\n').at(-1)).toBe('Sound.')
  })

  it('verify leaves with another code, and one sentence, when anything is found', async () => {
    const { pool } = original
    await pool.query(`update ${schemaOf(products)}.product set unit_price = unit_price + 1 where code = 'P1'`)
    try {
      const { code, out, err } = await run('replay verify --lang fr')
      expect(code).toBe(1)
      expect(out).toContain(`ROW_NOT_AS_REPLAYED ${schemaOf(products)}.product`)
      expect(out.trimEnd().split('\n').at(-1)).toMatch(/^\d+ constats?$/)
      expect(err).toContain('constat(s) des contrôles read-models')
      expect((await run('replay verify --log-only')).code).toBe(0)
    } finally {
      await pool.query(
        `update ${schemaOf(products)}.product set unit_price = unit_price - 1 where code = 'P1'`,
      )
    }
  })

  it('as-of shows a trial balance, a customer, an invoice, any rows', async () => {
    const balance = await run('replay as-of 1997-01-31T00:00:00Z trial-balance')
    expect(balance.out).toMatch(/^411 +.* 0\.00 +690\.29 +0\.00 +690\.29$/m)
    expect(balance.out).toContain('As of event')
    expect((await run('replay as-of 1997-02-28T00:00:00Z customer VINET')).out).toContain('provisional')
    expect(await json('replay as-of 1997-01-31T00:00:00Z invoice F1997-000001')).toMatchObject({
      provisional: false,
      answer: { invoice: { gross: 51_663, settled: 0 } },
    })
    expect(await json('replay as-of 40 ledger.fiscal_year year=1997')).toMatchObject({
      answer: [{ starts_on: '1997-01-01' }],
    })
  })

  it('writes amounts, prices, quantities and rates as people do, and leaves out what only lists search in', async () => {
    const invoice = (await run('replay as-of 1997-12-31T00:00:00Z invoice F1997-000001')).out
    expect(invoice).toContain('gross: 516.63')
    expect(invoice).not.toContain('search')
    expect(invoice).toMatch(/ 18\.00 .* 20\.6%/)
    const customer = (await run('replay as-of 1997-12-31T00:00:00Z customer VINET --lang fr')).out
    expect(customer).toMatch(/ 425,17/)
    const balance = (await run('replay as-of 1997-12-31T00:00:00Z trial-balance --lang fr')).out
    expect(balance).toMatch(/^411 +.* \d+,\d\d$/m)
    expect((await run('replay explain customer VINET --lang fr')).out).toContain('425,17')
  })

  it('as-of finds rows by what any kind of column holds, and says nothing of one that is not there yet', async () => {
    const [entry] = (await json('replay as-of 1997-12-31T00:00:00Z ledger.entry number=1 journal=VE'))[
      'answer'
    ] as Readonly<Record<string, string | number | boolean | null>>[]
    const asked = ['ordinal', 'event_id', 'posted_on', 'moved', 'recorded_at', 'corrects_stream']
    for (const column of asked)
      expect(
        await json(`replay as-of 1997-12-31T00:00:00Z ledger.entry ${column}=${entry?.[column]}`),
      ).toMatchObject({ answer: expect.arrayContaining([entry]) as object })
    expect(await json('replay as-of 3 ledger.entry number=1')).toMatchObject({ answer: [] })
  })

  it('explain goes from a figure to the acts behind it', async () => {
    const { out } = await run('replay explain trial-balance --account 411 --period 1997-01')
    expect(out).toContain('debit 690.29')
    expect(out).toMatch(/because of #\d+ .* invoicing\.InvoiceIssueRequested/)
    const invoice = await run('replay explain invoice F1997-000001')
    expect(invoice.out).toContain('commerce.OrderPlaced')
    expect(out).toMatch(/InvoiceIssued F1997-000001 VINET 516\.63/)
    const story = invoice.out.slice(invoice.out.indexOf('\ninvoice-'))
    expect(story).toMatch(/InvoiceIssued F1997-000001 VINET 516\.63/)
    expect(story).toMatch(/PaymentAllocated F1997-000001 .*150\.00/)
    expect(await json('replay explain customer VINET')).toMatchObject({ values: { balance: 42_517 } })
    expect(
      await json('replay explain ledger.account_period account=411 period=1997-01 --measure debit'),
    ).toMatchObject({ values: { debit: 69_029 } })
  })

  it('rebuild puts the same rows in the place of the live ones', async () => {
    const { out, code } = await run('--json replay rebuild ledger invoices')
    expect(code).toBe(0)
    const of = ({ name, version }: Projection) => ({
      name,
      version,
      swapped: true,
      differences: [],
      ofAnotherLog: false,
      failure: null,
    })
    expect(JSON.parse(out)).toStrictEqual({
      events: original.events.length,
      projections: [of(ledger), of(invoices)],
    })
  })

  it.each([
    ['replay as-of yesterday trial-balance', 2, 'CUT_INVALID'],
    ['replay as-of 3 customer', 2, 'NAME_MISSING'],
    ['replay explain customer NOBODY', 2, 'NAME_UNKNOWN'],
    ['replay explain ledger.none a=b', 2, 'FIGURE_UNKNOWN'],
    ['replay explain ledger.entry nothing', 2, 'CONDITION_INVALID'],
    ['replay rebuild nothing', 2, 'PROJECTION_UNKNOWN'],
    ['replay explain trial-balance', 2, 'NAME_MISSING'],
    ['replay explain trial-balance --account 411 --period 1997-13', 2, 'MONTH_INVALID'],
    ['replay explain trial-balance --account 411 --period 0997', 2, 'MONTH_INVALID'],
    ['replay explain trial-balance --account 999', 2, 'FIGURE_UNKNOWN'],
    ['replay as-of 3 trial-balance --from 1997-13', 2, 'MONTH_INVALID'],
    ['replay as-of 3 trial-balance --to 1997', 2, 'MONTH_INVALID'],
    ['replay as-of 3 trial-balance --from 1997-03 --to 1997-01', 2, 'MONTHS_REVERSED'],
    ['replay as-of 3 invoices.invoice nmber=F1997-000001', 2, 'FIGURE_UNKNOWN'],
    ['replay as-of 3 ledger.entry ordinal=abc', 2, 'FIGURE_UNKNOWN'],
    ['replay as-of 3 ledger.entry ordinal=007', 2, 'FIGURE_UNKNOWN'],
    ['replay as-of 3 ledger.entry event_id=1', 2, 'FIGURE_UNKNOWN'],
    ['replay as-of 3 ledger.entry posted_on=31/01/1997', 2, 'FIGURE_UNKNOWN'],
    ['replay as-of 3 ledger.entry moved=yes', 2, 'FIGURE_UNKNOWN'],
    ['replay as-of 3 ledger.entry recorded_at=1997', 2, 'FIGURE_UNKNOWN'],
    ['replay as-of 100000 trial-balance', 2, 'CUT_BEYOND_HEAD'],
    ['replay explain customer VINET --as-of 100000', 2, 'CUT_BEYOND_HEAD'],
  ])('%s: refused with what is expected', async (args, code, reason) => {
    const answer = await run(`--json ${args}`)
    expect(answer.code).toBe(code)
    expect(JSON.parse(answer.err)).toMatchObject({ error: { code: reason } })
  })

  it('names what was not understood, and what there is, in both languages', async () => {
    const told = async (args: string) => (await run(args)).err
    expect(await told('replay as-of 3 trial-balance --from 1997-13')).toMatch(/--from.*1997-13.*YYYY-MM/)
    expect(await told('replay as-of 3 trial-balance --from 1997-13 --lang fr')).toMatch(
      /--from.*1997-13.*AAAA-MM/,
    )
    expect(await told('replay explain trial-balance --account 999 --lang fr')).toContain('« 999 »')
    expect(await told('replay as-of 3 invoices.invoice nmber=1')).toMatch(/"nmber".*number/)
    expect(await told('replay as-of 3 ledger.entry ordinal=abc')).toMatch(/"ordinal=abc".* such as: 1234\./)
    expect(await told('replay as-of 3 ledger.entry ordinal=abc --lang fr')).toContain('« ordinal=abc »')
    expect(await told('replay as-of 100000 trial-balance')).toContain(`event ${original.events.length}`)
  })

  it('refuses an empty log', async () => {
    const database = await freshDatabase()
    const { code, err } = await run('replay verify', database.url)
    expect({ code, err }).toMatchObject({ code: 3, err: 'The log is empty: there is nothing to replay.\n' })
    await database.drop()
  })
})
