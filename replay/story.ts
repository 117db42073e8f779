import { recorded } from '../projections/engine/recorded.ts'
import { actOf } from './acts.ts'
import type { Act } from './acts.ts'
import type { Source } from './cut.ts'
import { documentsOf } from './links.ts'

/** An act of a document's story. The place in the log is not known here: streams are read one by one. */
export type StoryAct = Omit<Act, 'ordinal'>

export interface Story {
  readonly stream: string
  readonly acts: readonly StoryAct[]
}

/** Documents told at most: what is linked with more has a register or a customer behind it, and is asked for by itself. */
const DOCUMENTS_MAX = 50

/**
 * The acts behind documents, document by document: their own, and those of the documents that these name (an
 * invoice's orders, an allocation's payment), in the order in which they are named.
 */
export const storyOf = async (source: Source, documents: readonly string[]): Promise<readonly Story[]> => {
  const told = new Map<string, Story>()
  const named = new Set<string>()
  for (const stream of documents.slice(0, DOCUMENTS_MAX)) {
    const { story, links } = await read(source, stream)
    told.set(stream, story)
    for (const link of links) named.add(link)
  }
  for (const stream of named)
    if (!told.has(stream) && told.size < DOCUMENTS_MAX) told.set(stream, (await read(source, stream)).story)
  return [...told.values()].filter(({ acts }) => acts.length > 0)
}

const read = async (
  { store, codec }: Source,
  stream: string,
): Promise<{ readonly story: Story; readonly links: readonly string[] }> => {
  const acts: StoryAct[] = []
  const links: string[] = []
  for await (const stored of store.readStream(stream)) {
    const event = recorded(codec, stored, 0)
    const { ordinal: _, ...act } = actOf(event)
    acts.push(act)
    links.push(...documentsOf(event))
  }
  return { story: { stream, acts }, links }
}
