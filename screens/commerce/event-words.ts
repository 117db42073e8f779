import type { EventWords } from '../documents/declaration.ts'
import { dictionary } from '../words/words.ts'
import type { Formats } from '../words/formats.ts'

const words = dictionary('commerce.events', {
  orderPlaced: {
    fr: 'Commande {{number}} passée, {{lines}} ligne(s), datée du {{day}}',
    en: 'Order {{number}} placed, {{lines}} line(s), dated {{day}}',
  },
  orderConfirmed: { fr: 'Commande confirmée le {{day}}', en: 'Order confirmed on {{day}}' },
  orderDelivered: {
    fr: 'Livraison du {{day}} : {{quantity}} unité(s)',
    en: 'Delivered on {{day}}: {{quantity}} unit(s)',
  },
  orderRemainderCancelled: {
    fr: 'Reste annulé le {{day}} : {{quantity}} unité(s)',
    en: 'Rest cancelled on {{day}}: {{quantity}} unit(s)',
  },
  billingClaimed: {
    fr: '{{quantity}} unité(s) retenue(s) pour une facture',
    en: '{{quantity}} unit(s) claimed by an invoice',
  },
  billingReleased: {
    fr: '{{quantity}} unité(s) à nouveau à facturer',
    en: '{{quantity}} unit(s) to bill again',
  },
  customerRegistered: { fr: 'Client {{code}} enregistré', en: 'Customer {{code}} registered' },
  customerChanged: { fr: 'Fiche du client modifiée', en: 'Customer changed' },
  contactSet: { fr: 'Contact ajouté ou modifié', en: 'Contact added or changed' },
  contactRemoved: { fr: 'Contact retiré', en: 'Contact removed' },
  productRegistered: {
    fr: 'Article {{code}} enregistré à {{price}}',
    en: 'Product {{code}} registered at {{price}}',
  },
  productChanged: { fr: 'Fiche de l’article modifiée', en: 'Product changed' },
  priceChanged: { fr: 'Prix porté à {{price}}', en: 'Price set to {{price}}' },
  discontinued: { fr: 'Article retiré de la vente', en: 'No longer offered' },
})

interface Said {
  readonly number?: string
  readonly code?: string
  readonly lines?: readonly { readonly quantity: number }[]
  readonly unitPrice?: number
  readonly orderedOn?: string
  readonly confirmedOn?: string
  readonly deliveredOn?: string
  readonly cancelledOn?: string
}

const quantityOf = ({ lines = [] }: Said, formats: Formats): string =>
  formats.quantity(lines.reduce((sum, { quantity }) => sum + quantity, 0))

const dayOf = (formats: Formats, day: string | undefined): string =>
  day === undefined ? '' : formats.day(day)

/** What happens to orders, customers and products, in words. */
export const commerceEvents: EventWords = {
  'commerce.OrderPlaced': (data: Said, f) => [
    words.orderPlaced,
    { number: data.number ?? '', lines: data.lines?.length ?? 0, day: dayOf(f, data.orderedOn) },
  ],
  'commerce.OrderConfirmed': (data: Said, f) => [words.orderConfirmed, { day: dayOf(f, data.confirmedOn) }],
  'commerce.OrderDelivered': (data: Said, f) => [
    words.orderDelivered,
    { day: dayOf(f, data.deliveredOn), quantity: quantityOf(data, f) },
  ],
  'commerce.OrderRemainderCancelled': (data: Said, f) => [
    words.orderRemainderCancelled,
    { day: dayOf(f, data.cancelledOn), quantity: quantityOf(data, f) },
  ],
  'commerce.BillingClaimed': (data: Said, f) => [words.billingClaimed, { quantity: quantityOf(data, f) }],
  'commerce.BillingReleased': (data: Said, f) => [words.billingReleased, { quantity: quantityOf(data, f) }],
  'commerce.CustomerRegistered': (data: Said) => [words.customerRegistered, { code: data.code ?? '' }],
  'commerce.CustomerChanged': () => [words.customerChanged],
  'commerce.CustomerContactSet': () => [words.contactSet],
  'commerce.CustomerContactRemoved': () => [words.contactRemoved],
  'commerce.ProductRegistered': (data: Said, f) => [
    words.productRegistered,
    { code: data.code ?? '', price: f.price(data.unitPrice ?? 0) },
  ],
  'commerce.ProductChanged': () => [words.productChanged],
  'commerce.ProductPriceChanged': (data: Said, f) => [
    words.priceChanged,
    { price: f.price(data.unitPrice ?? 0) },
  ],
  'commerce.ProductDiscontinued': () => [words.discontinued],
}
