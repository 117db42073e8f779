/** Texts as a line of CSV (RFC 4180), as spreadsheets open it. */

export type CsvLanguage = 'fr' | 'en'

/** Spreadsheets take the encoding of a file from its first bytes. */
export const BYTE_ORDER_MARK = '\uFEFF'

const FORMULA = /^[=+\-@\t\r]/

/** What a spreadsheet would take for a formula is a text: it is told so by an apostrophe. */
export const csvText = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** One line, separated as spreadsheets of the language expect. */
export const csvRow = (values: readonly string[], language: CsvLanguage): string => {
  const quoted = values.map(value => (/["\r\n;,]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
  return `${quoted.join(language === 'fr' ? ';' : ',')}\r\n`
}
