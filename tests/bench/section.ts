/** One figure of `npm run bench`, beside what the bare server did in the same run and the goal for it. */
export interface Figure {
  readonly what: string
  readonly unit: string
  readonly measured: number
  /** The same work by raw pg, on the same server, in the same run and unit. */
  readonly raw?: { readonly what: string; readonly measured: number }
  /** A least or a most; of the figure itself, or of its percentage of raw. */
  readonly goal?: {
    readonly bound: 'atLeast' | 'atMost'
    readonly value: number
    readonly of?: 'percentOfRaw'
  }
}

export interface Section {
  readonly title: string
  readonly figures: readonly Figure[]
}

/** The figure in hundredths of its baseline; undefined without one. */
export const percentOfRaw = ({ measured, raw }: Figure): number | undefined =>
  raw && Math.round((100 * measured) / raw.measured)

/** Whether the goal is held; undefined where there is none. */
export const holds = (figure: Figure): boolean | undefined => {
  const { goal } = figure
  if (!goal) return undefined
  const value = goal.of === 'percentOfRaw' ? (percentOfRaw(figure) ?? 0) : figure.measured
  return goal.bound === 'atLeast' ? value >= goal.value : value <= goal.value
}

const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 })

const goalText = ({ goal }: Figure): string => {
  if (!goal) return ''
  const sign = goal.bound === 'atLeast' ? '≥' : '≤'
  return `[${sign} ${number(goal.value)}${goal.of === 'percentOfRaw' ? ' % of raw' : ''}]`
}

const VERDICTS = new Map([
  [true, 'held'],
  [false, 'MISSED'],
])

const cellsOf = (figure: Figure): readonly string[] => {
  const { what, unit, measured, raw } = figure
  const verdict = VERDICTS.get(holds(figure) as boolean) ?? ''
  const beside = raw ? [`${percentOfRaw(figure) ?? ''} %`, `${number(raw.measured)} ${raw.what}`] : ['', '']
  return [what, `${number(measured)} ${unit}`, goalText(figure), verdict, ...beside]
}

const LEFT: ReadonlySet<number> = new Set([0, 5])

/** A section as a table: figure, goal in brackets, verdict, percentage of raw, raw. */
export const printed = ({ title, figures }: Section): string => {
  const rows = figures.map(cellsOf)
  const widths = [0, 1, 2, 3, 4, 5].map(i => Math.max(0, ...rows.map(row => (row[i] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (LEFT.has(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [title, ...rows.map(line)].join('\n')
}
