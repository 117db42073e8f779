import { same } from './differences.ts'
import type { Difference } from './differences.ts'

/** Lines of a document as two people changed them: compared line by line and cell by cell, and joined. */

export type Line = Readonly<Record<string, unknown>>

export interface Grid {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly typed?: (value: unknown) => Line }[]
  /** What tells its lines apart; their places where absent. */
  readonly id?: string
}

/** Of a cell; of a whole line where one of both has it and the other has not. */
export interface LineDifference extends Difference {
  /** Its place among the joined lines. */
  readonly row: number
  readonly column?: string
}

export const sameLine = (one: Line = {}, other: Line = {}): boolean =>
  Object.keys({ ...one, ...other }).every(name => same(one[name], other[name]))

type Pairs = readonly (readonly [number, number])[]

const places = (count: number, before: number, now: number): Pairs =>
  Array.from({ length: count }, (_, i) => [before + i, now + i] as const)

/** How many lines are equal from the beginning on. */
const equalAtFirst = (before: readonly Line[], now: readonly Line[]): number => {
  const changed = before.findIndex((line, i) => i >= now.length || !sameLine(line, now[i]))
  return changed < 0 ? before.length : changed
}

/**
 * Places of lines that are equal in both, in the order of both: as many as there can be. What both begin and end with
 * is found at once, so that a long list is compared only where it changed.
 */
const equalOnes = (before: readonly Line[], now: readonly Line[]): Pairs => {
  const first = equalAtFirst(before, now)
  const [restBefore, restNow] = [before.slice(first), now.slice(first)]
  const last = equalAtFirst(restBefore.toReversed(), restNow.toReversed())
  const [endBefore, endNow] = [before.length - last, now.length - last]
  const between = equalBetween(before.slice(first, endBefore), now.slice(first, endNow))
  return [
    ...places(first, 0, 0),
    ...between.map(([b, n]) => [first + b, first + n] as const),
    ...places(last, endBefore, endNow),
  ]
}

const equalBetween = (before: readonly Line[], now: readonly Line[]): Pairs => {
  /** How many can be equal from a place in each on. */
  const many = Array.from({ length: before.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  const from = (b: number, n: number): number => many[b]?.[n] ?? 0
  for (let b = before.length - 1; b >= 0; b--)
    for (let n = now.length - 1; n >= 0; n--) {
      const row = many[b]
      if (!row) continue
      row[n] = sameLine(before[b], now[n]) ? 1 + from(b + 1, n + 1) : Math.max(from(b + 1, n), from(b, n + 1))
    }
  const pairs: (readonly [number, number])[] = []
  for (let b = 0, n = 0; b < before.length && n < now.length;) {
    if (sameLine(before[b], now[n])) pairs.push([b++, n++])
    else if (from(b + 1, n) >= from(b, n + 1)) b++
    else n++
  }
  return pairs
}

/** For each line, which one it was before: by its id, else by the lines around it; undefined where it is new. */
export const partnersOf = (
  before: readonly Line[],
  now: readonly Line[],
  id?: string,
): readonly (number | undefined)[] => {
  if (id !== undefined) {
    const places = new Map(before.map((line, i) => [line[id], i]))
    return now.map(line => places.get(line[id]))
  }
  const partners = new Array<number | undefined>(now.length).fill(undefined)
  let [behindB, behindN] = [0, 0]
  for (const [b, n] of [...equalOnes(before, now), [before.length, now.length] as const]) {
    // What stands between equal lines was changed, one for one, as far as there are enough on both sides.
    for (let i = 0; i < Math.min(b - behindB, n - behindN); i++) partners[behindN + i] = behindB + i
    if (n < now.length) partners[n] = b
    ;[behindB, behindN] = [b + 1, n + 1]
  }
  return partners
}

/** One line in its three versions. */
interface Slot {
  before?: Line
  theirs?: Line
  mine?: Line
}

export interface Versions {
  readonly before: readonly Line[]
  readonly theirs: readonly Line[]
  readonly mine: readonly Line[]
}

const slotsOf = ({ id }: Grid, { before, ...sides }: Versions): readonly Slot[] => {
  const slots = before.map((line): Slot => ({ before: line }))
  /** New lines, by the line that they stand behind. */
  const added = new Map<number, Slot[]>()
  for (const side of ['theirs', 'mine'] as const) {
    let last = -1
    for (const [i, partner] of partnersOf(before, sides[side], id).entries()) {
      const line = sides[side][i] ?? {}
      const slot = partner === undefined ? undefined : slots[partner]
      if (slot) {
        slot[side] = line
        last = partner ?? last
        continue
      }
      const behind = added.get(last) ?? []
      const twin = behind.find(other => side === 'mine' && sameLine(other.theirs, line))
      if (twin) twin.mine = line
      else added.set(last, [...behind, { [side]: line }])
    }
  }
  return [...(added.get(-1) ?? []), ...slots.flatMap((slot, i) => [slot, ...(added.get(i) ?? [])])]
}

const differencesIn = (grid: Grid, slot: Slot, row: number): readonly LineDifference[] => {
  const { before, theirs, mine } = slot
  const name = `${grid.name}.${row}`
  if (before && theirs && mine)
    return grid.columns
      .map(({ name: column }) => ({
        ...{ name: `${name}.${column}`, row, column },
        ...{ before: before[column], theirs: theirs[column], mine: mine[column] },
      }))
      .filter(cell => !same(cell.before, cell.theirs) && !same(cell.mine, cell.theirs))
      .map(cell => ({ ...cell, both: !same(cell.mine, cell.before) }))
  const isTheirs = before ? !theirs || !sameLine(theirs, before) : theirs !== undefined
  if (!isTheirs || (!theirs && !mine) || (theirs && mine)) return []
  const both = before !== undefined && (mine === undefined || !sameLine(mine, before))
  return [{ name, row, before, theirs, mine, both }]
}

/** What another changed of the lines while they stood in the form. */
export const lineDifferencesOf = (grid: Grid, versions: Versions): readonly LineDifference[] =>
  slotsOf(grid, versions).flatMap((slot, row) => differencesIn(grid, slot, row))

/** Lines with what only one of both changed from either, and of the rest what was taken. */
export const joinedOf = (
  grid: Grid,
  versions: Versions,
  isTaken: (difference: LineDifference) => boolean,
): readonly Line[] =>
  slotsOf(grid, versions).flatMap((slot, row) => {
    const taken = differencesIn(grid, slot, row).filter(isTaken)
    const { before, theirs, mine } = slot
    if (!before || !theirs || !mine) {
      const line = taken.length > 0 ? theirs : mine
      return line ? [line] : []
    }
    return [joinedLine(grid, { before, theirs, mine }, taken)]
  })

const joinedLine = (
  { columns }: Grid,
  { before, theirs, mine }: Required<Slot>,
  taken: readonly LineDifference[],
): Line => {
  let line = mine
  for (const { column = '' } of taken) {
    const value = theirs[column]
    line = { ...line, ...columns.find(({ name }) => name === column)?.typed?.(value), [column]: value }
  }
  // What nobody types follows the cells that say it.
  const typed = new Set(columns.map(({ name }) => name))
  const rest = Object.keys({ ...before, ...theirs }).filter(
    name => !typed.has(name) && !same(before[name], theirs[name]),
  )
  const follows = rest.filter(name => taken.length > 0 || same(mine[name], before[name]))
  return { ...line, ...Object.fromEntries(follows.map(name => [name, theirs[name]])) }
}
