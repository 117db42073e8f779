import { expect, it } from 'vitest'
import { mayStand } from '../../screens/frame/address-parts.ts'

it('knows what stands for nothing without asking anybody', () => {
  expect(mayStand({})).toBe(true)
  expect(mayStand({ id: '01a069b7-1000-7a5a-830c-780855345548' })).toBe(true)
  expect(mayStand({ period: '2026-10', account: '411', ordinal: '12' })).toBe(true)
  for (const parts of [{ id: 'zzz' }, { period: '2026-13' }, { account: 'abc' }, { ordinal: '-1' }])
    expect(mayStand(parts)).toBe(false)
})
