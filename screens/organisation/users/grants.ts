import type { Commands } from '../../api/generated.ts'
import type { Lines, Values } from '../../forms/declaration.ts'
import { place } from './places.ts'
import { role, words } from './words.ts'

/** Rights as they are typed: each a role and where it holds. */

type Grant = Commands['organisation.changeGrants']['grants'][number]

export const grantLines: Lines = {
  name: 'grants',
  label: words.grants,
  empty: () => ({ entityId: 'all' }),
  columns: [
    { name: 'role', label: words.role, as: role, width: 220 },
    { name: 'entityId', label: words.place, as: place, width: 300 },
  ],
  leftOut: line => line['role'] === undefined,
}

/** Those that were typed in whole; undefined where one is not. */
export const grantsOf = (values: Values): Grant[] | undefined => {
  const typed = (values['grants'] ?? []) as readonly Partial<Grant>[]
  const begun = typed.filter(grant => grant.role !== undefined)
  const grants = begun.filter((grant): grant is Grant => grant.entityId !== undefined)
  return grants.length === begun.length ? grants : undefined
}
