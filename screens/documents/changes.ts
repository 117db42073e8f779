import { partnersOf } from './line-differences.ts'
import type { Line } from './line-differences.ts'
import { same } from './differences.ts'
import type { StoryEvent } from './story.ts'

/** What an event puts where something else stood: found by comparing what the events of one stream say. */

export interface Change {
  readonly path: string
  /** The number of the line, of a cell of one. */
  readonly line?: number
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

const isTold = ([name, value]: readonly [string, unknown]): boolean =>
  !UNTOLD.test(name) && (typeof value !== 'object' || value === null)

/** The cells that differ between two versions of a line; where it is new or gone, all that it says. */
const cellsOf = (line: number, before: Line = {}, after: Line = {}): readonly Change[] =>
  Object.entries({ ...before, ...after })
    .filter(isTold)
    .flatMap(([name]) =>
      same(before[name], after[name])
        ? []
        : [{ path: `lines.${line}.${name}`, line, before: before[name], after: after[name] }],
    )

const lineChanges = (before: readonly Line[], now: readonly Line[]): readonly Change[] => {
  const partners = partnersOf(before, now)
  const kept = new Set(partners)
  return [
    ...before.flatMap((line, i) => (kept.has(i) ? [] : cellsOf(i + 1, line))),
    ...now.flatMap((line, i) => cellsOf(i + 1, before[partners[i] ?? -1], line)),
  ]
}

const linesOf = (data: unknown): readonly Line[] | undefined => {
  const lines = (data as { readonly lines?: unknown } | null)?.lines
  return Array.isArray(lines) ? (lines as readonly Line[]) : undefined
}

/** For each event, what it changed of what earlier events of its stream had said. */
export const changesOf = (events: readonly StoryEvent[]): readonly (readonly Change[])[] => {
  const known = new Map<string, Map<string, unknown>>()
  const knownLines = new Map<string, readonly Line[]>()
  return events.map(({ stream, type, data }) => {
    const said = known.get(stream) ?? new Map<string, unknown>()
    known.set(stream, said)
    const leaves = leavesOf(data)
    const lines = linesOf(data)
    const before = knownLines.get(stream)
    if (lines) knownLines.set(stream, lines)
    const changes: Change[] = REPLACES.test(type)
      ? leaves.flatMap(([path, after]) => {
          const before = said.get(path)
          return before === undefined || before === after ? [] : [{ path, before, after }]
        })
      : []
    if (lines && before && REPLACES.test(type)) changes.push(...lineChanges(before, lines))
    for (const [path, value] of leaves) said.set(path, value)
    return changes
  })
}
