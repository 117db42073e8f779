import type { Line, Values } from './input.ts'

/** What the API says of an input, as it stands beside a field. */

const NAMED = /^(?:Champ|Field) (?:« [^»]+ »|"[^"]+")(?:, (?:ligne|line) [^\s:]+)? ?: /
const LINE = /^(?:ligne|line) [0-9a-f-]{36},? ?:? ?/

/** The sentence without the name of its field and the id of its line: both are where it stands. */
export const toldBeside = (sentence: string): string => {
  const rest = sentence.replace(NAMED, '').replace(LINE, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

interface Grid {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly fixed?: true }[]
  readonly leftOut?: (line: Line) => boolean
}

/** Lines as they are counted here, of those that the command is sent: the ones that are left out are not counted there. */
export const sentRows = (grid: Grid | undefined, values: Values): readonly number[] => {
  const lines = (values[grid?.name ?? ''] ?? []) as readonly Line[]
  return lines.flatMap((line, row) => (grid?.leftOut?.(line) === true ? [] : [row]))
}

/**
 * Where an error stands: at its field, or, where what is wrong is something of a line that nobody types, such as its id,
 * at the last cell of that line that is typed.
 * @param rows where the lines stand that were sent
 */
export const placeOf = (field: string, grid: Grid | undefined, rows: readonly number[] = []): string => {
  const [name, sent, cell] = field.split('.')
  if (!grid || name !== grid.name || sent === undefined) return field
  const typed = grid.columns.filter(column => !column.fixed)
  const at = typed.some(column => column.name === cell) ? cell : typed.at(-1)?.name
  return `${name}.${rows[Number(sent)] ?? sent}.${at ?? ''}`
}
