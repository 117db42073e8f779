import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandHarness } from '../../support/command-harness.ts'
import { emptyBusiness, entityId, legalEntity, unknown } from '../commerce/business.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await emptyBusiness()
  await house.done('organisation.registerLegalEntity', legalEntity)
})
afterEach(() => house.stop())

describe('a legal entity', () => {
  it('is registered behind the claim on its code, and told all that documents and books rest on', async () => {
    const { code: _code, currency: _currency, timeZone: _zone, ...identity } = legalEntity
    await house.done('organisation.changeLegalEntity', { ...identity, capital: '50 000 EUR' })
    await house.done('organisation.chooseVatRegime', { entityId, from: '2026-01-01', services: 'debits' })
    await house.done('organisation.openFiscalYear', {
      entityId,
      year: '2026',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
    })
    await house.done('organisation.openNumberSeries', {
      entityId,
      series: 'F',
      documents: ['invoice'],
      journal: 'VE',
      pattern: 'F{year}-{number:6}',
    })
    await house.done('organisation.setInvoicingTerms', {
      entityId,
      paymentTermDays: 30,
      latePaymentNote: 'Pénalités : taux BCE + 10 points.',
      recoveryNote: 'Indemnité forfaitaire : 40 €.',
      discountNote: 'Pas d’escompte.',
    })
    expect((await house.events(`legalEntity-${entityId}`)).map(event => event.type)).toStrictEqual([
      'organisation.LegalEntityRegistered',
      'organisation.LegalEntityChanged',
      'organisation.VatRegimeChosen',
      'organisation.FiscalYearOpened',
      'organisation.NumberSeriesOpened',
      'organisation.InvoicingTermsSet',
    ])
  })

  it('has a code that no other has', async () => {
    expect(
      await house.rejection('organisation.registerLegalEntity', {
        ...legalEntity,
        entityId: unknown,
        code: 'nw',
      }),
    ).toStrictEqual({ code: 'KEY_TAKEN', kind: 'legalEntityCode', ownerStream: `legalEntity-${entityId}` })
  })

  it('that nobody knows is refused by name', async () => {
    expect(
      await house.rejection('organisation.chooseVatRegime', {
        entityId: unknown,
        from: '2026-01-01',
        services: 'debits',
      }),
    ).toStrictEqual({ code: 'LEGAL_ENTITY_NOT_FOUND' })
  })

  it('is changed by who has the right there', async () => {
    const elsewhere = { userId: unknown, grants: [{ role: 'administrator', entityId: unknown } as const] }
    expect(
      await house.send(
        'organisation.chooseVatRegime',
        { entityId, from: '2026-01-01', services: 'debits' },
        { as: elsewhere },
      ),
    ).toMatchObject({ kind: 'forbidden' })
  })
})

describe('the log', () => {
  it('PROTOCOL 15: is gone on with by an administrator', async () => {
    const head = (await house.store.head())!
    await house.done('organisation.resumeLog', {
      headEventId: head.id,
      headHash: 'a'.repeat(64),
      explanation: 'restored from the backup of the night',
    })
    expect((await house.events('log-main')).map(event => event.type)).toStrictEqual([
      'organisation.LogOpened',
      'organisation.LogResumed',
    ])
  })

  it('PROTOCOL 10: is told of a clock that jumped, by another time than it knows', async () => {
    const instants = { from: '2026-11-22T08:00:00.000Z', previousMaximum: '2026-11-22T08:00:00.000Z' }
    expect(
      await house.rejection('organisation.confirmClock', { ...instants, explanation: 'no reason' }),
    ).toStrictEqual({ code: 'CLOCK_UNCHANGED', from: instants.from })
  })
})
