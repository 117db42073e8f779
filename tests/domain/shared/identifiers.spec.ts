import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  frenchVatKey,
  identifiersProblem,
  isIban,
  isSiren,
  isSiret,
  isVatNumber,
} from '../../../domain/shared/identifiers.ts'

describe('SIREN and SIRET', () => {
  it('stand under the Luhn key', () => {
    expect(['732829320', '404833048', '356000000'].every(isSiren)).toBe(true)
    expect(['732829321', '73282932', '7328293200', '000000000', '73282932A'].some(isSiren)).toBe(false)
    expect(['73282932000074', '40483304800022'].every(isSiret)).toBe(true)
    expect(['73282932000075', '7328293200007', '73282932100074'].some(isSiret)).toBe(false)
  })

  it('of La Poste: establishments whose digits add up to a multiple of five', () => {
    expect(isSiret('35600000000048')).toBe(true)
    expect(isSiret('35600000049837')).toBe(true)
    expect(isSiret('35600000049838')).toBe(false)
    // The exception is La Poste's alone: these digits add up to 45 too.
    expect(isSiret('73282932000072')).toBe(false)
  })

  it('find any single wrong digit', () => {
    const digits = fc.stringMatching(/^\d{8}$/).filter(d => d !== '00000000')
    fc.assert(
      fc.property(digits, fc.nat(8), fc.integer({ min: 1, max: 9 }), (head, at, shift) => {
        const siren = [...Array(10).keys()].map(key => `${head}${key}`).find(isSiren)!
        const wrong = [...siren]
        wrong[at] = String((Number(wrong[at]) + shift) % 10)
        expect(isSiren(wrong.join(''))).toBe(false)
      }),
    )
  })
})

describe('VAT numbers', () => {
  it('have the form of their country', () => {
    const right = [
      'DE123456789',
      'ATU12345678',
      'BE0123456789',
      'EL123456789',
      'IE1234567WA',
      'NL123456789B01',
    ]
    const more = [
      'ESB12345678',
      'LT123456789012',
      'GB123456789',
      'GBGD001',
      'CHE123456789TVA',
      'NO123456789MVA',
    ]
    expect([...right, ...more].filter(number => !isVatNumber(number))).toEqual([])
    const wrong = [
      'DE12345678',
      'AT12345678',
      'GR123456789',
      'IE1234567',
      'NL123456789A01',
      'US123456789',
      'ES123',
    ]
    expect(wrong.filter(isVatNumber)).toEqual([])
  })

  it('of France stand under the key of their SIREN', () => {
    expect(frenchVatKey('404833048')).toBe('83')
    expect(['FR83404833048', 'FR40303265045', 'FR23334175221'].every(isVatNumber)).toBe(true)
    expect(isVatNumber('FR84404833048')).toBe(false)
    expect(isVatNumber('FR84323140391')).toBe(false)
  })

  it('of France may have a letter in their key', () => {
    expect(['FRK7399859412', 'FR4Z123456782'].every(isVatNumber)).toBe(true)
    expect(['FRK8399859412', 'FR4Y123456782', 'FRO7399859412'].some(isVatNumber)).toBe(false)
  })
})

it('an IBAN is 1 modulo 97', () => {
  expect(['FR1420041010050500013M02606', 'GB82WEST12345698765432'].every(isIban)).toBe(true)
  expect(['FR1520041010050500013M02606', 'GB82WEST12345698765431', 'FR14'].some(isIban)).toBe(false)
})

describe('identifiers together', () => {
  const siren = '404833048'
  it('agree', () => {
    expect(identifiersProblem({})).toBeUndefined()
    const electronicAddress = { scheme: '0225', id: `${siren}_${siren}00022` }
    const all = { siren, siret: '40483304800022', vatNumber: 'FR83404833048', electronicAddress }
    expect(identifiersProblem(all)).toBeUndefined()
    // A foreign VAT number beside a SIREN: a French establishment of a German company.
    expect(identifiersProblem({ siren, vatNumber: 'DE123456789' })).toBeUndefined()
    expect(identifiersProblem({ siren, electronicAddress: { scheme: '0088', id: '123' } })).toBeUndefined()
  })

  it('or say what does not', () => {
    expect(identifiersProblem({ siren: '404833049' })).toEqual({ code: 'SIREN_INVALID', siren: '404833049' })
    expect(identifiersProblem({ siret: '40483304800023' })).toEqual({
      code: 'SIRET_INVALID',
      siret: '40483304800023',
    })
    expect(identifiersProblem({ siren: '732829320', siret: '40483304800022' })).toEqual({
      code: 'SIRET_NOT_OF_SIREN',
      siret: '40483304800022',
      siren: '732829320',
    })
    expect(identifiersProblem({ vatNumber: 'FR84404833048' })).toEqual({
      code: 'VAT_NUMBER_INVALID',
      vatNumber: 'FR84404833048',
    })
    for (const given of [{ siren: '732829320' }, { siret: '73282932000074' }])
      expect(identifiersProblem({ ...given, vatNumber: 'FR83404833048' })).toEqual({
        code: 'VAT_NUMBER_NOT_OF_SIREN',
        vatNumber: 'FR83404833048',
        siren: '732829320',
      })
    expect(identifiersProblem({ siren, electronicAddress: { scheme: '0225', id: '732829320' } })).toEqual({
      code: 'ELECTRONIC_ADDRESS_NOT_OF_SIREN',
      address: '732829320',
      siren,
    })
  })
})
