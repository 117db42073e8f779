import { describe, expect, it } from 'vitest'
import { customer, decide, type CustomerDetails } from '../../../domain/commerce/customer.ts'
import type { CustomerEvent } from '../../../domain/commerce/customer.events.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(customer)
const customerId = '01932f0c-0000-7000-8000-000000000001'
const commandId = '01932f0c-0000-7000-8000-00000000000c'
const ana = '01932f0c-0000-7000-8000-0000000000a1'
const production = { logKind: 'production' } as const
const sandbox = { logKind: 'sandbox' } as const

const details: CustomerDetails = {
  party: {
    kind: 'company',
    name: 'Vins et alcools Chevalier',
    siren: '404833048',
    siret: '40483304800022',
    vatNumber: 'FR83404833048',
    address: { line1: "59 rue de l'Abbaye", postcode: '51100', city: 'Reims', country: 'FR' },
  },
  currency: 'EUR',
}
const contact = { personId: ana, name: 'Ana Trujillo', role: 'Owner', email: 'ana@example.org' }
const hidden = (filler: string) => ({
  $protected: `v1.01932f0c-0000-7000-8000-0000000000ff.${filler.repeat(16)}.${filler.repeat(24)}`,
})
const storedContact = { personId: ana, name: hidden('A'), role: 'Owner', email: hidden('B') }

const registration = { customerId, code: 'VINET', ...details, contacts: [contact] }
const registered: CustomerEvent = { type: 'commerce.CustomerRegistered', data: registration }
const stored: CustomerEvent = {
  type: 'commerce.CustomerRegistered',
  data: { ...registration, contacts: [storedContact] },
}
const removed: CustomerEvent = {
  type: 'commerce.CustomerContactRemoved',
  data: { customerId, personId: ana },
}
const abandoned: CustomerEvent = {
  type: 'commerce.CustomerRegistrationAbandoned',
  data: { customerId, commandId },
}
const company = (changes: object) => ({
  ...registration,
  party: { ...(details.party as object), ...changes } as typeof details.party,
})

describe('registering', () => {
  it('records who the customer is', () =>
    given().when(decide.register(registration, production)).then(registered))

  it('adds nothing when heard twice', () => {
    given(registered).when(decide.register(registration, production)).thenNothing()
    given(stored).when(decide.register(registration, production)).thenNothing()
  })

  it('refuses another registration under the same id', () => {
    for (const other of [{ ...registration, code: 'VINE2' }, company({ name: 'Vins et alcools' })])
      given(registered)
        .when(decide.register(other, production))
        .thenRejects({ code: 'CUSTOMER_EXISTS', customerCode: 'VINET' })
  })

  it('refuses identifiers that do not hold', () => {
    given()
      .when(decide.register(company({ siren: '404833049' }), production))
      .thenRejects({ code: 'SIREN_INVALID', siren: '404833049' })
    given()
      .when(decide.register(company({ siret: '40483304800023' }), production))
      .thenRejects({ code: 'SIRET_INVALID', siret: '40483304800023' })
    given()
      .when(decide.register(company({ siret: '73282932000074' }), production))
      .thenRejects({ code: 'SIRET_NOT_OF_SIREN', siret: '73282932000074', siren: '404833048' })
    given()
      .when(decide.register(company({ vatNumber: 'FR84404833048' }), production))
      .thenRejects({ code: 'VAT_NUMBER_INVALID', vatNumber: 'FR84404833048' })
    given()
      .when(decide.register(company({ siret: undefined, siren: '732829320' }), production))
      .thenRejects({ code: 'VAT_NUMBER_NOT_OF_SIREN', vatNumber: 'FR83404833048', siren: '732829320' })
    given()
      .when(decide.register(company({ electronicAddress: { scheme: '0225', id: '732829320' } }), production))
      .thenRejects({
        code: 'ELECTRONIC_ADDRESS_NOT_OF_SIREN',
        address: '732829320',
        siren: '404833048',
      })
  })

  it('takes a natural person, whose identifiers are checked as a command brings them', () => {
    const person = {
      kind: 'person',
      personId: ana,
      name: 'Ana Trujillo',
      city: 'Reims',
      country: 'FR',
    } as const
    const data = { ...registration, party: person, contacts: [] }
    given().when(decide.register(data, production)).then({ type: 'commerce.CustomerRegistered', data })
    given()
      .when(decide.register({ ...data, party: { ...person, trader: true, siren: '404833049' } }, production))
      .thenRejects({ code: 'SIREN_INVALID', siren: '404833049' })
    const address = { electronicScheme: '0225', electronicId: '732829320' }
    given()
      .when(decide.register({ ...data, party: { ...person, ...address, siren: '404833048' } }, production))
      .thenRejects({
        code: 'ELECTRONIC_ADDRESS_NOT_OF_SIREN',
        address: '732829320',
        siren: '404833048',
      })
    const protectedParty = { ...person, name: hidden('A'), siren: hidden('C') }
    given()
      .when(decide.register({ ...data, party: protectedParty }, production))
      .then({ type: 'commerce.CustomerRegistered', data: { ...data, party: protectedParty } })
  })

  it('takes invented identifiers in a sandbox alone, and only those that are there', () => {
    const data = company({ invented: ['siren', 'vatNumber'] })
    given().when(decide.register(data, sandbox)).then({ type: 'commerce.CustomerRegistered', data })
    given()
      .when(decide.register(data, production))
      .thenRejects({ code: 'INVENTED_IDENTIFIER_IN_PRODUCTION', field: 'siren' })
    given()
      .when(decide.register(company({ siret: undefined, invented: ['siret'] }), sandbox))
      .thenRejects({ code: 'INVENTED_IDENTIFIER_ABSENT', field: 'siret' })
  })

  it('refuses a currency without cents', () =>
    given()
      .when(decide.register({ ...registration, currency: 'JPY' }, production))
      .thenRejects({ code: 'CURRENCY_NOT_SUPPORTED', currency: 'JPY' }))

  it('refuses a contact named twice', () =>
    given()
      .when(decide.register({ ...registration, contacts: [contact, contact] }, production))
      .thenRejects({ code: 'CONTACT_TWICE', personId: ana }))
})

describe('changing', () => {
  const data = { customerId, ...details, paymentTermDays: 45 }
  const changed: CustomerEvent = { type: 'commerce.CustomerChanged', data }

  it('replaces what is known', () => {
    given(registered).when(decide.change(data, production)).then(changed)
    expect(given(registered, changed).state()).toMatchObject({ details: { paymentTermDays: 45 } })
  })
  it('adds nothing when nothing changes', () => {
    given(registered)
      .when(decide.change({ customerId, ...details }, production))
      .thenNothing()
    given(registered, changed).when(decide.change(data, production)).thenNothing()
  })
  it('holds the same rules as registering', () => {
    given(registered)
      .when(decide.change({ ...data, currency: 'JPY' }, production))
      .thenRejects({ code: 'CURRENCY_NOT_SUPPORTED', currency: 'JPY' })
    given(registered)
      .when(decide.change({ customerId, ...details, party: company({ siren: '1' }).party }, production))
      .thenRejects({ code: 'SIREN_INVALID', siren: '1' })
  })
  it('needs a customer', () =>
    given().when(decide.change(data, production)).thenRejects({ code: 'CUSTOMER_NOT_FOUND' }))
})

describe('contacts', () => {
  const bob = { personId: customerId, name: 'Bob' }
  it('are added, and take the place of what was known of the person', () => {
    const set = { type: 'commerce.CustomerContactSet', data: { customerId, contact: bob } } as const
    given(registered).when(decide.setContact(bob)).then(set)
    given(registered, set).when(decide.setContact(bob)).thenNothing()
    const renamed = { ...contact, name: 'Ana T.' }
    given(stored)
      .when(decide.setContact(renamed))
      .then({ type: 'commerce.CustomerContactSet', data: { customerId, contact: renamed } })
  })
  it('whose fields are hidden are recorded anew, as nobody can tell that nothing changed', () =>
    given(stored)
      .when(decide.setContact(contact))
      .then({ type: 'commerce.CustomerContactSet', data: { customerId, contact } }))
  it('are removed once', () => {
    given(registered).when(decide.removeContact(ana)).then(removed)
    given(registered, removed).when(decide.removeContact(ana)).thenNothing()
  })
  it('that nobody knows are not removed', () =>
    given(registered)
      .when(decide.removeContact(customerId))
      .thenRejects({ code: 'CONTACT_NOT_FOUND', personId: customerId }))
  it('need a customer', () => {
    given().when(decide.setContact(contact)).thenRejects({ code: 'CUSTOMER_NOT_FOUND' })
    given(abandoned).when(decide.removeContact(ana)).thenRejects({ code: 'CUSTOMER_NOT_FOUND' })
  })
})

describe('PROTOCOL 16: a registration that never came', () => {
  it('is ended at no-stream, once', () => {
    given().when(decide.abandon({ customerId, commandId })).then(abandoned)
    given(abandoned).when(decide.abandon({ customerId, commandId })).thenNothing()
  })
  it('cannot come any more: the paused command adds nothing', () =>
    given(abandoned)
      .when(decide.register(registration, production))
      .thenRejects({ code: 'CUSTOMER_ABANDONED' }))
  it('is not ended where it came after all', () =>
    given(registered)
      .when(decide.abandon({ customerId, commandId }))
      .thenRejects({ code: 'CUSTOMER_EXISTS', customerCode: 'VINET' }))
})

it('a history that cannot have happened stops the program', () => {
  expect(() => given(registered, registered).state()).toThrow('impossible')
  expect(() => given(registered, abandoned).state()).toThrow('impossible')
  expect(() => given(removed).state()).toThrow('impossible')
})
