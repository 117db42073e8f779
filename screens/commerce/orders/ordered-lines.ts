import type { StoryEvent } from '../../documents/story.ts'

/** A line as it was ordered: what later events of the order name by its id alone. */
export interface OrderedLine {
  readonly lineId: string
  readonly productCode: string
  readonly name: string
  readonly unit: string
  readonly operation: 'goods' | 'services'
}

/** The lines of the orders that a history tells of, by their ids. */
export const orderedLines = (story: readonly StoryEvent[]): ReadonlyMap<string, OrderedLine> =>
  new Map(
    story
      .filter(({ type }) => type === 'commerce.OrderPlaced')
      .flatMap(({ data }) => (data?.['lines'] ?? []) as readonly OrderedLine[])
      .map(line => [line.lineId, line]),
  )
