import type { Sentence } from '../../commands/definition.ts'
import type { Row, Table } from './csv-file.ts'
import { ImportFailure } from './errors.ts'
import { FIELDS, fieldOf, type RecordOf, type TableName } from './fields.ts'
import { inventedSiren, inventedVatNumber } from './invented.ts'
import { formatOfTable, type CellFormat, type FieldSource, type Profile } from './profile.ts'
import type { Reject } from './rejects.ts'

/** A row as it stands in the file, and as it was understood. */
export interface ReadRow<T extends TableName> {
  readonly row: Row
  readonly record: RecordOf<T>
  /** Fields that the profile made up for it. */
  readonly invented: readonly string[]
}

export interface ReadTable<T extends TableName> {
  readonly rows: readonly ReadRow<T>[]
  /** Rows that could not be understood, each with every field that is wrong. */
  readonly refused: readonly Row[]
  readonly rejects: readonly Reject[]
}

/** Tables that cells are looked up in, by file. */
export type Lookups = ReadonlyMap<string, Table>

const columnOf = (source: FieldSource): string | undefined =>
  typeof source === 'string' ? source : 'column' in source ? source.column : undefined

/** The column that a field is read from; the field's own name where it has none. */
export const columnName = (profile: Profile, table: TableName, field: string): string => {
  const source = profile[table].fields[field]
  return (source === undefined ? undefined : columnOf(source)) ?? field
}

/** @throws ImportFailure for a column that the file does not have */
export const requireColumns = (profile: Profile, table: TableName, { file, columns }: Table): void => {
  for (const source of Object.values(profile[table].fields)) {
    const column = columnOf(source)
    if (column !== undefined && !columns.includes(column)) throw missingColumn(file, column, columns)
  }
}

export const requireColumn = ({ file, columns }: Table, column: string): void => {
  if (!columns.includes(column)) throw missingColumn(file, column, columns)
}

const missingColumn = (file: string, column: string, columns: readonly string[]): ImportFailure => {
  const found = columns.join(', ')
  return new ImportFailure(
    'COLUMN_MISSING',
    {
      en: `The file ${file} has no column "${column}", which the profile reads; its columns are ${found}.`,
      fr: `Le fichier ${file} n’a pas de colonne « ${column} », que le profil lit ; ses colonnes sont ${found}.`,
    },
    { file, column, found },
  )
}

/** Reads every row of a table field by field. A row is understood whole, or it is rejected with all that is wrong. */
export const readRows = <T extends TableName>(
  profile: Profile,
  name: T,
  table: Table,
  lookups: Lookups,
): ReadTable<T> => {
  const rows: ReadRow<T>[] = []
  const refused: Row[] = [...table.broken]
  const rejects: Reject[] = [...table.rejects]
  const reader = new RowReader(profile, name, lookups)
  for (const row of table.rows) {
    const read = reader.read(row)
    if ('rejects' in read) {
      refused.push(row)
      rejects.push(...read.rejects)
    } else rows.push({ row, record: read.record as RecordOf<T>, invented: read.invented })
  }
  return { rows, refused, rejects }
}

type CellValue = { readonly value: unknown } | { readonly found: string; readonly expected: Sentence }

class RowReader {
  private readonly profile: Profile
  private readonly table: TableName
  private readonly format: CellFormat
  private readonly lookups: ReadonlyMap<string, ReadonlyMap<string, string>>

  constructor(profile: Profile, table: TableName, lookups: Lookups) {
    this.profile = profile
    this.table = table
    const { empty, decimalMark, date, rates } = formatOfTable(profile, table)
    this.format = { empty, decimalMark, date, rates, countries: profile.countries }
    this.lookups = new Map(
      Object.values(profile[table].fields).flatMap(source => {
        if (typeof source === 'string' || !('column' in source) || source.lookup === undefined) return []
        const { file, key, value } = source.lookup
        const rows = lookups.get(file)?.rows ?? []
        return [
          [lookupName(file, key, value), new Map(rows.map(r => [r.cells[key] ?? '', r.cells[value] ?? '']))],
        ]
      }),
    )
  }

  read(
    row: Row,
  ):
    | { readonly record: Record<string, unknown>; readonly invented: readonly string[] }
    | { readonly rejects: readonly Reject[] } {
    const record: Record<string, unknown> = {}
    const rejects: Reject[] = []
    for (const field of Object.keys(FIELDS[this.table])) {
      const read = this.field(field, row)
      if ('found' in read) {
        const { file, line } = row
        rejects.push({ file, line, field: columnName(this.profile, this.table, field), ...read })
      } else if (read.value !== undefined) record[field] = read.value
    }
    return rejects.length > 0 ? { rejects } : { record, invented: this.invent(record) }
  }

  private field(field: string, row: Row): CellValue {
    const source = this.profile[this.table].fields[field]
    const kind = fieldOf(this.table, field)
    if (source === undefined || kind === undefined) return { value: undefined }
    if (typeof source !== 'string' && 'invented' in source) return { value: undefined }
    const format =
      typeof source === 'string' || !('column' in source) ? this.format : { ...this.format, ...given(source) }
    const cell = this.cell(source, row, format)
    if (typeof cell !== 'string') return cell
    if (cell === '' && !kind.required) return { value: undefined }
    const value = kind.conversion.read(cell, format)
    return value === undefined ? { found: cell, expected: kind.conversion.expected(format) } : { value }
  }

  /** The text that a field is read from; '' for nothing. */
  private cell(
    source: Exclude<FieldSource, { invented: unknown }>,
    row: Row,
    format: CellFormat,
  ): string | Extract<CellValue, { found: string }> {
    if (typeof source !== 'string' && 'constant' in source) return source.constant
    const column = typeof source === 'string' ? source : source.column
    const cell = present(row.cells[column] ?? '', format)
    if (typeof source === 'string' || cell === '') return cell
    const word = source.values === undefined ? cell : source.values[cell.trim()]
    if (word === undefined) return { found: cell, expected: oneOfWords(Object.keys(source.values ?? {})) }
    if (source.lookup === undefined) return word
    const { file, key, value } = source.lookup
    const taken = this.lookups.get(lookupName(file, key, value))?.get(word)
    return taken === undefined ? { found: word, expected: rowOf(file, key) } : present(taken, format)
  }

  /** Fields that the profile makes up, for the countries that it names, where the source has none. */
  private invent(record: Record<string, unknown>): readonly string[] {
    const invented: string[] = []
    const { code, country } = record as { code: string; country: string }
    for (const [field, source] of Object.entries(this.profile[this.table].fields)) {
      if (typeof source === 'string' || !('invented' in source)) continue
      if (!source.forCountries.includes(country)) continue
      const seed = `${this.profile.profile} ${code}`
      record[field] = source.invented === 'siren' ? inventedSiren(seed) : inventedVatNumber(country, seed)
      invented.push(field)
    }
    return invented
  }
}

/** What a column does differently; what it does not say stays as it is. */
const given = (source: Exclude<FieldSource, string>): Partial<CellFormat> => {
  if (!('column' in source)) return {}
  const { empty, decimalMark, date, rates } = source
  return {
    ...(empty !== undefined && { empty }),
    ...(decimalMark !== undefined && { decimalMark }),
    ...(date !== undefined && { date }),
    ...(rates !== undefined && { rates }),
  }
}

const present = (cell: string, { empty }: CellFormat): string =>
  cell.trim() === '' || cell.trim() === empty ? '' : cell

const lookupName = (file: string, key: string, value: string): string => [file, key, value].join('\n')

const oneOfWords = (words: readonly string[]): Sentence => ({
  en: `one of ${words.join(', ')}`,
  fr: `l’une des valeurs ${words.join(', ')}`,
})

const rowOf = (file: string, key: string): Sentence => ({
  en: `a value of column "${key}" of ${file}`,
  fr: `une valeur de la colonne « ${key} » de ${file}`,
})
