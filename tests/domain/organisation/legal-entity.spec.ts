import { describe, expect, it } from 'vitest'
import { decide } from '../../../domain/organisation/legal-entity-decisions.ts'
import {
  legalEntity,
  servicesRegimeOn,
  type RegisteredEntity,
} from '../../../domain/organisation/legal-entity.ts'
import type { LegalEntityEvent } from '../../../domain/organisation/legal-entity.events.ts'
import { longestNumber, patternsClash } from '../../../domain/organisation/number-pattern.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(legalEntity)
const entityId = '01932f0c-0000-7000-8000-0000000000e1'
const commandId = '01932f0c-0000-7000-8000-00000000000c'

const identity = {
  name: 'Northwind SAS',
  legalForm: 'SAS',
  siren: '404833048',
  vatNumber: 'FR83404833048',
  address: { line1: '1 rue du Port', postcode: '76600', city: 'Le Havre', country: 'FR' },
}
const registration = { entityId, code: 'NW', ...identity, currency: 'EUR', timeZone: 'Europe/Paris' }
const registered: LegalEntityEvent = { type: 'organisation.LegalEntityRegistered', data: registration }
const abandoned: LegalEntityEvent = {
  type: 'organisation.LegalEntityRegistrationAbandoned',
  data: { entityId, commandId },
}
const year = (startsOn: string, endsOn: string, name = startsOn.slice(0, 4)) => ({
  entityId,
  year: name,
  startsOn,
  endsOn,
})
const opened = (data: ReturnType<typeof year>): LegalEntityEvent => ({
  type: 'organisation.FiscalYearOpened',
  data,
})

describe('registering', () => {
  it('records who the entity is', () => given().when(decide.register(registration)).then(registered))
  it('adds nothing when heard twice', () =>
    given(registered).when(decide.register(registration)).thenNothing())
  it('refuses another registration under the same id', () =>
    given(registered)
      .when(decide.register({ ...registration, name: 'Southwind' }))
      .thenRejects({ code: 'LEGAL_ENTITY_EXISTS', entityCode: 'NW' }))
  it('needs a currency with cents and a time zone that exists', () => {
    given()
      .when(decide.register({ ...registration, currency: 'JPY' }))
      .thenRejects({ code: 'CURRENCY_NOT_SUPPORTED', currency: 'JPY' })
    given()
      .when(decide.register({ ...registration, timeZone: 'Europe/Nowhere' }))
      .thenRejects({ code: 'TIME_ZONE_UNKNOWN', timeZone: 'Europe/Nowhere' })
  })
  it('needs identifiers that hold, alone and together', () => {
    given()
      .when(decide.register({ ...registration, siren: '404833049' }))
      .thenRejects({ code: 'SIREN_INVALID', siren: '404833049' })
    given()
      .when(decide.register({ ...registration, siren: '732829320' }))
      .thenRejects({ code: 'VAT_NUMBER_NOT_OF_SIREN', vatNumber: 'FR83404833048', siren: '732829320' })
  })
})

describe('changing', () => {
  const data = { entityId, ...identity, capital: '50 000 EUR' }
  const changed: LegalEntityEvent = { type: 'organisation.LegalEntityChanged', data }
  it('replaces what documents will say, once', () => {
    given(registered).when(decide.change(data)).then(changed)
    given(registered, changed).when(decide.change(data)).thenNothing()
    given(registered)
      .when(decide.change({ entityId, ...identity }))
      .thenNothing()
  })
  it('holds the same rules as registering', () =>
    given(registered)
      .when(decide.change({ ...data, siret: '40483304800023' }))
      .thenRejects({ code: 'SIRET_INVALID', siret: '40483304800023' }))
})

describe('the VAT regime of services', () => {
  const from = (day: string, services: 'receipts' | 'debits') => ({ entityId, from: day, services })
  const debits: LegalEntityEvent = {
    type: 'organisation.VatRegimeChosen',
    data: from('2026-01-01', 'debits'),
  }
  it('is chosen from a day on, once', () => {
    given(registered)
      .when(decide.chooseVatRegime(from('2026-01-01', 'debits')))
      .then(debits)
    given(registered, debits)
      .when(decide.chooseVatRegime(from('2026-01-01', 'debits')))
      .thenNothing()
  })
  it('does not change what applied', () => {
    for (const day of ['2026-01-01', '2025-12-31'])
      given(registered, debits)
        .when(decide.chooseVatRegime(from(day, 'receipts')))
        .thenRejects({ code: 'VAT_REGIME_NOT_IN_ORDER', from: day, last: '2026-01-01' })
  })
  it('is the receipt where nothing was chosen (CGI 269-2-c)', () => {
    const back: LegalEntityEvent = {
      type: 'organisation.VatRegimeChosen',
      data: from('2027-01-01', 'receipts'),
    }
    const entity = given(registered, debits, back).state() as RegisteredEntity
    const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01']
    expect(days.map(day => servicesRegimeOn(entity, day))).toEqual([
      'receipts',
      'debits',
      'debits',
      'receipts',
    ])
  })
})

describe('fiscal years', () => {
  const y1996 = year('1996-01-01', '1996-12-31')
  const y1997 = year('1997-01-01', '1997-12-31')
  it('follow each other', () => {
    given(registered).when(decide.openFiscalYear(y1996)).then(opened(y1996))
    given(registered, opened(y1996)).when(decide.openFiscalYear(y1997)).then(opened(y1997))
    given(registered, opened(y1996)).when(decide.openFiscalYear(y1996)).thenNothing()
  })
  it('leave no gap and do not overlap', () => {
    for (const startsOn of ['1997-01-02', '1996-12-31', '1995-01-01'])
      given(registered, opened(y1996))
        .when(decide.openFiscalYear(year(startsOn, '1997-12-31', 'other')))
        .thenRejects(
          startsOn === '1995-01-01'
            ? { code: 'FISCAL_YEAR_TOO_LONG', endsOn: '1997-12-31', latest: '1996-12-31' }
            : { code: 'FISCAL_YEAR_NOT_CONTIGUOUS', startsOn, expected: '1997-01-01' },
        )
    given(registered, opened(y1996))
      .when(decide.openFiscalYear(year('1995-01-01', '1995-12-31')))
      .thenRejects({ code: 'FISCAL_YEAR_NOT_CONTIGUOUS', startsOn: '1995-01-01', expected: '1997-01-01' })
  })
  it('have one name each, an end after their start, and two years at most', () => {
    given(registered, opened(y1996))
      .when(decide.openFiscalYear({ ...y1997, year: '1996' }))
      .thenRejects({ code: 'FISCAL_YEAR_EXISTS', year: '1996' })
    given(registered)
      .when(decide.openFiscalYear(year('1996-01-01', '1995-12-31')))
      .thenRejects({
        code: 'FISCAL_YEAR_ENDS_BEFORE_START',
        startsOn: '1996-01-01',
        endsOn: '1995-12-31',
      })
    given(registered)
      .when(decide.openFiscalYear(year('1996-01-01', '1998-01-01')))
      .thenRejects({ code: 'FISCAL_YEAR_TOO_LONG', endsOn: '1998-01-01', latest: '1997-12-31' })
  })
})

describe('number series', () => {
  const series = {
    entityId,
    series: 'F',
    documents: ['invoice' as const],
    journal: 'VE',
    pattern: 'F{year}-{number:6}',
  }
  const seriesOpened: LegalEntityEvent = { type: 'organisation.NumberSeriesOpened', data: series }
  it('are opened once', () => {
    given(registered).when(decide.openSeries(series)).then(seriesOpened)
    given(registered, seriesOpened).when(decide.openSeries(series)).thenNothing()
    given(registered, seriesOpened)
      .when(decide.openSeries({ ...series, journal: 'VX' }))
      .thenRejects({ code: 'SERIES_EXISTS', series: 'F' })
  })
  it('name each kind of document once', () =>
    given(registered)
      .when(decide.openSeries({ ...series, documents: ['invoice', 'invoice'] }))
      .thenRejects({ code: 'SERIES_DOCUMENT_TWICE', document: 'invoice' }))
  it('PROTOCOL 22: give numbers of 35 characters at most, however far they count', () => {
    const pattern = 'INVOICES-OF-NORTHWIND-{year}-{number:6}'
    given(registered)
      .when(decide.openSeries({ ...series, pattern }))
      .thenRejects({ code: 'SERIES_NUMBER_TOO_LONG', pattern, length: 36 })
    expect([longestNumber('F{year}-{number:6}'), longestNumber('{number:1}')]).toEqual([15, 9])
  })
  it('never give a number that another series can give', () => {
    for (const pattern of ['F{year}-{number:4}', 'F2026-{number:6}', 'F7-{number:6}'])
      given(registered, seriesOpened)
        .when(decide.openSeries({ ...series, series: 'G', pattern }))
        .thenRejects({ code: 'SERIES_PATTERN_CLASHES', pattern, series: 'F' })
    const credit = { ...series, series: 'A', pattern: 'A{year}-{number:6}' }
    given(registered, seriesOpened)
      .when(decide.openSeries(credit))
      .then({ type: 'organisation.NumberSeriesOpened', data: credit })
    expect(patternsClash('F{number:6}', 'F{year}{number:6}')).toBe(true)
    expect(patternsClash('F{number:6}', 'F-{number:6}')).toBe(false)
  })
})

describe('invoicing terms', () => {
  const terms = {
    entityId,
    paymentTermDays: 30,
    latePaymentNote: 'Pénalités de retard : taux BCE + 10 points.',
    recoveryNote: 'Indemnité forfaitaire de recouvrement : 40 €.',
    discountNote: 'Pas d’escompte.',
    iban: 'FR1420041010050500013M02606',
  }
  const set: LegalEntityEvent = { type: 'organisation.InvoicingTermsSet', data: terms }
  it('are set, once', () => {
    given(registered).when(decide.setInvoicingTerms(terms)).then(set)
    given(registered, set).when(decide.setInvoicingTerms(terms)).thenNothing()
  })
  it('name an account that holds', () =>
    given(registered)
      .when(decide.setInvoicingTerms({ ...terms, iban: 'FR1520041010050500013M02606' }))
      .thenRejects({ code: 'IBAN_INVALID', iban: 'FR1520041010050500013M02606' }))
})

it('what does not exist is not found', () => {
  for (const past of [[], [abandoned]])
    given(...past)
      .when(decide.change({ entityId, ...identity }))
      .thenRejects({ code: 'LEGAL_ENTITY_NOT_FOUND' })
})

describe('PROTOCOL 16: a registration that never came', () => {
  it('is ended at no-stream, once, and cannot come any more', () => {
    given().when(decide.abandon({ entityId, commandId })).then(abandoned)
    given(abandoned).when(decide.abandon({ entityId, commandId })).thenNothing()
    given(abandoned).when(decide.register(registration)).thenRejects({ code: 'LEGAL_ENTITY_ABANDONED' })
  })
  it('is not ended where it came after all', () =>
    given(registered)
      .when(decide.abandon({ entityId, commandId }))
      .thenRejects({ code: 'LEGAL_ENTITY_EXISTS', entityCode: 'NW' }))
})

it('a history that cannot have happened stops the program', () => {
  expect(() => given(registered, registered).state()).toThrow('impossible')
  expect(() => given(registered, abandoned).state()).toThrow('impossible')
  expect(() => given(opened(year('1996-01-01', '1996-12-31'))).state()).toThrow('impossible')
})
