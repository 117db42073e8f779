import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonInteger, withJsonIntegers } from '../../../domain/shared/json.ts'
import { sum } from '../../../domain/shared/money.ts'
import { AMOUNT_BOUND, TotalCents } from '../../../domain/shared/values.ts'

const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

describe('PROTOCOL 7: nothing beyond the safe integers is a JSON number', () => {
  it('an integer of any size comes back from JSON as it was', () => {
    const near = fc.constantFrom(SAFE - 1n, SAFE, SAFE + 1n, SAFE + 2n, -SAFE, -SAFE - 1n, -SAFE - 2n)
    fc.assert(
      fc.property(fc.oneof(fc.bigInt(), near), n => {
        const written = JSON.parse(JSON.stringify({ n }, withJsonIntegers)) as { n: number | string }
        expect(written.n).toBe(jsonInteger(n))
        expect(BigInt(written.n)).toBe(n)
        expect(typeof written.n).toBe(n <= SAFE && n >= -SAFE ? 'number' : 'string')
      }),
    )
  })

  it('a sum of amounts has no bound, and one stored form', () => {
    const amount = fc.bigInt({ min: 0n, max: BigInt(AMOUNT_BOUND) })
    fc.assert(
      fc.property(
        fc.array(amount, { maxLength: 200 }),
        fc.integer({ min: 1, max: 1_000 }),
        (amounts, times) => {
          const total = sum(amounts) * BigInt(times)
          const text = JSON.stringify(z.encode(TotalCents, total))
          expect(JSON.stringify(JSON.parse(text))).toBe(text)
          expect(z.decode(TotalCents, JSON.parse(text) as number | string)).toBe(total)
          const other = total <= SAFE ? String(total) : Number(total)
          expect(TotalCents.safeDecode(other).success).toBe(false)
        },
      ),
    )
  })

  it.each([-1n, -SAFE - 1n])('no sum of amounts is %d', total => {
    expect(() => z.encode(TotalCents, total)).toThrow(z.ZodError)
  })
})
