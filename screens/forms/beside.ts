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
}

/**
 * Where an error stands: at its field, or, where what is wrong is something of a line that nobody types, such as its id,
 * at the last cell of that line that is typed.
 */
export const placeOf = (field: string, grid: Grid | undefined): string => {
  const [name, row, cell] = field.split('.')
  if (!grid || name !== grid.name || row === undefined) return field
  const typed = grid.columns.filter(column => !column.fixed)
  return typed.some(column => column.name === cell) ? field : `${name}.${row}.${typed.at(-1)?.name ?? ''}`
}
