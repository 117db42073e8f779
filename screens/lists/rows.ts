import {
  keepPreviousData,
  replaceEqualDeep,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get } from '../api/client.ts'
import type { QueryValues } from '../api/client.ts'
import { onChange } from '../api/live.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { AnyList } from './declaration.ts'
import { gather } from './gather.ts'
import type { Changed } from './gather.ts'

/** The rows of a list, page after page as they are looked at, and kept as they change. */

const PAGE_ROWS = '100'
/** So many pages are read again whole when something changed; of longer lists, the changed rows alone. */
const PAGES_READ_AGAIN_MAX = 3
const KEYS_MAX = 50

interface Page {
  readonly items: readonly AnyRow[]
  readonly next?: string
}

const rowsKey = (list: AnyList, query: QueryValues) => ['list', list.path, query] as const

const readPage = async (list: AnyList, query: QueryValues, signal?: AbortSignal): Promise<Page> =>
  get(list.path, { query, ...(signal && { signal }) })

const ALL_ROWS = '500'

/** All rows that a list is narrowed to, bundle by bundle. */
export async function* readAll(
  list: AnyList,
  query: QueryValues,
  signal: AbortSignal,
): AsyncGenerator<readonly AnyRow[]> {
  let cursor: string | undefined
  do {
    const page = await readPage(list, { ...query, limit: ALL_ROWS, cursor }, signal)
    yield page.items
    cursor = page.next
  } while (cursor !== undefined)
}

/** Rows that are what they were stay the same objects, wherever they stand now: their lines are not made anew. */
const sharedRows = (
  key: string,
  known: InfiniteData<Page> | undefined,
  fresh: InfiniteData<Page>,
): InfiniteData<Page> => {
  const before = new Map(known?.pages.flatMap(({ items }) => items).map(row => [row[key], row]))
  const shared = (row: AnyRow): AnyRow => replaceEqualDeep(before.get(row[key]), row)
  return { ...fresh, pages: fresh.pages.map(page => ({ ...page, items: page.items.map(shared) })) }
}

export const useRows = (list: AnyList, query: QueryValues) => {
  const client = useQueryClient()
  const key = rowsKey(list, query)
  const rows = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      readPage(list, { ...query, limit: PAGE_ROWS, cursor: pageParam }, signal),
    getNextPageParam: (page: Page) => page.next,
    structuralSharing: (known, fresh) =>
      sharedRows(list.key, known as InfiniteData<Page> | undefined, fresh as InfiniteData<Page>),
  })
  const identity = JSON.stringify(key)
  useEffect(() => {
    const gathering = gather((changed, signal) => refreshRows(client, { list, query, changed, signal }))
    const stop = onChange(list.live, keys => gathering.add(keys ? Object.values(keys).flat() : undefined))
    return () => {
      stop()
      gathering.stop()
    }
    // The key says all that the query does.
  }, [client, identity])
  return { ...rows, rows: rows.data?.pages.flatMap(page => page.items) ?? [] }
}

const sumsKey = ({ live }: AnyList) => ['sums', live] as const

/** What the whole list comes to, however much of it is read: a row for each currency. */
export const useTotals = (list: AnyList, query: QueryValues): readonly AnyRow[] | undefined => {
  const { sort: _sort, groupBy: _groupBy, ...narrowing } = query
  const path = `${list.path}/sums` as AnyList['path']
  const { data } = useQuery({
    queryKey: [...sumsKey(list), path, narrowing],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => readPage({ ...list, path }, narrowing, signal),
  })
  return data?.items
}

interface Refreshing {
  readonly list: AnyList
  readonly query: QueryValues
  readonly changed: Changed
  /** Aborted where a newer read has overtaken it. */
  readonly signal: AbortSignal
}

/** Reads again what changed: the list where it is short, else the rows of it that are named. */
const refreshRows = async (client: QueryClient, refreshing: Refreshing): Promise<void> => {
  await refreshPages(client, refreshing)
  // What is looked for comes first.
  if (!refreshing.signal.aborted) void client.invalidateQueries({ queryKey: sumsKey(refreshing.list) })
}

const refreshPages = async (
  client: QueryClient,
  { list, query, changed, signal }: Refreshing,
): Promise<void> => {
  const queryKey = rowsKey(list, query)
  const data = client.getQueryData<InfiniteData<Page>>(queryKey)
  if (!data) return
  // A group has no id that a change could name.
  const isFew = changed !== undefined && changed.length <= KEYS_MAX
  if (data.pages.length <= PAGES_READ_AGAIN_MAX || !isFew || 'groupBy' in query) {
    await client.invalidateQueries({ queryKey })
    return
  }
  const shown = new Set(data.pages.flatMap(page => page.items.map(row => String(row[list.key]))))
  const ids = changed.filter(id => shown.has(id))
  if (ids.length === 0) return
  const { items } = await readPage(list, { [list.key]: ids, limit: String(KEYS_MAX) }, signal)
  const fresh = new Map(items.map(row => [String(row[list.key]), row]))
  client.setQueryData<InfiniteData<Page>>(
    queryKey,
    known =>
      known && {
        ...known,
        pages: known.pages.map(page => ({
          ...page,
          items: page.items.map(row => fresh.get(String(row[list.key])) ?? row),
        })),
      },
  )
}
