import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get, getDocument } from '../api/client.ts'
import { onChange } from '../api/live.ts'
import type { AnyRow } from '../shapes/row.ts'
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
