import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { controlTotals } from '../../../integrations/import/control.ts'
import { loadProfile } from '../../../integrations/import/profile.ts'
import { readBusiness } from '../../../integrations/import/read-business.ts'
import { NORTHWIND } from './files.ts'

describe.skipIf(!existsSync(NORTHWIND))('Northwind', () => {
  it('is read whole, and its control totals come from the files alone', async () => {
    const northwind = await loadProfile('northwind')
    const business = await readBusiness(northwind, NORTHWIND)
    expect(business.rejects).toStrictEqual([])
    const { customers, ...totals } = controlTotals(northwind, business)
    expect(totals).toStrictEqual({
      orders: 830,
      orderLines: 2155,
      openOrders: 21,
      years: [
        {
          year: '1996',
          invoices: 143,
          lines: 193_316_58n,
          freight: 9_468_94n,
          net: 202_785_52n,
          vat: 3_715_49n,
          gross: 206_501_01n,
        },
        {
          year: '1997',
          invoices: 398,
          lines: 608_847_01n,
          freight: 32_164_12n,
          net: 641_011_13n,
          vat: 9_737_46n,
          gross: 650_748_59n,
        },
        {
          year: '1998',
          invoices: 268,
          lines: 437_692_26n,
          freight: 22_321_96n,
          net: 460_014_22n,
          vat: 4_000_60n,
          gross: 464_014_82n,
        },
      ],
    })
    expect(totals.years.reduce((sum, { lines }) => sum + lines, 0n)).toBe(1_239_855_85n)
    expect(totals.years.reduce((sum, { freight }) => sum + freight, 0n)).toBe(63_955_02n)
    expect(customers.size).toBe(89)
  })
})
