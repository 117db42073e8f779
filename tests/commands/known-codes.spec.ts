import { describe, expect, it } from 'vitest'
import { customerCommands } from '../../commands/commerce/customers.ts'
import { productCommands } from '../../commands/commerce/products.ts'
import { parseInput } from '../../commands/validation.ts'
import { MEMBERSHIPS } from '../../domain/invoicing/vat/territory.ts'
import { COUNTRIES, UNITS } from '../../domain/shared/code-lists.ts'
import { customer, product } from './commerce/business.ts'

const inputOf = (commands: typeof customerCommands, name: string) =>
  commands.find(command => command.name === name)!.input
const registerCustomer = inputOf(customerCommands, 'commerce.registerCustomer')
const registerProduct = inputOf(productCommands, 'commerce.registerProduct')

describe('codes of an input', () => {
  it.each(['QQ', 'FX', 'EL', 'XX'])('country %s is none', country => {
    const party = { ...customer.party, address: { city: 'Y', country } }
    expect(parseInput(registerCustomer, { ...customer, party })).toMatchObject({
      ok: false,
      issues: [
        {
          field: 'party.address.country',
          fr: 'Champ « party.address.country » : attendu un code de pays ISO 3166-1, comme FR.',
          en: 'Field "party.address.country": expected an ISO 3166-1 country code, such as FR.',
        },
      ],
    })
  })

  it.each(['😀', 'ZZZ', 'kgm', 'h'])('unit %s is none', unit =>
    expect(parseInput(registerProduct, { ...product, unit })).toMatchObject({
      ok: false,
      issues: [{ field: 'unit', expected: { en: expect.stringContaining('recommendation 20') as string } }],
    }),
  )

  it('takes every country of the VAT tables, and the units that people sell by', () => {
    expect(COUNTRIES.size).toBe(249)
    for (const country of [...MEMBERSHIPS.map(m => m.country), 'MC', 'IM', 'CH', 'US'])
      expect(COUNTRIES.has(country), country).toBe(true)
    for (const unit of ['C62', 'H87', 'HUR', 'DAY', 'MON', 'KGM', 'LTR', 'MTR', 'MTK', 'MTQ', 'KWH', 'LS'])
      expect(UNITS.has(unit), unit).toBe(true)
    for (const unit of UNITS) expect(parseInput(registerProduct, { ...product, unit }).ok, unit).toBe(true)
  })
})
