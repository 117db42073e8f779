import type { Cell } from './cells.ts'

export type Language = 'fr' | 'en'

/** Spreadsheets take the encoding of a file from its first bytes. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** What a spreadsheet would take for a formula is a text: it is told so by an apostrophe. */
const FORMULA = /^[=+\-@\t\r]/

const textOf = (cell: Cell, language: Language): string => {
  switch (cell.kind) {
    case 'none':
      return ''
    case 'text':
      return FORMULA.test(cell.text) ? `'${cell.text}` : cell.text
    case 'number': {
      const decimal = language === 'fr' ? cell.decimal.replace('.', ',') : cell.decimal
      return cell.as === 'rate' ? `${decimal} %` : decimal
    }
    case 'time':
      return cell.iso.replace('T', ' ')
  }
}

/** One line of CSV (RFC 4180), separated as spreadsheets of the language expect. */
export const csvLine = (cells: readonly Cell[], language: Language): string => {
  const separator = language === 'fr' ? ';' : ','
  const quoted = cells.map(cell => {
    const text = textOf(cell, language)
    return /["\r\n;,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  })
  return `${quoted.join(separator)}\r\n`
}
