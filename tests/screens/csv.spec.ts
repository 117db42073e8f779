import { expect, it } from 'vitest'
import { csvLine } from '../../screens/lists/csv.ts'

it('separates as spreadsheets of the language expect, and quotes what needs it', () => {
  expect(csvLine(['F1', '12,50', 'a "b"', 'x\ny'], 'fr')).toBe('F1;"12,50";"a ""b""";"x\ny"\r\n')
  expect(csvLine(['F1', '12.50'], 'en')).toBe('F1,12.50\r\n')
})

it('lets no text be taken for a formula, and leaves numbers alone', () => {
  expect(csvLine(['=1+1', '@x', '+33 1', '-12,50', '-5 %', '-cmd'], 'en')).toBe(
    `'=1+1,'@x,'+33 1,"-12,50",-5 %,'-cmd\r\n`,
  )
})
