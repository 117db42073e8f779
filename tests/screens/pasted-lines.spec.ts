import { describe, expect, it } from 'vitest'
import { filledLines, isTable, joinedLines, tableOf } from '../../screens/forms/pasted-lines.ts'

const columns = [
  {
    name: 'productId',
    as: { kind: 'reference' },
    picked: (row: Readonly<Record<string, unknown>>) => ({ unitPrice: row['unitPrice'] }),
  },
  { name: 'left', as: { kind: 'quantity' }, fixed: true },
  { name: 'quantity', as: { kind: 'quantity' } },
  { name: 'unitPrice', as: { kind: 'price' } },
] as const

const found = new Map([
  ['productId', new Map([['liv-man', { id: 'id of LIV-MAN', row: { unitPrice: 24_000000 } }]])],
])
const reading = { language: 'fr', today: '2026-11-27' } as const
const empty = () => ({})

const pasted = (text: string) =>
  filledLines(tableOf(columns, text), found, { lines: [{ lineId: '1' }], empty, reading })

describe('pasted lines', () => {
  it('have what is found and read; what is not stands in its cell as it was pasted', () => {
    expect(isTable('liv-man\t2')).toBe(true)
    expect(pasted('liv-man\t2\t1 250,00 €\nINCONNU\t7\t10\nliv-man\tdouze')).toEqual([
      { lineId: '1', productId: 'id of LIV-MAN', quantity: 2_0000, unitPrice: 1250_000000 },
      {
        productId: { unreadable: 'INCONNU', because: 'none' },
        quantity: 7_0000,
        unitPrice: 10_000000,
      },
      { productId: 'id of LIV-MAN', quantity: { unreadable: 'douze' }, unitPrice: 24_000000 },
    ])
  })

  it('begin below the headings, where they were pasted too', () => {
    expect(pasted('Article\tQté\tPrix\nliv-man\t2')).toEqual([
      { lineId: '1', productId: 'id of LIV-MAN', quantity: 2_0000, unitPrice: 24_000000 },
    ])
    // A row alone, or with anything that can be read, is no heading.
    expect(pasted('Article\tQté')).toHaveLength(1)
    expect(pasted('liv-man\tdouze\nliv-man\t2')).toHaveLength(2)
  })

  it('say that nobody answered where the question failed', () => {
    const failed = new Map([['productId', 'failed' as const]])
    expect(
      filledLines(tableOf(columns, 'liv-man\t2'), failed, { lines: [{}], empty, reading })[0]?.['productId'],
    ).toEqual({ unreadable: 'liv-man', because: 'failed' })
  })

  it('leave what was typed while they were looked up', () => {
    const before = [{ quantity: undefined }]
    const filled = [{ productId: 'a', quantity: 2_0000 }, { productId: 'b' }]
    expect(joinedLines([{ lineId: 'other' }, { quantity: 5_0000 }], 1, { before, filled })).toEqual([
      { lineId: 'other' },
      { productId: 'a', quantity: 5_0000 },
      { productId: 'b' },
    ])
  })
})
