import { notifications } from '@mantine/notifications'
import type { QueryValues } from '../api/client.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { Telling } from '../shapes/shape.ts'
import { formatsOf } from '../words/formats.ts'
import { language, say } from '../words/words.ts'
import { csvLine } from './csv.ts'
import type { AnyList, Column } from './declaration.ts'
import { allRows } from './rows.ts'
import { words } from './words.ts'

/** Spreadsheets take the encoding of a file from its first bytes. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Exports exactly what the list shows, its columns, filters and order, however long it is. */
export const exportRows = async (
  list: AnyList,
  columns: readonly Column<AnyRow>[],
  query: QueryValues,
): Promise<void> => {
  const stop = new AbortController()
  const telling: Telling = { say, formats: formatsOf(language()) }
  const parts: string[] = [
    csvLine(
      columns.map(({ label }) => say(label)),
      language(),
    ),
  ]
  const id = notifications.show({
    message: say(words.exporting, { count: 0 }),
    loading: true,
    autoClose: false,
    onClose: () => stop.abort(),
  })
  let rows = 0
  try {
    for await (const page of allRows(list, query, stop.signal)) {
      for (const row of page) parts.push(csvLine(await written(columns, row, telling), language()))
      rows += page.length
      notifications.update({
        id,
        message: say(words.exporting, { count: telling.formats.count(rows) }),
        loading: true,
      })
    }
    saveCsv(parts, say(list.title))
    const message = say(words.exported, { count: telling.formats.count(rows) })
    notifications.update({ id, message, loading: false, autoClose: 4_000, onClose: () => undefined })
  } catch (error) {
    if (!stop.signal.aborted)
      notifications.update({
        id,
        title: say(words.exportFailed),
        message: (error as Error).message,
        color: 'red',
        loading: false,
      })
  }
}

const written = (
  columns: readonly Column<AnyRow>[],
  row: AnyRow,
  telling: Telling,
): Promise<readonly string[]> =>
  Promise.all(columns.map(async ({ field, as }) => (as.write ?? as.tell)(row[field], telling)))

/** Gives lines of CSV to the browser as a file. */
export const saveCsv = (lines: readonly string[], title: string): void => {
  const file = new Blob([BYTE_ORDER_MARK, ...lines], { type: 'text/csv;charset=utf-8' })
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = `${title}.csv`
  link.click()
  URL.revokeObjectURL(address)
}
