import type { Cell } from './cells.ts'

/** Parts of a workbook as SpreadsheetML (ECMA-376), written piece by piece. */

const CHARACTERS_MAX = 32_767
/** Rows of a sheet, as far as any spreadsheet reads. */
export const ROWS_MAX = 1_048_576

/** What XML 1.0 cannot hold. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escaped = (text: string): string =>
  text.replaceAll(UNWRITABLE, '').replaceAll(/[&<>"]/g, character => ENTITIES[character] as string)

/** Formats of cells, in the order of their numbers: `[numFmtId, code where it is our own]`. */
const FORMATS = {
  text: [0],
  heading: [0],
  count: [3],
  amount: [4],
  quantity: [164, '#,##0.####'],
  price: [165, '#,##0.00####'],
  rate: [10],
  day: [14],
  month: [166, 'mmmm yyyy'],
  instant: [22],
  /** Looks like a formula, and stays a text also where somebody edits it. */
  quoted: [0],
} as const satisfies Readonly<Record<string, readonly [number, string?]>>
type Format = keyof typeof FORMATS
const NAMES = Object.keys(FORMATS) as readonly Format[]
const STYLE = Object.fromEntries(NAMES.map((name, i) => [name, i])) as Readonly<Record<Format, number>>

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

/** How cells look: headings bold, and a format for each shape. */
export const stylesXml = (): string => {
  const own = NAMES.flatMap(name => {
    const [id, code] = FORMATS[name] as readonly [number, string?]
    return code === undefined ? [] : [`<numFmt numFmtId="${id}" formatCode="${escaped(code)}"/>`]
  })
  const cells = NAMES.map(name => {
    const font = name === 'heading' ? 1 : 0
    const quote = name === 'quoted' ? ' quotePrefix="1"' : ''
    return `<xf numFmtId="${FORMATS[name][0]}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"${quote}/>`
  })
  return `${XML}<styleSheet ${MAIN}><numFmts count="${own.length}">${own.join('')}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`
}

const DAY_MS = 86_400_000
/** 1970-01-01, counted as spreadsheets count days. */
const EPOCH_DAY = 25_569
/** Before this day spreadsheets disagree: they believe in a 29 February 1900. */
const FIRST_DAY = 61

const serialOf = (iso: string): number => {
  const whole = iso.length === 7 ? `${iso}-01` : iso
  return Date.parse(whole.length === 10 ? `${whole}T00:00:00Z` : `${whole}Z`) / DAY_MS + EPOCH_DAY
}

const LOOKS_LIKE_FORMULA = /^[=+\-@]/

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, CHARACTERS_MAX))}</t></is></c>`

/** Beyond so many digits a spreadsheet would round. */
const DIGITS_MAX = 15

const numberCell = (at: string, { decimal, as }: Extract<Cell, { kind: 'number' }>): string => {
  if (decimal.replaceAll(/\D/g, '').length > DIGITS_MAX) return textCell(at, decimal, STYLE.text)
  const value = as === 'rate' ? Number(`${decimal}e-2`) : decimal
  return `<c r="${at}" s="${STYLE[as]}"><v>${value}</v></c>`
}

const cellXml = (at: string, cell: Cell): string => {
  switch (cell.kind) {
    case 'none':
      return ''
    case 'text':
      return textCell(at, cell.text, LOOKS_LIKE_FORMULA.test(cell.text) ? STYLE.quoted : STYLE.text)
    case 'number':
      return numberCell(at, cell)
    case 'time': {
      const serial = serialOf(cell.iso)
      return serial >= FIRST_DAY
        ? `<c r="${at}" s="${STYLE[cell.as]}"><v>${serial}</v></c>`
        : textCell(at, cell.iso, STYLE.text)
    }
  }
}

/** `A`, `B`, … `Z`, `AA`, … */
const letterOf = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : `${letterOf(Math.floor(column / 26) - 1)}${letterOf(column % 26)}`

/** One row, counted from 1. */
export const rowXml = (number: number, cells: readonly Cell[]): string =>
  `<row r="${number}">${cells.map((cell, i) => cellXml(`${letterOf(i)}${number}`, cell)).join('')}</row>`

/** A row that names the columns. */
export const headingXml = (labels: readonly string[]): string =>
  `<row r="1">${labels.map((label, i) => textCell(`${letterOf(i)}1`, label, STYLE.heading)).join('')}</row>`

/** What stands before the rows: the first one stays in sight, if it is a heading. */
export const sheetBegin = (widths: readonly number[], { frozen }: { readonly frozen: boolean }): string => {
  const pane = frozen
    ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
    : ''
  const columns = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  )
  return `${XML}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
}

/** What stands behind them; rows below a heading can be filtered. */
export const sheetEnd = ({ columns, rows }: { readonly columns: number; readonly rows?: number }): string =>
  `</sheetData>${rows === undefined ? '' : `<autoFilter ref="A1:${letterOf(columns - 1)}${rows}"/>`}</worksheet>`

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A name that a sheet may have. */
const sheetName = (name: string): string =>
  escaped(
    name
      .replaceAll(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 31),
  )

/** The parts that hold the sheets together, by their places. */
export const frameParts = (names: readonly string[]): Readonly<Record<string, string>> => {
  const sheets = names.map(
    (name, i) => `<sheet name="${sheetName(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
  const relations = (...inner: readonly string[]): string =>
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">${inner.join('')}</Relationships>`
  const override = (part: string, type: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="${SPREADSHEET}.${type}+xml"/>`
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${override('styles', 'styles')}${names.map((_, i) => override(`worksheets/sheet${i + 1}`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${XML}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ...names.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
      relation(names.length + 1, 'styles', 'styles.xml'),
    ),
    'xl/styles.xml': stylesXml(),
  }
}
