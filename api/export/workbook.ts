import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Cell } from './cells.ts'
import { ROWS_MAX, frameParts, headingXml, rowXml, sheetBegin, sheetEnd } from './sheet.ts'

/** An XLSX workbook, written while its rows are read: it is never whole in memory, and packed beside this thread. */

export interface Workbook {
  readonly title: string
  readonly columns: readonly { readonly label: string; readonly width: number }[]
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>
  /** A second sheet, that says what the first one shows. */
  readonly about: { readonly title: string; readonly lines: readonly (readonly [string, string])[] }
}

const text = (value: string): Cell => ({ kind: 'text', text: value })

/** The sheet of the rows; as many of them as a spreadsheet can read. */
async function* rowsSheet({ columns, rows }: Workbook): AsyncGenerator<string, void, undefined> {
  yield sheetBegin(
    columns.map(({ width }) => width),
    { frozen: true },
  )
  yield headingXml(columns.map(({ label }) => label))
  let number = 1
  for await (const bundle of rows) {
    const kept = bundle.slice(0, ROWS_MAX - number)
    yield kept.map((cells, i) => rowXml(number + i + 1, cells)).join('')
    number += kept.length
  }
  yield sheetEnd({ columns: columns.length, rows: number })
}

const ABOUT_WIDTHS = [28, 80]

const aboutSheet = ({ about: { lines } }: Workbook): string =>
  [
    sheetBegin(ABOUT_WIDTHS, { frozen: false }),
    ...lines.map((line, i) => rowXml(i + 1, line.map(text))),
    sheetEnd({ columns: ABOUT_WIDTHS.length }),
  ].join('')

export const workbookOf = (workbook: Workbook): Readable => {
  const zip = new ZipFile()
  const rows = Readable.from(rowsSheet(workbook), { objectMode: false })
  const packed = zip.outputStream as Readable
  zip.on('error', (error: Error) => packed.destroy(error))
  // Who asked may go away: nothing is read any more.
  packed.on('close', () => rows.destroy())
  for (const [place, part] of Object.entries(frameParts([workbook.title, workbook.about.title])))
    zip.addBuffer(Buffer.from(part), place)
  zip.addBuffer(Buffer.from(aboutSheet(workbook)), 'xl/worksheets/sheet2.xml')
  zip.addReadStream(rows, 'xl/worksheets/sheet1.xml')
  zip.end()
  return packed
}
