import { recorded } from '../projections/engine/recorded.ts'
import { actOf } from './acts.ts'
import type { Act } from './acts.ts'
import type { Source } from './cut.ts'
import type { Contribution } from './explain.ts'
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
 * invoice's orders, an allocation's payment), in the order in which they are named. A contribution on a stream of many
 * documents (a register, a receivable) is told with each document that it names: an invoice's number, its allocations.
 */
export const storyOf = async (
  source: Source,
  contributions: readonly Contribution[],
): Promise<readonly Story[]> => {
  const documents = [...new Set(contributions.flatMap(c => c.documents))]
  const told = new Map<string, Story>()
  const named = new Set<string>()
  for (const stream of documents.slice(0, DOCUMENTS_MAX)) {
    const { story, links } = await read(source, stream)
    told.set(stream, story)
    for (const link of links) named.add(link)
  }
  for (const stream of named)
    if (!told.has(stream) && told.size < DOCUMENTS_MAX) told.set(stream, (await read(source, stream)).story)
  // Acts of a stream that is told itself stand there.
  const elsewhere = contributions.filter(c => !told.has(c.stream))
  return [...told.values()]
    .map(story => withContributions(story, elsewhere))
    .filter(({ acts }) => acts.length > 0)
}

const withContributions = ({ stream, acts }: Story, contributions: readonly Contribution[]): Story => {
  const concerning = contributions.filter(c => c.documents.includes(stream))
  const all: readonly StoryAct[] = [
    ...acts,
    ...concerning.map(
      ({ ordinal: _, measures: __, causes: ___, effects: ____, documents: _____, ...act }) => act,
    ),
  ]
  return { stream, acts: all.toSorted((a, b) => Temporal.Instant.compare(a.recordedAt, b.recordedAt)) }
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
