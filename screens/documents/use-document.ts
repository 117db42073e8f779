import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get, getDocument } from '../api/client.ts'
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

/** A document's row as it stood behind an event. */
const useRowAt = (document: AnyDocument, id: string, ordinal: number | undefined) =>
  useQuery({
    queryKey: ['document', document.path, id, ordinal],
    enabled: ordinal !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await get(document.path, {
        values: { id },
        query: { asOf: String(ordinal) },
        signal,
      })) as unknown as AnyRow,
  })

interface Shown {
  readonly moment: StoryEvent | undefined
  /** Whether the document came to be at this moment. */
  readonly first: boolean
}

/**
 * The row that a moment shows, and the one before it; without a moment, the present row alone. `waits` while what is
 * there is of another moment: it must not be taken for this one's.
 */
export const useRows = (document: AnyDocument, id: string, present: AnyRow, { moment, first }: Shown) => {
  const then = useRowAt(document, id, moment?.ordinal)
  const before = useRowAt(document, id, moment && !first ? moment.ordinal - 1 : undefined)
  if (!moment) return { row: present, before: undefined, waits: false }
  const known = before.isPlaceholderData ? undefined : before.data
  return {
    row: then.data ?? present,
    before: first || known ? ({ row: first ? undefined : known } satisfies Before) : undefined,
    waits: then.data === undefined || then.isPlaceholderData,
  }
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
