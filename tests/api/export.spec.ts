import { buffer } from 'node:stream/consumers'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { cellsOf } from '../../api/export/cells.ts'
import type { Cell } from '../../api/export/cells.ts'
import { csvLine } from '../../api/export/csv.ts'
import { rowXml } from '../../api/export/sheet.ts'
import { workbookOf } from '../../api/export/workbook.ts'

/** Lists as files: what stands in their cells, in both formats. */

const columns = [
  { field: 'number', label: 'Numéro', as: 'text' },
  { field: 'state', label: 'État', as: 'choice', words: { draft: 'brouillon' } },
  { field: 'issuedOn', label: 'Émise le', as: 'day' },
  { field: 'month', label: 'Mois', as: 'month' },
  { field: 'changedAt', label: 'Modifiée le', as: 'instant' },
  { field: 'net', label: 'HT', as: 'amount' },
  { field: 'quantity', label: 'Quantité', as: 'quantity' },
  { field: 'rate', label: 'TVA', as: 'rate' },
  { field: 'orders', label: 'Commandes', as: 'text' },
] as const
const cells = cellsOf(columns, 'Europe/Paris')
const row = {
  number: 'F1',
  state: 'draft',
  issuedOn: '2026-07-14',
  month: '2026-07',
  changedAt: '2026-07-14T22:30:00.000Z',
  net: -1234,
  quantity: 15_000,
  rate: 550,
  orders: ['C-1', 'C-2'],
}
const texts = (...values: readonly string[]): readonly Cell[] => values.map(text => ({ kind: 'text', text }))

describe('CSV', () => {
  it('separates as spreadsheets of the language expect, and quotes what needs it', () => {
    expect(csvLine(texts('F1', '12,50', 'a "b"', 'x\ny'), 'fr')).toBe('F1;"12,50";"a ""b""";"x\ny"\r\n')
    expect(csvLine(cells(row), 'fr')).toBe(
      'F1;brouillon;2026-07-14;2026-07;2026-07-15 00:30:00;"-12,34";"1,5";"5,5 %";"C-1, C-2"\r\n',
    )
    expect(csvLine(cells({ net: 5 }), 'en')).toBe(',,,,,0.05,,,\r\n')
  })

  it('lets no text be taken for a formula, and leaves numbers alone', () => {
    expect(csvLine(texts('=1+1', '@x', '+33 1', '-cmd', '-5'), 'en')).toBe("'=1+1,'@x,'+33 1,'-cmd,'-5\r\n")
    expect(csvLine(cells({ net: -1 }), 'en')).toContain(',-0.01,')
  })
})

const fileOf = async (...bundles: readonly (readonly (readonly Cell[])[])[]): Promise<Buffer> => {
  const rows = async function* () {
    yield* bundles
  }
  return buffer(
    workbookOf({
      title: 'Factures: 1/2',
      columns: columns.map(({ label }) => ({ label, width: 12 })),
      rows: rows(),
      about: { title: 'À propos', lines: [['État', 'brouillon']] },
    }),
  )
}

describe('a workbook', () => {
  it('holds numbers as numbers, days as days, texts as texts, and says what it shows', async () => {
    const file = await fileOf([cells(row)], [cells({ ...row, number: '=HYPERLINK("x")', net: null })])
    const [shown, about] = await readXlsxFile(file)
    expect([shown?.sheet, about?.sheet]).toEqual(['Factures  1 2', 'À propos'])
    expect(about?.data).toEqual([['État', 'brouillon']])
    const [heading, first, second] = shown?.data ?? []
    expect(heading).toEqual(columns.map(({ label }) => label))
    const [number, state, day, , instant, net, quantity, rate, orders] = first ?? []
    expect([number, state, net, quantity, rate, orders]).toEqual([
      'F1',
      'brouillon',
      -12.34,
      1.5,
      0.055,
      'C-1, C-2',
    ])
    expect(day).toEqual(new Date('2026-07-14T00:00:00Z'))
    expect(Math.round(Number(instant) / 1_000) * 1_000).toBe(Date.parse('2026-07-15T00:30:00Z'))
    expect([second?.[0], second?.[5]]).toEqual(['=HYPERLINK("x")', null])
  })

  it('marks what looks like a formula as a text, and rounds no number', () => {
    expect(rowXml(2, texts('=1'))).toContain('s="10" t="inlineStr"')
    expect(rowXml(2, texts('a < b\u0007'))).toContain('<t xml:space="preserve">a &lt; b</t>')
    const [large] = cellsOf([{ field: 'x', label: '', as: 'amount' }], 'UTC')({ x: '123456789012345678' })
    expect(rowXml(2, large ? [large] : [])).toContain('1234567890123456.78</t>')
  })
})
