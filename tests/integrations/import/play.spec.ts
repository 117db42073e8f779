import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { CustomerRegistered } from '../../../domain/commerce/customer.events.ts'
import { InvoiceIssued } from '../../../domain/invoicing/invoice.events.ts'
import { controlTotals } from '../../../integrations/import/control.ts'
import { openingInstant, playBusiness, type Played } from '../../../integrations/import/play.ts'
import { loadProfile, type Profile } from '../../../integrations/import/profile.ts'
import { readBusiness } from '../../../integrations/import/read-business.ts'
import { describeRejects } from '../../../integrations/import/rejects.ts'
import { playedLog, type PlayedLog } from '../stage.ts'
import { COMPTOIR, copyOfComptoir, type Copy } from './files.ts'

let comptoir: Profile
let copy: Copy
let played: PlayedLog
beforeEach(async () => {
  comptoir = await loadProfile(`${COMPTOIR}/profile.json`)
  copy = await copyOfComptoir()
  played = await playedLog(openingInstant(comptoir, await readBusiness(comptoir, COMPTOIR)), 'import')
})
afterEach(async () => {
  await played.stop()
  await copy.remove()
})

const play = async (
  options: {
    readonly onProgress?: (done: number, total: number) => void
    readonly signal?: AbortSignal
  } = {},
): Promise<Played> => {
  const { signal = new AbortController().signal, onProgress = () => undefined } = options
  return playBusiness(comptoir, await readBusiness(comptoir, copy.folder), played.stage, {
    signal,
    onProgress,
  })
}

type Issued = z.output<typeof InvoiceIssued.data>
const issued = (): Issued[] =>
  played.store.events.filter(e => e.type === InvoiceIssued.type).map(e => played.log.decode(e).data as Issued)

describe('a business is played by commands', () => {
  it('day by day: invoices of the shipping days, in their order, as the control totals say', async () => {
    const progress: [number, number][] = []
    expect((await play({ onProgress: (...p) => void progress.push(p) })).rejects).toStrictEqual([])
    expect(progress.at(-1)).toStrictEqual([14, 14])
    expect(
      issued().map(({ number, issuedOn, content: { buyer, totals } }) => [
        number,
        issuedOn,
        buyer.code,
        totals.net,
        totals.tax,
      ]),
    ).toStrictEqual([
      ['F1996-000001', '1996-02-12', 'C001', 102_51n, 21_12n],
      ['F1996-000002', '1996-02-12', 'C002', 102_77n, 0n],
      ['F1997-000001', '1997-01-02', 'C003', 349_91n, 0n],
    ])
    const { years } = controlTotals(comptoir, await readBusiness(comptoir, copy.folder))
    const gross = issued().reduce((sum, { content }) => sum + content.totals.gross, 0n)
    expect(years.reduce((sum, year) => sum + year.gross, 0n)).toBe(gross)
    // France taxed, Belgium a supply within the Union, Switzerland an export.
    expect(issued().map(({ content }) => content.vat.map(v => [v.category, v.rate]))).toStrictEqual([
      [['S', 2060n]],
      [['K', 0n]],
      [['G', 0n]],
    ])
  })

  it('with what was made up marked as made up', async () => {
    await play()
    const customers = played.store.events
      .filter(e => e.type === CustomerRegistered.type)
      .map(e => played.log.decode(e).data as z.output<typeof CustomerRegistered.data>)
    expect(
      customers.map(({ party }) => (party.kind === 'company' ? party.invented : undefined)).sort(),
    ).toStrictEqual([['siren', 'vatNumber'], ['vatNumber'], undefined])
  })

  it('PROTOCOL 13: a second time adds no event, and one that was stopped goes on', async () => {
    const stop = new AbortController()
    const first = await play({ signal: stop.signal, onProgress: done => void (done === 9 && stop.abort()) })
    expect(first.interrupted).toBe(true)
    const before = played.store.events.length
    expect((await play()).interrupted).toBe(false)
    const after = played.store.events.length
    expect(after).toBeGreaterThan(before)
    expect(issued()).toHaveLength(3)
    await play()
    expect(played.store.events).toHaveLength(after)
    expect(played.refused).toStrictEqual([])
  })

  it('PROTOCOL 10: its clock goes with the business and never back', async () => {
    await play()
    const recorded = played.store.events.map(e => played.log.decode(e).metadata.recordedAt)
    expect(recorded).toStrictEqual(recorded.toSorted())
    expect([recorded[0], recorded.at(-1)]).toStrictEqual([
      '1996-02-04T08:00:00.000Z',
      '1997-01-02T14:00:00.000Z',
    ])
  })

  it('a row changed since it was imported is rejected by name: what is recorded stays', async () => {
    await play()
    const before = played.store.events.length
    await copy.edit('articles.csv', '6,75', '7,00')
    const { rejects } = await play()
    expect(describeRejects(rejects, 'en')).toStrictEqual([
      {
        file: 'articles.csv',
        line: 3,
        field: '',
        found: 'THE01: CHANGED_SINCE',
        expected:
          'what was imported the first time: it was changed since, and what is recorded never changes',
      },
    ])
    expect(played.store.events).toHaveLength(before)
  })

  it('a row that the books refuse is rejected with their sentence, and what would follow is left out', async () => {
    // A revenue account that the chart does not have is known to the books alone.
    const odd: Profile = {
      ...comptoir,
      products: {
        ...comptoir.products,
        fields: { ...comptoir.products.fields, revenueAccount: { constant: '401' } },
      },
    }
    comptoir = odd
    const { rejects } = await play()
    expect(rejects.filter(r => r.file === 'articles.csv')).toHaveLength(4)
    expect(rejects[0]?.found).toMatch(/^[A-Z]+01: REVENUE_ACCOUNT_INVALID$/)
    expect(rejects.filter(r => r.file === 'commandes.csv').map(r => r.found)).toStrictEqual(
      expect.arrayContaining(['A-001: ORDER_PRODUCT_NOT_FOUND']),
    )
    expect(issued()).toStrictEqual([])
  })
})
