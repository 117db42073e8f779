import { describe, expect, it } from 'vitest'
import { decide, payment } from '../../../domain/invoicing/payment.ts'
import { receiptEntry } from '../../../domain/ledger/public.ts'
import { specFor } from '../../support/spec.ts'
import { CUSTOMER, ENTITY, books } from '../ledger/books.ts'

const given = specFor(payment)
const paymentId = '01932f0c-0000-7000-8000-0000000000b9'
const commandId = '01932f0c-0000-7000-8000-0000000000cc'
const told = {
  paymentId,
  entityId: ENTITY,
  customer: { customerId: CUSTOMER, code: 'VINET' },
  bankDate: '1996-08-14',
  amount: 569_69n,
  currency: 'EUR',
  journal: 'BQ',
  bankReference: 'VIR 4711',
}
const ledger = { chart: books, customers: '411', currency: 'EUR' }
const facts = { ...told, bankAccount: '512', customerAccount: '411' }
const received = {
  type: 'invoicing.PaymentReceived',
  data: { ...facts, journalEntry: receiptEntry(facts) },
} as const
const abandoned = { type: 'invoicing.PaymentReceiptAbandoned', data: { paymentId, commandId } } as const

describe('receive', () => {
  it('debits the account of the journal', () => given().when(decide.receive(told, ledger)).then(received))
  it('is heard once', () => given(received).when(decide.receive(told, ledger)).thenNothing())
  it('refuses another payment of its id', () =>
    given(received)
      .when(decide.receive({ ...told, amount: 1n }, ledger))
      .thenRejects({ code: 'PAYMENT_ALREADY_RECORDED' }))
  it('refuses a journal that is not there, or not a bank’s', () => {
    given()
      .when(decide.receive({ ...told, journal: 'B2' }, ledger))
      .thenRejects({ code: 'JOURNAL_UNKNOWN', journal: 'B2' })
    given()
      .when(decide.receive({ ...told, journal: 'OD' }, ledger))
      .thenRejects({ code: 'JOURNAL_NOT_OF_TREASURY', journal: 'OD' })
  })
  it('refuses another currency than the ledger’s', () =>
    given()
      .when(decide.receive({ ...told, currency: 'USD' }, ledger))
      .thenRejects({ code: 'PAYMENT_CURRENCY_NOT_OF_LEDGER', currency: 'USD', ledger: 'EUR' }))
  it('refuses what the books do not accept', () =>
    given()
      .when(decide.receive(told, { ...ledger, customers: '4119' }))
      .thenRejects({ code: 'ACCOUNT_UNKNOWN', line: 2, account: '4119' }))
})

describe('PROTOCOL 16: abandon', () => {
  it('ends a receipt that never came', () => {
    given().when(decide.abandon({ paymentId, commandId })).then(abandoned)
    given(abandoned).when(decide.abandon({ paymentId, commandId })).thenNothing()
    given(abandoned).when(decide.receive(told, ledger)).thenRejects({ code: 'PAYMENT_ABANDONED' })
  })
  it('leaves one that came alone', () =>
    given(received)
      .when(decide.abandon({ paymentId, commandId }))
      .thenRejects({ code: 'PAYMENT_ALREADY_RECORDED' }))
  it('cannot have happened to one that came', () =>
    expect(() => given(received, abandoned).state()).toThrow('impossible'))
})
