import { expect, it } from 'vitest'
import { LineIds } from '../../screens/forms/line-ids.ts'

it('keeps to its line what is typed into it and what comes late for it, also where lines before it are removed', () => {
  let made = 0
  const ids = new LineIds(() => `line ${(made += 1)}`).fit(3)
  expect(ids.remove('line 1')).toBe(0)
  ids.fit(2)
  expect([ids.of(0), ids.of(1)]).toEqual(['line 2', 'line 3'])
  expect(ids.rowOf('line 3')).toBe(1)
  expect(ids.rowOf('line 1')).toBe(-1)
  expect(ids.fit(3).of(2)).toBe('line 4')
})
