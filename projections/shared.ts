import type { EventDefinition } from '../domain/shared/events.ts'
import { eventDefinitions } from '../domain/events.ts'
import type { Party } from '../domain/shared/party.ts'
import { plain } from '../domain/shared/plain-text.ts'
import { z } from 'zod'

/** The row that an event of an existing thing changes. Its absence is a history that cannot have happened. */
export const present = <R>(row: R | undefined): R => {
  if (row === undefined) throw new Error('the row it changes does not exist')
  return row
}

/** Each key once: a row that several parts of an event touch is folded once. */
export const distinct = <K extends Readonly<Record<string, string>>>(keys: readonly K[]): readonly K[] => [
  ...new Map(keys.map(key => [Object.values(key).join('\0'), key])).values(),
]

/** Events that carry a journal entry: the ledger counts exactly these (PROTOCOL 24). */
export const entryEvents: readonly EventDefinition[] = eventDefinitions.filter(
  ({ data }) => data instanceof z.ZodObject && 'journalEntry' in data.shape,
)

/** What may be shown of a party anywhere: a natural person only by id (PROTOCOL 30). */
export const partyColumns = (
  party: Party,
): { readonly name: string | null; readonly person_id: string | null; readonly country: string } =>
  party.kind === 'company'
    ? { name: party.name, person_id: null, country: party.address.country }
    : { name: null, person_id: party.personId, country: party.country }

export const SEARCH_COMMENT = 'Text that lists search in: lower case, without accents'

/** Text that lists search in: what is there of some fields, in lower case and without accents. */
export const searchText = (...parts: readonly (string | null | undefined)[]): string =>
  plain(parts.filter(part => part !== null && part !== undefined).join(' '))
