import { csvRow, csvText } from '../../domain/shared/csv.ts'
import type { CsvLanguage } from '../../domain/shared/csv.ts'
import type { Cell } from './cells.ts'

const textOf = (cell: Cell, language: CsvLanguage): string => {
  switch (cell.kind) {
    case 'none':
      return ''
    case 'text':
      return csvText(cell.text)
    case 'number': {
      const decimal = language === 'fr' ? cell.decimal.replace('.', ',') : cell.decimal
      return cell.as === 'rate' ? `${decimal} %` : decimal
    }
    case 'time':
      return cell.iso.replace('T', ' ')
  }
}

/** One line of CSV. */
export const csvLine = (cells: readonly Cell[], language: CsvLanguage): string =>
  csvRow(
    cells.map(cell => textOf(cell, language)),
    language,
  )
