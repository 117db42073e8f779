import type { QueryValues } from '../api/client.ts'
import { useEntity } from '../frame/entity.tsx'
import { useSearchState } from '../frame/link.tsx'
import type { Search } from '../frame/link.tsx'
import { useRemembered } from '../frame/remembered.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { AnyList, Column, Narrowing } from './declaration.ts'
import { groupsOf } from './groups.ts'

/** What a list shows is what its address asks: a link reproduces it. The names are those of the API. */

export interface ListState {
  /** What is shown: the list, or its groups. */
  readonly list: AnyList
  readonly group: Narrowing<string> | undefined
  /** What the API is asked. */
  readonly query: QueryValues
  readonly search: Search
  readonly sort: string
  readonly change: (changes: Search) => void
  readonly narrowed: boolean
  readonly reset: () => void
}

const parametersOf = (list: AnyList): readonly string[] => [
  ...(list.searchable ? ['search'] : []),
  ...list.filters.map(({ field }) => field),
  ...list.ranges.flatMap(({ field }) => [`${field}From`, `${field}To`]),
]

/** The sort that is asked for, where the list knows it. */
const sortOf = (list: AnyList, asked: Search[string]): string =>
  typeof asked === 'string' && list.sorts.includes(asked.replace(/^-/, '')) ? asked : list.sort

export const useListState = (list: AnyList): ListState => {
  const [search, setSearch] = useSearchState()
  const entity = useEntity()
  const parameters = parametersOf(list)
  const asked = Object.fromEntries(parameters.map(name => [name, search[name]]))
  const group = list.groups.find(({ field }) => field === search['group'])
  const shown = group ? groupsOf(list, group, search) : list
  const sort = sortOf(shown, search['sort'])
  const entityId = list.perEntity ? (search['entityId'] ?? entity?.entityId) : undefined
  return {
    list: shown,
    group,
    query: { ...asked, sort, entityId, ...(group && { groupBy: group.field }) },
    search,
    sort,
    change: changes => setSearch({ ...search, ...changes }),
    narrowed: parameters.some(name => search[name] !== undefined),
    reset: () => setSearch({ sort: search['sort'], entityId: search['entityId'], group: search['group'] }),
  }
}

/** The columns one chose to see, kept for each list. */
export const useColumns = (list: AnyList) => {
  const [kept, keep] = useRemembered(`columns.${list.path}`)
  const chosen = kept === null ? undefined : new Set(kept.split(','))
  const isShown = ({ field, hidden }: Column<AnyRow>): boolean =>
    chosen ? chosen.has(field) : hidden !== true
  const shown = list.columns.filter(isShown)
  return {
    shown,
    isShown,
    toggle: (column: Column<AnyRow>) => {
      const next = list.columns.filter(other => (other === column ? !isShown(other) : isShown(other)))
      if (next.length > 0) keep(next.map(({ field }) => field).join(','))
    },
    reset: () => keep(null),
  }
}

const GAPS = 12

/** The columns that there is room for: what can best be spared goes first. */
export const fitting = (columns: readonly Column<AnyRow>[], width: number): readonly Column<AnyRow>[] => {
  const needed = columns.reduce((sum, column) => sum + column.width + GAPS, 0)
  const [sparest] = columns.toSorted((a, b) => (b.spare ?? 0) - (a.spare ?? 0))
  if (width === 0 || needed <= width || sparest?.spare === undefined) return columns
  return fitting(
    columns.filter(column => column !== sparest),
    width,
  )
}
