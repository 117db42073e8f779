import { get } from '../api/client.ts'
import type { Answer } from '../api/client.ts'
import { useOpen, useSearchState } from '../frame/link.tsx'
import type { Kept } from '../frame/keep-dialog.tsx'
import type { Search } from '../frame/link.tsx'
import { useKept } from '../frame/use-kept.ts'
import type { AnyList } from './declaration.ts'

/** Views of a list that somebody keeps, for themselves or for their team: what its address asks, under a name. */

export type View = Kept & Pick<Answer<'/api/me/views'>['items'][number], 'search'>

/** What a view is besides its place. */
type Named = Pick<View, 'name' | 'sharedWith'> & { readonly search: Search }

/** The company that is looked at is no part of a view: it asks the same of each. */
const ofAnyCompany = ({ entityId: _, ...search }: Search): Search => search

/** In one order and without what asks nothing: two that ask the same are equal as texts. */
const textOf = (search: Search): string =>
  JSON.stringify(
    Object.entries(ofAnyCompany(search))
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => [name, [value].flat()])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  )

export const useViews = (list: AnyList) => {
  const open = useOpen()
  const [search] = useSearchState()
  const kept = useKept<View>({
    path: '/api/me/views',
    place: { list: list.path },
    read: async signal => {
      const { items } = await get('/api/me/views', { query: { list: list.path }, signal })
      return items.map(({ viewId: id, ...view }) => ({ id, ...view }))
    },
  })
  const present = textOf(search)
  return {
    views: kept.all,
    /** The view that is shown as it was kept. */
    shown: kept.all.find(view => textOf(view.search) === present),
    open: (view: View): void => open('', { entityId: search['entityId'], ...ofAnyCompany(view.search) }),
    keep: ({ name, sharedWith, search }: Named, id?: string): Promise<void> =>
      kept.keep({ name, sharedWith, search: ofAnyCompany(search) }, id),
    remove: kept.remove,
  }
}
