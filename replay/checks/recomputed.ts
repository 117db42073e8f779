import { entryOf } from '../../domain/ledger/posting.ts'
import { recompute as recomputeByRules } from '../../domain/ledger/posting-rules/registry.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import type { JournalEntry } from '../../domain/shared/journal-entry.ts'
import { entryEvents } from '../../projections/shared.ts'
import { firstDifference } from '../differing.ts'
import { placeOf, typesOf } from '../check.ts'
import type { Check } from '../check.ts'

/** Makes the entry of an event again; undefined where its rule makes none. */
export type Recompute = (event: DomainEvent) => JournalEntry | undefined

/** Every entry is the one that its recorded rule and version make of the facts beside it (DESIGN §4). */
export const recomputedBy = (recompute: Recompute): Check => ({
  name: 'recomputed',
  title: {
    fr: 'Chaque écriture est celle que sa règle donne des faits',
    en: 'Each entry is the one its rule makes of the facts',
  },
  begin: (_, report) => ({
    types: typesOf(...entryEvents),
    see: event => {
      const entry = entryOf(event)
      if (!entry) return
      const { documentReference, rule } = entry
      const made = attempt(recompute, event)
      const difference =
        'failure' in made
          ? { path: '', found: documentReference, expected: made.failure }
          : firstDifference(entry, made.entry)
      if (!difference) return
      const { path, found, expected } = difference
      report(placeOf(event), {
        code: 'ENTRY_NOT_RECOMPUTED',
        found: `${path}: ${found}`,
        expected: `${path}: ${expected}`,
        sentence: {
          fr: `L’écriture ${documentReference} n’est pas celle que la règle ${rule.id} (version ${rule.version}) donne des faits : ${path} vaut ${found} au lieu de ${expected}.`,
          en: `The entry ${documentReference} is not the one that rule ${rule.id} (version ${rule.version}) makes of the facts: ${path} is ${found} instead of ${expected}.`,
        },
      })
    },
  }),
})

/** Facts that no entry can be made of are a finding like any other. */
const attempt = (
  recompute: Recompute,
  event: DomainEvent,
): { readonly entry: JournalEntry | undefined } | { readonly failure: string } => {
  try {
    return { entry: recompute(event) }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

export const recomputed = recomputedBy(recomputeByRules)
