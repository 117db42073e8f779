import { get } from '../api/client.ts'
import type { GetPath } from '../api/client.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { StoryEvent } from './story.ts'

const STORY_MAX = '500'

/** What the last event of some kinds says of a document: all of it, also what no list shows. */
export const lastSaid = async (
  path: GetPath & `${string}/story`,
  id: string,
  types: readonly string[],
): Promise<AnyRow> => {
  const { items } = (await get(path, { values: { id }, query: { limit: STORY_MAX } })) as unknown as {
    readonly items: readonly StoryEvent[]
  }
  return items.findLast(({ type }) => types.includes(type))?.data ?? {}
}
