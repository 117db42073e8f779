/** What a form needs and has not. */

type Values = Readonly<Record<string, unknown>>

interface Field {
  readonly name: string
  readonly optional?: true
  readonly fixed?: true
}
interface Needs {
  readonly fields: readonly Field[]
  readonly lines?: { readonly name: string; readonly columns: readonly Field[] }
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

/**
 * Whether a field that must be filled in is not.
 * @param field `number`, or `lines.2.quantity` for a field of a line; a line nobody began is needed only where it is the
 * only one
 */
export const isMissing = (form: Needs, values: Values, field: string): boolean => {
  const own = form.fields.find(f => f.name === field)
  if (own) return !own.optional && isEmpty(values[field])
  const [name = '', row = '', column] = field.split('.')
  if (form.lines?.name !== name) return false
  const { columns } = form.lines
  const lines = (values[name] ?? []) as readonly Values[]
  const begun = (line: Values | undefined): boolean => columns.some(c => !isEmpty(line?.[c.name]))
  const line = lines[Number(row)]
  const counts = begun(line) || (row === '0' && !lines.some(begun))
  return (
    counts && columns.some(c => c.name === column && !c.optional && !c.fixed) && isEmpty(line?.[column ?? ''])
  )
}
