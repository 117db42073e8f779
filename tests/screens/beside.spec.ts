import { expect, it } from 'vitest'
import { placeOf, sentRows, toldBeside } from '../../screens/forms/beside.ts'

const LINE = '01a21e6d-d1d2-790d-8000-000000000001'

it('tells what is wrong without naming what it stands beside', () => {
  expect(toldBeside(`Champ « lines » : ligne ${LINE}, quantité 5 ; il reste 2,5 à livrer.`)).toBe(
    'Quantité 5 ; il reste 2,5 à livrer.',
  )
  expect(toldBeside('Field "lines.0.quantity": expected at least 1.')).toBe('Expected at least 1.')
  expect(toldBeside(`Champ « unitPrice », ligne ${LINE} : attendu un prix.`)).toBe('Attendu un prix.')
  expect(toldBeside('Déjà pris : le numéro.')).toBe('Déjà pris : le numéro.')
})

it('stands at the cell that is typed, where the id of its line is what is named', () => {
  const grid = { name: 'lines', columns: [{ name: 'left', fixed: true as const }, { name: 'quantity' }] }
  expect(placeOf('lines.2.lineId', grid)).toBe('lines.2.quantity')
  expect(placeOf('lines.2', grid)).toBe('lines.2.quantity')
  expect(placeOf('lines.2.quantity', grid)).toBe('lines.2.quantity')
  expect(placeOf('lines', grid)).toBe('lines')
  expect(placeOf('number', undefined)).toBe('number')
})

it('stands at the line that is meant: those that are not sent are not counted', () => {
  const grid = {
    name: 'lines',
    columns: [{ name: 'productId' }, { name: 'quantity' }],
    leftOut: ({ productId }: Readonly<Record<string, unknown>>) => productId === undefined,
  }
  const rows = sentRows(grid, { lines: [{}, { productId: 'a' }, {}, { productId: 'b' }] })
  expect(rows).toEqual([1, 3])
  expect(placeOf('lines.0.quantity', grid, rows)).toBe('lines.1.quantity')
  expect(placeOf('lines.1.lineId', grid, rows)).toBe('lines.3.quantity')
  expect(sentRows(undefined, {})).toEqual([])
})
