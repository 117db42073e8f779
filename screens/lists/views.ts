import { useQuery, useQueryClient } from '@tanstack/react-query'
import { change, get } from '../api/client.ts'
import type { Answer } from '../api/client.ts'
import { useOpen, useSearchState } from '../frame/link.tsx'
import type { Search } from '../frame/link.tsx'
import { newId } from '../forms/ids.ts'
import type { AnyList } from './declaration.ts'

/** Views of a list that somebody keeps, for themselves or for their team: what its address asks, under a name. */

export type View = Answer<'/api/me/views'>['items'][number]

/** What a view is besides its place. */
export interface Kept {
  readonly name: string
  readonly sharedWith: readonly string[]
  readonly search: Search
}

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
  const client = useQueryClient()
  const open = useOpen()
  const [search] = useSearchState()
  const queryKey = ['views', list.path]
  const { data: views = [] } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await get('/api/me/views', { query: { list: list.path }, signal })).items,
  })
  const present = textOf(search)
  const address = (viewId: string): string => `/api/me/views/${viewId}`
  return {
    views,
    /** The view that is shown as it was kept. */
    shown: views.find(view => textOf(view.search) === present),
    open: (view: View): void => open('', { entityId: search['entityId'], ...ofAnyCompany(view.search) }),
    keep: async ({ name, sharedWith, search }: Kept, viewId = newId()): Promise<void> => {
      await change('PUT', address(viewId), {
        list: list.path,
        name,
        sharedWith,
        search: ofAnyCompany(search),
      })
      await client.invalidateQueries({ queryKey })
    },
    remove: async ({ viewId }: View): Promise<void> => {
      await change('DELETE', address(viewId))
      await client.invalidateQueries({ queryKey })
    },
  }
}
