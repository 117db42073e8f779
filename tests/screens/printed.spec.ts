import { describe, expect, it } from 'vitest'
import { identifiersOf, operationOf, postal } from '../../screens/invoicing/printed/content.ts'

const personId = '01932f0c-0000-7000-8000-0000000000a1'
const address = { line1: '3 rue des Lilas', postcode: '35000', city: 'Rennes', country: 'FR' }

describe('a party on paper', () => {
  it('is told line by line, the country where it is another one', () => {
    expect(postal({ kind: 'company', name: 'Atelier', address })).toEqual([
      'Atelier',
      '3 rue des Lilas',
      '35000 Rennes',
    ])
    const abroad = { ...address, postcode: '1000', city: 'Bruxelles', country: 'BE' }
    expect(postal({ kind: 'company', name: 'Atelier', address: abroad }).at(-1)).toBe('Belgique')
  })
  it('reads as erased where its key was destroyed, and only there', () => {
    const erased = { erased: 'accounting' }
    expect(postal({ kind: 'person', personId, name: erased, city: 'Rennes', country: 'FR' })).toEqual([
      '— effacé —',
      'Rennes',
    ])
    expect(postal({ kind: 'person', personId, name: 'Anne Martin', ...address })[0]).toBe('Anne Martin')
  })
  it('bears the identifiers that the document has', () =>
    expect(
      identifiersOf({
        kind: 'company',
        name: 'Atelier',
        siren: '732829320',
        vatNumber: 'FR44732829320',
        address,
      }),
    ).toEqual(['SIREN 732829320', 'N° TVA FR44732829320']))
})

it('goods, services or both are named (CGI ann. II 242 nonies A-I 8° bis)', () => {
  expect(operationOf([{ operation: 'goods' }])).toBe('Livraisons de biens')
  expect(operationOf([{ operation: 'services' }])).toBe('Prestations de services')
  expect(operationOf([{ operation: 'goods' }, { operation: 'services' }])).toContain(' et ')
})
