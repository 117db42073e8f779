import { expect, it } from 'vitest'
import { linksOf as ofCommerce } from '../../screens/commerce/links.ts'
import { linksOf as ofInvoicing } from '../../screens/invoicing/links.ts'

/** What an event is about, as every context finds its own documents in it. */
const linksOf = (data: Readonly<Record<string, unknown>>) => [...ofCommerce(data), ...ofInvoicing(data)]

it('finds the order and the customer of what is billed', () => {
  const lines = [{ order: { orderId: 'o1' } }, { order: { orderId: 'o2' } }, {}]
  expect(linksOf({ invoiceId: 'i', customerId: 'c', lines })).toEqual([
    'customer-c',
    'order-o1',
    'order-o2',
    'invoice-i',
  ])
})

it('finds from a payment its customer, and what it settles', () => {
  expect(linksOf({ paymentId: 'p', customer: { customerId: 'c', code: 'C' } })).toEqual([
    'customer-c',
    'payment-p',
  ])
  const settlements = [{ invoiceId: 'i1' }, { invoiceId: 'i2' }]
  expect(linksOf({ source: { kind: 'payment', id: 'p' }, settlements })).toEqual([
    'invoice-i1',
    'invoice-i2',
    'payment-p',
  ])
})

it('finds from a credit note the invoice that it corrects, and what it is allocated to', () => {
  expect(linksOf({ creditNoteId: 'n', invoiceId: 'i' })).toEqual(['invoice-i', 'invoice-n'])
  expect(linksOf({ source: { kind: 'creditNote', id: 'n' } })).toEqual(['invoice-n'])
})

it('finds nothing in what names nothing', () => {
  expect(linksOf({})).toEqual([])
})
