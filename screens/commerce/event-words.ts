import type { EventWords } from '../documents/declaration.ts'
import type { StoryEvent } from '../documents/story.ts'
import { unit } from '../shapes/units.ts'
import { dictionary, say } from '../words/words.ts'
import type { Formats } from '../words/formats.ts'
import { orderedLines } from './orders/ordered-lines.ts'

const words = dictionary('commerce.events', {
  orderPlaced: {
    fr: 'Commande {{number}} passée, {{lines}} ligne(s), datée du {{day}}',
    en: 'Order {{number}} placed, {{lines}} line(s), dated {{day}}',
  },
  orderConfirmed: { fr: 'Commande confirmée le {{day}}', en: 'Order confirmed on {{day}}' },
  orderDelivered: {
    fr: 'Livraison du {{day}} : {{what}}',
    en: 'Delivered on {{day}}: {{what}}',
  },
  orderRemainderCancelled: {
    fr: 'Reste annulé le {{day}} : {{what}}',
    en: 'Rest cancelled on {{day}}: {{what}}',
  },
  linesOfOrder: { fr: '{{count}} ligne(s) de la commande', en: '{{count}} line(s) of the order' },
  billingClaimed: {
    fr: 'Retenu pour une facture : {{what}}',
    en: 'Claimed by an invoice: {{what}}',
  },
  billingReleased: {
    fr: 'À nouveau à facturer : {{what}}',
    en: 'To bill again: {{what}}',
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
  readonly lines?: readonly { readonly lineId?: string; readonly quantity: number }[]
  readonly unitPrice?: number
  readonly orderedOn?: string
  readonly confirmedOn?: string
  readonly deliveredOn?: string
  readonly cancelledOn?: string
}

/** So many lines are told one by one. */
const LINES_TOLD_MAX = 5

/** What lines of an order hold: each by its product and unit, where the order that has them is known. */
const whatOf = ({ lines = [] }: Said, formats: Formats, story: readonly StoryEvent[]): string => {
  const ordered = orderedLines(story)
  const told = lines.slice(0, LINES_TOLD_MAX).map(({ lineId, quantity }) => {
    const line = ordered.get(lineId ?? '')
    const amount = formats.quantity(quantity)
    return line ? `${line.productCode} × ${amount} (${unit.tell(line.unit, { say, formats })})` : undefined
  })
  // On another document than the order nobody knows what its lines are of.
  if (told.includes(undefined)) return say(words.linesOfOrder, { count: lines.length })
  return lines.length > told.length ? `${told.join(', ')}…` : told.join(', ')
}

const dayOf = (formats: Formats, day: string | undefined): string =>
  day === undefined ? '' : formats.day(day)

/** What happens to orders, customers and products, in words. */
export const commerceEvents: EventWords = {
  'commerce.OrderPlaced': (data: Said, f) => [
    words.orderPlaced,
    { number: data.number ?? '', lines: data.lines?.length ?? 0, day: dayOf(f, data.orderedOn) },
  ],
  'commerce.OrderConfirmed': (data: Said, f) => [words.orderConfirmed, { day: dayOf(f, data.confirmedOn) }],
  'commerce.OrderDelivered': (data: Said, f, story) => [
    words.orderDelivered,
    { day: dayOf(f, data.deliveredOn), what: whatOf(data, f, story) },
  ],
  'commerce.OrderRemainderCancelled': (data: Said, f, story) => [
    words.orderRemainderCancelled,
    { day: dayOf(f, data.cancelledOn), what: whatOf(data, f, story) },
  ],
  'commerce.BillingClaimed': (data: Said, f, story) => [
    words.billingClaimed,
    { what: whatOf(data, f, story) },
  ],
  'commerce.BillingReleased': (data: Said, f, story) => [
    words.billingReleased,
    { what: whatOf(data, f, story) },
  ],
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
