import { describe, expect, it } from 'vitest'
import { Lru } from '../../commands/lru.ts'

const filled = (size: number, count: number): Lru<number> => {
  const lru = new Lru<number>(size)
  for (let n = 0; n < count; n++) lru.set(`k${n}`, n)
  return lru
}
const kept = (lru: Lru<number>, count: number): number =>
  Array.from({ length: count }, (_, n) => lru.peek(`k${n}`)).filter(value => value !== undefined).length

describe('a map of what was used lately', () => {
  it('never holds more than its size', () => {
    for (let count = 0; count < 50; count++) expect(kept(filled(10, count), count)).toBeLessThanOrEqual(10)
  })
  it('holds the newest half of its size at least', () => {
    const lru = filled(10, 37)
    for (let n = 33; n < 37; n++) expect(lru.peek(`k${n}`)).toBe(n)
  })
  it('keeps what is used again and again, and forgets what is only looked at', () => {
    const lru = filled(10, 2)
    for (let n = 2; n < 100; n++) {
      lru.set(`k${n}`, n)
      expect(lru.get('k0')).toBe(0)
      lru.peek('k1')
    }
    expect(lru.peek('k1')).toBeUndefined()
  })
  it('answers with the newest value, and with none after a deletion, whichever generation it lies in', () => {
    const lru = filled(10, 5)
    lru.set('k0', 100)
    expect(lru.get('k0')).toBe(100)
    lru.delete('k0')
    expect(lru.get('k0')).toBeUndefined()
    expect(lru.peek('k0')).toBeUndefined()
  })
})
