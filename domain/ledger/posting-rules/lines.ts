import type { EntryLine } from '../../shared/journal-entry.ts'
import { sum } from '../../shared/money.ts'

/** What the posting rules share: the sides, the grouping of items, and lines that say nothing left out. */

export type Side = EntryLine['side']

export const opposite = (side: Side): Side => (side === 'debit' ? 'credit' : 'debit')

/** The line that undoes a line: other side, base, tax and document amount of the other sign. */
export const onOtherSide = (line: EntryLine): EntryLine => ({
  ...line,
  side: opposite(line.side),
  ...(line.vat === undefined ? {} : { vat: { ...line.vat, base: -line.vat.base, tax: -line.vat.tax } }),
  ...(line.document === undefined ? {} : { document: { ...line.document, amount: -line.document.amount } }),
})

/** Items that agree in what `key` tells of them, in the order of the first of each group. */
export const groupBy = <T>(items: readonly T[], key: (item: T) => unknown): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = JSON.stringify(key(item), (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    )
    groups.set(name, [...(groups.get(name) ?? []), item])
  }
  return [...groups.values()]
}

export const netOf = (items: readonly { readonly net: bigint }[]): bigint => sum(items.map(({ net }) => net))

/** An entry has no line of zero. */
export const withAmount = <L extends { readonly amount: bigint }>(lines: readonly L[]): readonly L[] =>
  lines.filter(line => line.amount !== 0n)
