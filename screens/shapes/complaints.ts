import { formatsOf, readingsOf } from '../words/formats.ts'
import { dictionary, language, say } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import type { Kind } from './kind.ts'
import type { Unreadable } from './typed.ts'

/** What is said of a text that cannot be read. */

const words = dictionary('parsed', {
  notADay: { fr: 'Attendu : un jour, par exemple 27/11/2026', en: 'Expected a day, for example 27/11/2026' },
  notAnAmount: {
    fr: 'Attendu : un montant, 2 décimales au plus',
    en: 'Expected an amount, 2 decimals at most',
  },
  notAQuantity: {
    fr: 'Attendu : une quantité positive, 4 décimales au plus',
    en: 'Expected a quantity above zero, 4 decimals at most',
  },
  notAPrice: {
    fr: 'Attendu : un prix sans signe, 6 décimales au plus',
    en: 'Expected a price without a sign, 6 decimals at most',
  },
  notACount: { fr: 'Attendu : un nombre entier', en: 'Expected a whole number' },
  notARate: {
    fr: 'Attendu : un pourcentage de 0 à 100, 2 décimales au plus',
    en: 'Expected a percentage from 0 to 100, 2 decimals at most',
  },
  ambiguous: { fr: '{{thousands}} ou {{decimals}} ?', en: '{{thousands}} or {{decimals}}?' },
  none: { fr: 'Rien ne correspond', en: 'Nothing matches' },
  several: { fr: 'Plusieurs correspondent : précisez', en: 'Several match: be more precise' },
  failed: { fr: 'La recherche n’a pas abouti : réessayez', en: 'The search failed: try again' },
  unchosen: { fr: 'À choisir dans la liste', en: 'To be chosen from the list' },
})

const COMPLAINTS: Partial<Record<Kind, Text>> = {
  day: words.notADay,
  amount: words.notAnAmount,
  quantity: words.notAQuantity,
  price: words.notAPrice,
  rate: words.notARate,
  count: words.notACount,
}

const FIGURES: ReadonlySet<Kind> = new Set<Kind>(['amount', 'quantity', 'price', 'rate'])

/** Why a text stands for no value of its kind; where it may mean two numbers, both of them. */
export const complaintOf = (kind: Kind, { unreadable, because }: Unreadable): string => {
  if (kind === 'reference') return say(words[because ?? 'unchosen'])
  const readings = FIGURES.has(kind) ? readingsOf(unreadable, language()) : undefined
  if (!readings) return say(COMPLAINTS[kind] ?? words.unchosen)
  const { quantity } = formatsOf(language())
  const [thousands = '', decimals = ''] = readings.map(reading => quantity(Math.round(reading * 10_000)))
  return say(words.ambiguous, { thousands, decimals })
}
