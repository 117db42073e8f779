import { stringifySearch } from '../frame/link.tsx'
import type { Search } from '../frame/link.tsx'
import { isReference } from '../shapes/reference.tsx'
import type { Shape } from '../shapes/shape.ts'
import { count, text } from '../shapes/shapes.tsx'
import type { AnyList, Narrowing } from './declaration.ts'
import { words } from './words.ts'

/** The groups of a list are a list: a row for each group and currency, which opens to the rows it stands for. */

const MONTH = /Month$/

const lastDayOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`
}

/** What narrows the list to the rows of a group. */
export const filterOf = (field: string, value: string): Search => {
  if (!MONTH.test(field)) return { [field]: value }
  const day = field.replace(MONTH, '')
  return { [`${day}From`]: `${value}-01`, [`${day}To`]: lastDayOf(value) }
}

/** The group itself is the link: no other one stands in it. */
const named = (as: Shape): Shape => (isReference(as) ? { ...as, Show: as.Name } : as)

export const groupsOf = (list: AnyList, { field, label, as }: Narrowing<string>, search: Search): AnyList => {
  const sums = list.columns.filter(({ sum }) => sum)
  const [first] = sums
  return {
    ...list,
    path: `${list.path}/sums` as AnyList['path'],
    key: 'group',
    open: ({ group }) => {
      if (typeof group !== 'string') return undefined
      const { sort: _sort, group: _group, ...narrowing } = search
      return stringifySearch({ ...narrowing, ...filterOf(field, group) }) || '?'
    },
    columns: [
      { field: 'group', label, as: named(as), width: 260 },
      ...(first ? [{ field: 'currency', label: words.currency, as: text, width: 70 }] : []),
      { field: 'count', label: words.count, as: count, width: 80, sum: true },
      ...sums.map(({ field, label, as }) => ({ field, label, as, width: 130, sum: true as const })),
    ],
    sorts: ['group', 'count', ...sums.map(({ field }) => field)],
    // Months as they come, the rest by what weighs most.
    sort: MONTH.test(field) ? '-group' : `-${first?.field ?? 'count'}`,
    groups: [],
    actions: [],
  }
}
