/** One table of `npm run bench`: what was measured, and which goals it held. */
export interface Section {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  readonly goals: readonly Goal[]
}

export interface Goal {
  readonly name: string
  /** What was measured, in the unit of `goal`. */
  readonly measured: number
  readonly goal: number
  /** Whether the goal is a least or a most. */
  readonly bound: 'atLeast' | 'atMost'
}

export const holds = ({ measured, goal, bound }: Goal): boolean =>
  bound === 'atLeast' ? measured >= goal : measured <= goal

/** Prints a section as text. */
export const printed = ({ title, columns, rows, goals }: Section): string => {
  const cells = [columns, ...rows].map(row =>
    row.map(cell => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)),
  )
  const widths = columns.map((_, i) => Math.max(...cells.map(row => (row[i] ?? '').length)))
  const table = cells.map(row => row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  '))
  const verdicts = goals.map(
    goal => `${holds(goal) ? 'held  ' : 'MISSED'}  ${goal.name}: ${goal.measured} (goal ${goal.goal})`,
  )
  return [title, ...table, ...verdicts].join('\n')
}
