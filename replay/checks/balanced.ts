import { entryOf } from '../../domain/ledger/posting.ts'
import { entryEvents } from '../../projections/shared.ts'
import { placeOf, typesOf } from '../check.ts'
import type { Check } from '../check.ts'

/** Every entry balances to the cent, and has no line of nothing. */
export const balanced: Check = {
  name: 'balanced',
  title: { fr: 'Chaque écriture est équilibrée', en: 'Each entry balances' },
  begin: (_, report) => ({
    types: typesOf(...entryEvents),
    see: event => {
      const entry = entryOf(event)
      if (!entry) return
      let debit = 0n
      let credit = 0n
      for (const { side, amount } of entry.lines)
        if (side === 'debit') debit += amount
        else credit += amount
      if (debit === credit && entry.lines.every(({ amount }) => amount > 0n)) return
      report(placeOf(event), {
        code: 'ENTRY_UNBALANCED',
        found: String(debit - credit),
        expected: '0',
        sentence: {
          fr: `L’écriture ${entry.documentReference} porte ${debit} au débit et ${credit} au crédit (centimes).`,
          en: `The entry ${entry.documentReference} has ${debit} on the debit side and ${credit} on the credit side (cents).`,
        },
      })
    },
  }),
}
