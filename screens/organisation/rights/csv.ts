import type { Language } from '../../words/language.ts'

/** What a spreadsheet would take for a formula is a text. */
const FORMULA = /^[=+@\t\r]|^-(?![\d.,\s]+%?$)/

/** One line of CSV (RFC 4180), separated as spreadsheets of the language expect. */
export const csvLine = (values: readonly string[], language: Language): string => {
  const separator = language === 'fr' ? ';' : ','
  const quoted = values.map(value => {
    const safe = FORMULA.test(value) ? `'${value}` : value
    return /["\r\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  })
  return `${quoted.join(separator)}\r\n`
}
