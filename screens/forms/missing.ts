import type { AnyForm, Line, Values } from './declaration.ts'

/** What a form needs and has not. */

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

/**
 * Whether a field that must be filled in is not.
 * @param field `number`, or `lines.2.quantity` for a field of a line; a line nobody began is needed only where it is the
 * only one
 */
export const isMissing = (form: AnyForm, values: Values, field: string): boolean => {
  const own = form.fields.find(f => f.name === field)
  if (own) return !own.optional && isEmpty(values[field])
  const [name = '', row = '', column] = field.split('.')
  if (form.lines?.name !== name) return false
  const { columns } = form.lines
  const lines = (values[name] ?? []) as readonly Line[]
  const begun = (line: Line | undefined): boolean => columns.some(c => !isEmpty(line?.[c.name]))
  const line = lines[Number(row)]
  const counts = begun(line) || (row === '0' && !lines.some(begun))
  return (
    counts && columns.some(c => c.name === column && !c.optional && !c.fixed) && isEmpty(line?.[column ?? ''])
  )
}
