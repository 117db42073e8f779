import type { Act } from '../../../replay/acts.ts'
import type { Resolved } from '../../../replay/cut.ts'
import type { Value } from '../../../projections/definition.ts'
import type { Context } from '../../context.ts'

/** How results are written for people: columns aligned, amounts with two decimals. */

/** Minor units as an amount: 123456 is 1234.56. */
export const amount = (cents: bigint): string => {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const NUMERIC = /^-?\d+(\.\d+)?$/

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

export const valueText = (value: Value | undefined): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v))
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
