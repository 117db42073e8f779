import type { StoryEvent } from './story.ts'

/** What an event puts where something else stood: found by comparing what the events of one stream say. */

export interface Change {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** Events that say how a whole stands anew: only these replace what was said before. */
const REPLACES = /(?:Changed|Set)$/
/** Ids tell a reader nothing; what else is technical neither. */
const UNTOLD = /(?:^|\.)(?:\w*[iI]d|kind|lines|journalEntry|content|deliveries)(?:\.|$)/

const leavesOf = (value: unknown, path = ''): readonly (readonly [string, unknown])[] => {
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return UNTOLD.test(path) ? [] : [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, path === '' ? key : `${path}.${key}`),
  )
}

/** For each event, what it changed of what earlier events of its stream had said. */
export const changesOf = (events: readonly StoryEvent[]): readonly (readonly Change[])[] => {
  const known = new Map<string, Map<string, unknown>>()
  return events.map(({ stream, type, data }) => {
    const said = known.get(stream) ?? new Map<string, unknown>()
    known.set(stream, said)
    const leaves = leavesOf(data)
    const changes = REPLACES.test(type)
      ? leaves.flatMap(([path, after]) => {
          const before = said.get(path)
          return before === undefined || before === after ? [] : [{ path, before, after }]
        })
      : []
    for (const [path, value] of leaves) said.set(path, value)
    return changes
  })
}
