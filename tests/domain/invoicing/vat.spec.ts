import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { determineVat } from '../../../domain/invoicing/vat/determine.ts'
import type { VatQuestion } from '../../../domain/invoicing/vat/determine.ts'
import { FRENCH_RATES, frenchRateOn } from '../../../domain/invoicing/vat/rates.ts'
import {
  MEMBERSHIPS,
  countryOfVatNumber,
  inUnion,
  vatCountryOf,
} from '../../../domain/invoicing/vat/territory.ts'

describe('rates of mainland France', () => {
  it.each([
    ['standard', '1990-12-31', undefined],
    ['standard', '1991-01-01', 1860n],
    ['standard', '1995-07-31', 1860n],
    ['standard', '1995-08-01', 2060n],
    ['standard', '2000-03-31', 2060n],
    ['standard', '2000-04-01', 1960n],
    ['standard', '2013-12-31', 1960n],
    ['standard', '2014-01-01', 2000n],
    ['standard', '2026-11-22', 2000n],
    ['intermediate', '2011-12-31', undefined],
    ['intermediate', '2012-01-01', 700n],
    ['intermediate', '2014-01-01', 1000n],
    ['reduced', '1996-07-04', 550n],
    ['superReduced', '2026-11-22', 210n],
  ] as const)('%s on %s', (rateClass, day, rate) => expect(frenchRateOn(rateClass, day)).toBe(rate))

  it('are dated, sourced, and oldest first within a class', () => {
    for (const { class: of, source } of FRENCH_RATES) {
      const days = FRENCH_RATES.filter(row => row.class === of).map(row => row.from)
      expect(days).toStrictEqual([...new Set(days)].toSorted())
      expect(source).toContain('CGI')
    }
  })
})

describe('the Union', () => {
  it.each([
    ['1992-12-31', 0],
    ['1994-12-31', 12],
    ['1996-07-04', 15],
    ['1998-05-06', 15],
    ['2004-05-01', 25],
    ['2007-01-01', 27],
    ['2013-07-01', 28],
    ['2020-12-31', 28],
    ['2021-01-01', 27],
  ])('on %s had %i members', (day, count) =>
    expect(MEMBERSHIPS.filter(m => inUnion(m.country, day))).toHaveLength(count),
  )
  it('lost GB at the end of the transition', () => {
    expect(inUnion('GB', '2020-12-31')).toBe(true)
    expect(inUnion('GB', '2021-01-01')).toBe(false)
  })
  it('knows Monaco as France, the Isle of Man as GB, and Greek numbers by EL', () => {
    expect(vatCountryOf('MC')).toBe('FR')
    expect(inUnion('IM', '1996-07-04')).toBe(true)
    expect(countryOfVatNumber('EL123456789')).toBe('GR')
  })
})

const question: VatQuestion = {
  sellerCountry: 'FR',
  buyer: { isBusiness: true, country: 'FR', vatNumberOf: 'FR' },
  destination: 'FR',
  operation: 'goods',
  rateClass: 'standard',
  exemption: undefined,
  services: 'receipts',
  day: '2026-11-20',
}
const buyer = (country: string, vatNumberOf?: string, isBusiness = true) => ({
  isBusiness,
  country,
  vatNumberOf,
})
const answer = (more: Partial<VatQuestion>) => {
  const result = determineVat({ ...question, ...more })
  return E.isLeft(result) ? result.left : result.right
}

describe('the VAT of goods', () => {
  it('in France falls due at delivery', () =>
    expect(answer({})).toStrictEqual({ category: 'S', rate: 2000n, regime: 'delivery' }))
  it('to a business in another member state is exempt', () =>
    expect(answer({ destination: 'DE', buyer: buyer('DE', 'DE') })).toStrictEqual({
      category: 'K',
      rate: 0n,
      regime: 'delivery',
      exemptionCode: 'VATEX-EU-IC',
      exemptionReason: 'Livraison intracommunautaire exonérée de TVA, article 262 ter I du CGI',
    }))
  it('is exempt with a number of a third member state, and taxed with a French one or none', () => {
    expect(answer({ destination: 'DE', buyer: buyer('BE', 'BE') })).toMatchObject({ category: 'K' })
    expect(answer({ destination: 'DE', buyer: buyer('FR', 'FR') })).toMatchObject({ category: 'S' })
    expect(answer({ destination: 'DE', buyer: buyer('DE') })).toMatchObject({ category: 'S', rate: 2000n })
  })
  it('follows where they go, not who buys', () => {
    expect(answer({ destination: 'FR', buyer: buyer('DE', 'DE') })).toMatchObject({ category: 'S' })
    expect(answer({ destination: 'CH', buyer: buyer('FR', 'FR') })).toMatchObject({ category: 'G' })
    expect(answer({ destination: 'MC' })).toMatchObject({ category: 'S' })
  })
  it('out of the Union is exempt, whoever buys', () =>
    expect(answer({ destination: 'US', buyer: buyer('US', undefined, false) })).toMatchObject({
      category: 'G',
      exemptionCode: 'VATEX-EU-G',
    }))
  it('knows the Union of the day', () => {
    const toGb = { destination: 'GB', buyer: buyer('GB', 'GB') }
    expect(answer({ ...toGb, day: '1996-07-04' })).toMatchObject({ category: 'K' })
    expect(answer({ ...toGb, day: '2021-01-01' })).toMatchObject({ category: 'G' })
    expect(answer({ destination: 'SE', buyer: buyer('SE', 'SE'), day: '1994-12-31' })).toMatchObject({
      category: 'G',
    })
  })
})

describe('the VAT of services', () => {
  const services = { operation: 'services' as const }
  it('in France falls due at the receipt, or on debits by option', () => {
    expect(answer(services)).toMatchObject({ category: 'S', regime: 'receipts' })
    expect(answer({ ...services, services: 'debits' })).toMatchObject({ category: 'S', regime: 'debits' })
  })
  it('to a business in another member state is reverse charged', () =>
    expect(answer({ ...services, buyer: buyer('DE', 'DE') })).toMatchObject({
      category: 'AE',
      exemptionCode: 'VATEX-EU-AE',
      exemptionReason: 'Autoliquidation, articles 44 et 196 de la directive 2006/112/CE',
    }))
  it('to a business out of the Union is out of scope', () =>
    expect(answer({ ...services, buyer: buyer('US') })).toMatchObject({ category: 'O' }))
  it('to consumers abroad is taxed here', () => {
    expect(answer({ ...services, buyer: buyer('DE', undefined, false) })).toMatchObject({ category: 'S' })
    expect(answer({ ...services, buyer: buyer('US', undefined, false) })).toMatchObject({ category: 'S' })
    expect(answer({ ...services, buyer: buyer('DE') })).toMatchObject({ category: 'S' })
  })
  it('is refused where the data do not reach: abroad before 2010', () =>
    expect(answer({ ...services, buyer: buyer('DE', 'DE'), day: '2009-12-31' })).toStrictEqual({
      code: 'VAT_RULES_MISSING',
      country: 'DE',
      day: '2009-12-31',
    }))
})

describe('what is refused rather than guessed', () => {
  it('a day before the data', () =>
    expect(answer({ day: '1990-12-31' })).toStrictEqual({
      code: 'VAT_RATE_UNKNOWN',
      rateClass: 'standard',
      day: '1990-12-31',
    }))
  it('a seller elsewhere', () =>
    expect(answer({ sellerCountry: 'DE' })).toStrictEqual({
      code: 'VAT_RULES_MISSING',
      country: 'DE',
      day: '2026-11-20',
    }))
  it('an exemption without its article', () => {
    expect(answer({ rateClass: 'exempt', exemption: 'VATEX-FR-CGI261-4' })).toMatchObject({
      category: 'E',
      rate: 0n,
    })
    expect(answer({ rateClass: 'exempt' })).toMatchObject({
      code: 'VAT_EXEMPTION_UNKNOWN',
      exemption: undefined,
    })
  })
})
