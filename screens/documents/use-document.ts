import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get, getDocument, Problem } from '../api/client.ts'
import { onChange } from '../api/live.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { Before } from './changed-value.tsx'
import type { AnyDocument } from './declaration.ts'
import type { StoryEvent } from './story.ts'

/** A document with its history, read again as either changes. */

interface StoryPage {
  readonly items: readonly StoryEvent[]
  readonly next?: string
}

export const useDocument = (document: AnyDocument, id: string) => {
  const client = useQueryClient()
  useEffect(() => {
    const refresh = (): void => void client.invalidateQueries({ queryKey: ['document'] })
    const stops = [onChange(document.live, refresh), onChange('history', refresh)]
    return () => stops.forEach(stop => stop())
  }, [client, document])
  return useQuery({
    queryKey: ['document', document.path, id],
    queryFn: async ({ signal }) => {
      const { row, revision } = await getDocument(document.path, id, signal)
      return { row: row as AnyRow, revision }
    },
  })
}

/** A document's row as it stood behind an event; undefined where it was not there yet. */
const useRowAt = (document: AnyDocument, id: string, ordinal: number | undefined): AnyRow | undefined => {
  const { data } = useQuery({
    queryKey: ['document', document.path, id, ordinal],
    enabled: ordinal !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      try {
        return (await get(document.path, {
          values: { id },
          query: { asOf: String(ordinal) },
          signal,
        })) as unknown as AnyRow
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null
        throw error
      }
    },
  })
  return data ?? undefined
}

/** The row that a moment shows, and the one before it; without a moment, the present row alone. */
export const useRows = (
  document: AnyDocument,
  id: string,
  present: AnyRow,
  moment: StoryEvent | undefined,
) => {
  const then = useRowAt(document, id, moment?.ordinal)
  const before = useRowAt(document, id, moment && moment.ordinal - 1)
  if (!moment || !then) return { row: present, before: undefined }
  return { row: then, before: { row: before } satisfies Before }
}

export const useStory = (document: AnyDocument, id: string) => {
  const story = useInfiniteQuery({
    queryKey: ['document', document.story, id],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      (await get(document.story, {
        values: { id },
        query: { cursor: pageParam },
        signal,
      })) as unknown as StoryPage,
    getNextPageParam: page => page.next,
  })
  return { ...story, events: story.data?.pages.flatMap(page => page.items) ?? [] }
}
