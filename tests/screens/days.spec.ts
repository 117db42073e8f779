import { expect, it } from 'vitest'
import { dayIn } from '../../screens/words/days.ts'

it('the day of an instant is that of the place', () => {
  const instant = '2026-11-27T23:30:00.000Z'
  expect(dayIn('UTC', instant)).toBe('2026-11-27')
  expect(dayIn('Europe/Paris', instant)).toBe('2026-11-28')
  expect(dayIn('America/New_York', instant)).toBe('2026-11-27')
})
