import type { Purpose } from '../../domain/shared/protected.ts'
import { schemaOf } from '../definition.ts'
import { nameOf } from '../list-names.ts'
import { defineList, defineLookup } from '../lists.ts'
import type { Queryable } from '../lists.ts'
import { entities, legalEntityTable, numberSeriesTable, vatRegimeTable } from './entities.ts'
import { personTable, persons } from './persons.ts'
import { userTable, userTokenTable, users } from './users.ts'

export const entityName = nameOf(entities, legalEntityTable, 'name')

export const legalEntityList = defineList({
  projection: entities,
  table: legalEntityTable,
  filters: ['code', 'siren'],
  ranges: [],
  sorts: ['code', 'name'],
  defaultSort: { by: 'code', direction: 'asc' },
})

export const numberSeriesList = defineList({
  projection: entities,
  table: numberSeriesTable,
  filters: ['entity_id'],
  ranges: [],
  sorts: ['series'],
  defaultSort: { by: 'series', direction: 'asc' },
})

export const vatRegimeList = defineList({
  projection: entities,
  table: vatRegimeTable,
  filters: ['entity_id'],
  ranges: [],
  sorts: ['from_day'],
  defaultSort: { by: 'from_day', direction: 'asc' },
})

export const userList = defineList({
  projection: users,
  table: userTable,
  filters: ['kind', 'active'],
  ranges: ['registered_at'],
  sorts: ['registered_at'],
  defaultSort: { by: 'registered_at', direction: 'asc' },
})

export const userTokenList = defineList({
  projection: users,
  table: userTokenTable,
  filters: ['user_id'],
  ranges: ['expires_at'],
  sorts: ['expires_at'],
  defaultSort: { by: 'expires_at', direction: 'asc' },
})

/** By the entity's id. */
export const findLegalEntity = defineLookup(entities, legalEntityTable)
/** By the user's id. */
export const findUser = defineLookup(users, userTable)
/** By the person's id and the purpose. A sensitive read: the caller records it (PROTOCOL 18). */
export const findPerson = defineLookup(persons, personTable)

const NAMES = `
  select person_id::text, name from ${schemaOf(persons)}.person
  where purpose = $1 and person_id = any($2::uuid[]) and name is not null`

/**
 * Names of persons kept for a purpose, by their ids; those forgotten have none. A sensitive read: the caller records it
 * (PROTOCOL 18).
 */
export const namesOfPersons = async (
  db: Queryable,
  purpose: Purpose,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map()
  const { rows } = await db.query<[string, string]>({
    name: 'names-of-persons',
    text: NAMES,
    values: [purpose, ids],
    rowMode: 'array',
  })
  return new Map(rows)
}
