import fc from 'fast-check'
import { expect, it } from 'vitest'
import { differencesOf } from '../../screens/documents/differences.ts'

const names = ['name', 'family', 'unit']

it('asks about what both changed, and takes over what only the other did', () => {
  const before = { name: 'Chai', family: 'Thés', unit: 'C62' }
  const theirs = { name: 'Chai noir', family: 'Boissons', unit: 'C62' }
  const mine = { name: 'Chai vert', family: 'Thés', unit: 'KGM' }
  expect(differencesOf(names, before, theirs, mine)).toStrictEqual([
    { name: 'name', before: 'Chai', theirs: 'Chai noir', mine: 'Chai vert', both: true },
    { name: 'family', before: 'Thés', theirs: 'Boissons', mine: 'Thés', both: false },
  ])
})

it('says nothing where both say the same, whatever stood before', () => {
  const values = fc.record({ name: fc.string(), family: fc.option(fc.string(), { nil: undefined }) })
  fc.assert(
    fc.property(values, values, (before, now) => {
      expect(differencesOf(names, before, now, now)).toStrictEqual([])
      expect(differencesOf(names, before, before, now)).toStrictEqual([])
      expect(differencesOf(names, before, now, before).every(({ both }) => !both)).toBe(true)
    }),
  )
})
