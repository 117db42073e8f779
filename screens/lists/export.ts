import { notifications } from '@mantine/notifications'
import { download } from '../api/client.ts'
import type { QueryValues } from '../api/client.ts'
import type { LegalEntity } from '../frame/entity.tsx'
import type { AnyRow } from '../shapes/row.ts'
import type { Shape } from '../shapes/shape.ts'
import { flagWords, isChoice } from '../shapes/shapes.tsx'
import { formatsOf } from '../words/formats.ts'
import { language, say } from '../words/words.ts'
import type { Column } from './declaration.ts'
import type { ListState } from './state.ts'
import { words } from './words.ts'

/**
 * A list as a file of exactly what is shown: its columns, filters, order and groups, however long it is. The server
 * makes it; what its columns and words are called is told by who shows them.
 */

export type Format = 'csv' | 'xlsx'

/** What the values of a column are called, where they have words. */
const wordsOf = (as: Shape): Readonly<Record<string, string>> | undefined => {
  if (isChoice(as))
    return Object.fromEntries(Object.entries(as.options).map(([value, { label }]) => [value, say(label)]))
  return as.kind === 'flag' ? { true: say(flagWords.yes), false: say(flagWords.no) } : undefined
}

const PIXELS_OF_A_CHARACTER = 7

/** An instant says on which clock it is told: the file is read where that cannot be seen. */
const headingOf = ({ label, as }: Column<AnyRow>, timeZone: string): string =>
  as.kind === 'instant' ? `${say(label)} (${timeZone})` : say(label)

const described = (column: Column<AnyRow>, timeZone: string) => ({
  field: column.field,
  label: headingOf(column, timeZone),
  // The server puts names in place of ids.
  as: column.as.kind === 'reference' ? ('text' as const) : column.as.kind,
  width: Math.ceil(column.width / PIXELS_OF_A_CHARACTER),
  words: wordsOf(column.as),
})

/** What a value of the address is called. */
const told = async (as: Shape, value: string): Promise<string> => {
  const typed = as.figure ? Number(value) : as.kind === 'flag' ? value === 'true' : value
  return as.lookUp ? as.lookUp(typed) : as.tell(typed, { say, formats: formatsOf(language()) })
}

/** The clock of the legal entity, else of this machine. */
const clockOf = (entity: Named['entity']): string =>
  entity?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone

/** Which file it is, of when and from where. */
const beginningOf = ({ title, entity }: Named): (readonly [string, string])[] => {
  const timeZone = clockOf(entity)
  const now = formatsOf(language(), timeZone).instant(new Date().toISOString())
  return [
    [title, ''],
    [say(words.exportedAt), `${now} (${timeZone})`],
    [say(words.address), window.location.href],
    ...(entity ? [[say(words.entity), entity.name] as const] : []),
  ]
}

/** What the list is narrowed, ordered and grouped by, in words. */
const aboutLines = async (
  { list, group, search, sort }: ListState,
  named: Named,
): Promise<readonly (readonly [string, string])[]> => {
  const lines = beginningOf(named)
  const text = search['search']
  if (typeof text === 'string') lines.push([say(words.search), text])
  for (const { field, label, as } of list.filters) {
    const values = [search[field] ?? []].flat()
    if (values.length > 0)
      lines.push([say(label), (await Promise.all(values.map(value => told(as, value)))).join(', ')])
  }
  for (const { field, label, as } of list.ranges)
    for (const [bound, said] of [
      ['From', words.since],
      ['To', words.until],
    ] as const) {
      const value = search[`${field}${bound}`]
      if (typeof value !== 'string') continue
      const bounds = await told(as, value)
      lines.push([say(label), say(said, { from: bounds, to: bounds })])
    }
  const by = list.columns.find(({ field }) => field === sort.replace('-', ''))
  if (by) lines.push([say(words.sortedBy), `${say(by.label)} ${sort.startsWith('-') ? '↓' : '↑'}`])
  if (group) lines.push([say(words.group), say(group.label)])
  return lines
}

interface Named {
  readonly title: string
  /** The legal entity that it is about, where it is about one. */
  readonly entity: Pick<LegalEntity, 'name' | 'timeZone'> | undefined
}

export const exportList = async (
  state: ListState,
  columns: readonly Column<AnyRow>[],
  { title, entity, format }: Named & { readonly format: Format },
): Promise<void> =>
  exportFile({
    ...{ path: state.list.path, query: state.query, columns, title, entity, format },
    about: await aboutLines(state, { title, entity }),
  })

interface FileAsked extends Named {
  readonly path: string
  readonly values?: Readonly<Record<string, string>>
  readonly query: QueryValues
  readonly columns: readonly Column<AnyRow>[]
  readonly format: Format
  /** What the file says of itself. */
  readonly about: readonly (readonly [string, string])[]
}

/** Asks for a file of what stands at an address, and gives it to the browser; told in a corner meanwhile. */
const exportFile = async ({
  path,
  values,
  query,
  columns,
  title,
  entity,
  format,
  about,
}: FileAsked): Promise<void> => {
  const stop = new AbortController()
  const id = notifications.show({
    message: say(words.exporting),
    loading: true,
    autoClose: false,
    onClose: () => stop.abort(),
  })
  const timeZone = clockOf(entity)
  try {
    const body = {
      format,
      language: language(),
      title,
      timeZone,
      columns: columns.map(column => described(column, timeZone)),
      about: { title: say(words.about), lines: about },
    }
    const file = await download(path, { values, query, body, signal: stop.signal })
    save(await file.blob(), `${title}.${format}`)
    notifications.update({
      id,
      message: say(words.exported),
      loading: false,
      autoClose: 4_000,
      onClose: () => undefined,
    })
  } catch (error) {
    if (stop.signal.aborted) return
    const message = (error as Error).message
    notifications.update({ id, title: say(words.exportFailed), message, color: 'red', loading: false })
  }
}

/** A page that is no list as a file, with the months and the moment that its address tells. */
export const exportPage = (asked: Omit<FileAsked, 'about'>): Promise<void> =>
  exportFile({ ...asked, about: beginningOf(asked) })

/** Gives a file to the browser. */
export const save = (file: Blob, name: string): void => {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
