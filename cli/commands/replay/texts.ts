import { withJsonIntegers } from '../../../domain/shared/json.ts'
import type { Act } from '../../../replay/acts.ts'
import type { Resolved } from '../../../replay/cut.ts'
import type { Row, Value } from '../../../projections/definition.ts'
import type { Context } from '../../context.ts'
import type { Language } from '../../language.ts'
import { money, percentage, scaled } from '../../money.ts'

/** How results are written for people: columns aligned, amounts with two decimals. */

const PRICES = new Set(['unit_price'])
const QUANTITIES = new Set(['quantity', 'ordered', 'delivered', 'billed', 'cancelled'])
const RATES = new Set(['discount_rate', 'vat_rate'])
const PLACES = new Set(['ordinal', 'first_ordinal', 'cut_ordinal', 'locked_ordinal'])

/** A value as its column is to be read: columns declare integers, and not what these count. */
export const cell = (language: Language, column: string, value: Value | undefined): string => {
  if (typeof value !== 'bigint') return valueText(value)
  if (PRICES.has(column)) return scaled(language, value, 6, 2)
  if (QUANTITIES.has(column)) return scaled(language, value, 4)
  if (RATES.has(column)) return percentage(language, value)
  return PLACES.has(column) ? `${value}` : money(language, value)
}

/** Columns that hold nothing for a person to read. */
const INTERNAL = new Set(['search'])

/** The columns that a person reads, each with its value as text. */
export const cells = (language: Language, row: Row): readonly (readonly [string, string])[] =>
  Object.entries(row)
    .filter(([column]) => !INTERNAL.has(column))
    .map(([column, value]) => [column, cell(language, column, value)])

/** Numbers with the separators of either language, rates included. */
const NUMERIC = /^-?\d[\d.,\s]*%?$/

/** Rows under their headings, numbers to the right; the first column names the row. */
export const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = headings.map((h, i) => Math.max(h.length, ...rows.map(row => (row[i] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) =>
        i > 0 && NUMERIC.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [line(headings), ...rows.map(line)].join('\n')
}

const valueText = (value: Value | undefined): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value, withJsonIntegers)
      : `${value}`

/** The first characters of an id are enough to find it again on a screen. */
const short = (id: string): string => id.slice(0, 8)

/** Who did it: the right that allowed it, and the user. */
export const who = ({ actor, permission }: Pick<Act, 'actor' | 'permission'>): string =>
  `${permission?.split('@')[0] ?? 'system'} ${short(actor)}${actor.slice(-4)}`

/** Where an answer stands in the log (PROTOCOL 11). */
export const standing = ({ text }: Context, { ordinal, eventId, provisional }: Resolved): string => {
  const place = text({
    en: `As of event ${ordinal} of the log (${eventId ?? 'none'})`,
    fr: `État à l’événement ${ordinal} du journal (${eventId ?? 'aucun'})`,
  })
  return provisional
    ? `${place}, ${text({ en: 'provisional: nothing later is recorded yet', fr: 'provisoire : rien de plus récent n’est encore consigné' })}.`
    : `${place}.`
}
