import type { QueryValues } from '../api/client.ts'
import { isId } from '../frame/address-parts.ts'
import { ALL_ENTITIES } from '../frame/entity-chosen.ts'
import { useEntity, useEntityInAddress } from '../frame/entity.tsx'
import { useSearchState } from '../frame/link.tsx'
import type { Search } from '../frame/link.tsx'
import { useRemembered } from '../frame/remembered.ts'
import type { Say } from '../words/words.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { AnyList, Column, Narrowing } from './declaration.ts'
import { groupsOf } from './groups.ts'
import { holds } from './holds.ts'

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
  /** What the address asks that the list does not have. */
  readonly gone: readonly string[]
  readonly forget: () => void
}

/** What narrows a list, by the names that its address and the API have for it. */
const narrowingsOf = (list: AnyList): readonly (readonly [string, Narrowing<string>])[] => [
  ...list.filters.map(filter => [filter.field, filter] as const),
  ...list.ranges.flatMap(range => [
    [`${range.field}From`, range] as const,
    [`${range.field}To`, range] as const,
  ]),
]

/** What is asked of the fields that the list has, and is no value of theirs. */
export const misread = (list: AnyList, search: Search): readonly string[] =>
  narrowingsOf(list)
    .filter(([name, narrowing]) => [search[name] ?? []].flat().some(value => !holds(narrowing, value)))
    .map(([name]) => name)

/** What an address asks in vain, in words where the list has the field, else by the name that it has there. */
export const saidOf = (list: AnyList, search: Search, name: string, say: Say): string => {
  const narrowing = new Map(narrowingsOf(list)).get(name)
  return narrowing ? `${say(narrowing.label)} « ${[search[name] ?? []].flat().join(', ')} »` : name
}

const parametersOf = (list: AnyList): readonly string[] => [
  ...(list.searchable ? ['search'] : []),
  ...narrowingsOf(list).map(([name]) => name),
]

/** The sort that is asked for, where the list knows it. */
const sortOf = (list: AnyList, asked: Search[string]): string =>
  typeof asked === 'string' && list.sorts.includes(asked.replace(/^-/, '')) ? asked : list.sort

export const useListState = (list: AnyList): ListState => {
  const [search, setSearch] = useSearchState()
  const entity = useEntity()
  const parameters = parametersOf(list)
  const wrong = misread(list, search)
  const asked = Object.fromEntries(
    parameters.filter(name => !wrong.includes(name)).map(name => [name, search[name]]),
  )
  const group = list.groups.find(({ field }) => field === search['group'])
  const shown = group ? groupsOf(list, group, search) : list
  const sort = sortOf(shown, search['sort'])
  const gone = goneFrom(list, shown, search)
  const named = search['entityId'] ?? entity?.entityId
  const entityId = list.perEntity && isId(String(named)) ? named : undefined
  useEntityInAddress(list.perEntity ? (entity?.entityId ?? ALL_ENTITIES) : undefined)
  return {
    list: shown,
    group,
    query: { ...asked, sort, entityId, ...(group && { groupBy: group.field }) },
    search,
    sort,
    change: changes => setSearch({ ...search, ...changes }),
    narrowed: parameters.some(name => search[name] !== undefined),
    reset: () => setSearch(Object.fromEntries(OTHERS.map(name => [name, search[name]]))),
    gone: [...wrong, ...gone],
    forget: () => setSearch(without(search, [...wrong, ...gone])),
  }
}

/** What an address may ask besides what narrows the list. */
const OTHERS = ['sort', 'group', 'columns', 'entityId']

const namesOf = (asked: Search[string]): readonly string[] =>
  typeof asked === 'string' ? asked.split(',').filter(Boolean) : []

/** What an address asks that the list does not have: a filter, a column, a group or a sort that went away. */
export const goneFrom = (list: AnyList, shown: AnyList, search: Search): readonly string[] => {
  const parameters = new Set([...parametersOf(list), ...OTHERS])
  const fields = new Set(list.columns.map(({ field }) => field))
  const sort = namesOf(search['sort']).map(name => name.replace(/^-/, ''))
  return [
    ...Object.keys(search).filter(name => !parameters.has(name)),
    ...namesOf(search['columns']).filter(name => !fields.has(name)),
    ...namesOf(search['group']).filter(name => !list.groups.some(({ field }) => field === name)),
    ...sort.filter(name => !shown.sorts.includes(name) && name !== shown.sort.replace(/^-/, '')),
  ]
}

/** The same without what the list does not have. */
export const without = (search: Search, gone: readonly string[]): Search => {
  const columns = namesOf(search['columns']).filter(name => !gone.includes(name))
  const kept = Object.entries(search).filter(
    ([name, value]) => !gone.includes(name) && !gone.includes(String(value).replace(/^-/, '')),
  )
  return {
    ...Object.fromEntries(kept),
    columns: columns.length > 0 ? columns.join(',') : undefined,
  }
}

/** The columns to be seen: those that the address names, else those one chose, which are kept for each list. */
export const useColumns = (list: AnyList, { search, change }: Pick<ListState, 'search' | 'change'>) => {
  const [kept, keep] = useRemembered(`columns.${list.path}`)
  const has = (name: string): boolean => list.columns.some(({ field }) => field === name)
  const named = namesOf(search['columns']).filter(has)
  const chosen = named.length > 0 ? named : namesOf(kept ?? undefined).filter(has)
  const isShown = ({ field, hidden }: Column<AnyRow>): boolean =>
    chosen.length > 0 ? chosen.includes(field) : hidden !== true
  const choose = (fields: readonly string[] | null): void => {
    if (named.length > 0) change({ columns: fields?.join(',') })
    else keep(fields && fields.join(','))
  }
  return {
    shown: list.columns.filter(isShown),
    isShown,
    toggle: (column: Column<AnyRow>) => {
      const next = list.columns.filter(other => (other === column ? !isShown(other) : isShown(other)))
      if (next.length > 0) choose(next.map(({ field }) => field))
    },
    reset: () => choose(null),
  }
}

/** Between two columns, in pixels. */
export const GAP_PX = 12

/** What goes first where there is no room: what can best be spared, then the last but the first and what is added up. */
const leastMissed = (columns: readonly Column<AnyRow>[]): Column<AnyRow> | undefined => {
  const [sparest] = columns.toSorted((a, b) => (b.spare ?? 0) - (a.spare ?? 0))
  if (sparest?.spare !== undefined) return sparest
  const others = columns.slice(1)
  return others.findLast(({ sum }) => !sum) ?? others.at(-1)
}

/** The columns that there is room for, in pixels. */
export const fitting = (columns: readonly Column<AnyRow>[], room: number): readonly Column<AnyRow>[] => {
  const needed = columns.reduce((sum, column) => sum + column.width + GAP_PX, -GAP_PX)
  const missed = leastMissed(columns)
  if (needed <= room || missed === undefined) return columns
  return fitting(
    columns.filter(column => column !== missed),
    room,
  )
}
