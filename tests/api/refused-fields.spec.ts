import { describe, expect, it } from 'vitest'
import { refusedFields } from '../../api/refused-fields.ts'
import { createRegistry } from '../../commands/registry.ts'
import type { Rejection } from '../../domain/shared/aggregate.ts'
import { CONTEXTS } from '../commands/support/business.ts'

const registry = createRegistry(CONTEXTS)
const lineId = '01932f0c-0000-7000-8000-000000000011'
const lines = [{ lineId: 'other' }, { lineId, unitPrice: 1 }]

/** Where the API says that a refusal is about. */
const placesOf = (rejection: object, input: object): readonly string[] =>
  refusedFields(rejection as Rejection, input, registry.sentence(rejection as Rejection, input)).map(
    ({ field }) => field,
  )

describe('the field that a refusal is about', () => {
  it.each([
    [{ code: 'KEY_TAKEN', kind: 'orderNumber' }, { number: 'C-1', orderedOn: '2026-01-05' }, ['number']],
    [{ code: 'KEY_TAKEN', kind: 'customerCode' }, { code: 'VINET' }, ['code']],
    [{ code: 'KEY_TAKEN', kind: 'bankReference' }, { bankReference: 'V', amount: 1 }, ['bankReference']],
    [{ code: 'MANUAL_ENTRY_NOT_FOUND' }, { entryId: lineId }, ['entryId']],
    [{ code: 'ENTRY_TOO_MANY_LINES', lines: 501, max: 500 }, { entryId: lineId }, ['lines']],
    [{ code: 'ACCOUNT_UNKNOWN', line: 2, account: '4119' }, { entryId: lineId }, ['lines.1.account']],
    [
      { code: 'ORDER_AMOUNT_TOO_LARGE', lineId, net: 1n, currency: 'EUR' },
      { currency: 'EUR', lines },
      ['lines.1.lineId'],
    ],
    [
      { code: 'ORDER_AMOUNT_TOO_LARGE', lineId: undefined, net: 1n, currency: 'EUR' },
      { currency: 'EUR', lines },
      ['lines'],
    ],
    [
      { code: 'ORDER_PRICE_MISSING', lineId, product: 'P1', currency: 'USD', productCurrency: 'EUR' },
      { currency: 'USD', lines },
      ['lines.1.unitPrice'],
    ],
    [{ code: 'ACCOUNT_CLOSED', account: '4117' }, { freight: '7085', customers: '4117' }, ['account']],
    [{ code: 'CUSTOMER_NOT_FOUND' }, { orderId: lineId, customerId: lineId }, ['customerId']],
    [{ code: 'LOG_NOT_MOVED' }, {}, []],
  ])('%o', (rejection, input, places) => expect(placesOf(rejection, input)).toStrictEqual(places))
})
