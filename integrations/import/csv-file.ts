import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { ImportFailure } from './errors.ts'
import type { FileFormat } from './profile.ts'
import type { Reject } from './rejects.ts'

/** A row as it stands in the file: its cells by column name, untouched. */
export interface Row {
  readonly file: string
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

export interface Table {
  readonly file: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  /** Rows with more or fewer cells than columns: what they seem to hold, and why they are rejected. */
  readonly broken: readonly Row[]
  readonly rejects: readonly Reject[]
}

/**
 * Reads a CSV file strictly: right encoding, column names all different, every row with as many cells as columns.
 * @throws ImportFailure for a file that is missing, empty, in another encoding, or whose quotes do not close
 */
export const readTable = async (folder: string, file: string, format: FileFormat): Promise<Table> => {
  const text = decode(file, await bytesOf(folder, file), format.encoding)
  const [header, ...records] = recordsOf(file, text, format)
  if (header === undefined) throw emptyFile(file)
  const columns = header.cells.map(cell => cell.trim())
  const double = columns.find((column, i) => columns.indexOf(column) !== i)
  if (double !== undefined) throw doubleColumn(file, double)
  const rowOf = ({ line, cells }: Parsed): Row => ({
    file,
    line,
    cells: Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])),
  })
  const broken = records.filter(r => r.cells.length !== columns.length)
  return {
    file,
    columns,
    rows: records.filter(r => r.cells.length === columns.length).map(rowOf),
    broken: broken.map(rowOf),
    rejects: broken.map(({ line, cells }) => ({
      file,
      line,
      field: '',
      found: String(cells.length),
      expected: {
        en: `${columns.length} cells, as many as there are columns`,
        fr: `${columns.length} cellules, autant que de colonnes`,
      },
    })),
  }
}

const bytesOf = async (folder: string, file: string): Promise<Buffer> => {
  try {
    return await readFile(join(folder, file))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const reason =
      code === 'ENOENT'
        ? { fr: 'il n’y est pas', en: 'it is not there' }
        : { fr: code ?? String(cause), en: code ?? String(cause) }
    throw new ImportFailure(
      'FILE_UNREADABLE',
      {
        en: `The file ${file} cannot be read in ${folder} (${reason.en}); the profile expects it there.`,
        fr: `Le fichier ${file} ne peut être lu dans ${folder} (${reason.fr}) ; le profil l’y attend.`,
      },
      { file, folder },
    )
  }
}

const decode = (file: string, bytes: Buffer, encoding: FileFormat['encoding']): string => {
  const found = unicodeMark(bytes)
  if (encoding === 'utf-8') {
    if (found !== undefined && found !== 'utf-8') throw wrongEncoding(file, encoding, found, 1)
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      throw wrongEncoding(file, encoding, 'windows-1252', lineOfBadByte(bytes))
    }
  }
  // Any bytes are text in these encodings. What is also UTF-8 from end to end, accents included, is UTF-8.
  if (found !== undefined) throw wrongEncoding(file, encoding, found, 1)
  if (bytes.some(byte => byte >= 0x80) && isUtf8(bytes)) throw wrongEncoding(file, encoding, 'utf-8', 1)
  return encoding === 'latin1' ? bytes.toString('latin1') : new TextDecoder('windows-1252').decode(bytes)
}

/** The encoding that a byte order mark tells, if there is one. */
const unicodeMark = (bytes: Buffer): string | undefined => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 'utf-16'
  return undefined
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

const LINE_FEED = 0x0a

/** The first line that is not UTF-8. No byte of a longer UTF-8 character is a line feed. */
const lineOfBadByte = (bytes: Buffer): number => {
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, start)
    if (!isUtf8(bytes.subarray(start, end === -1 ? bytes.length : end))) return line
    if (end === -1) break
    start = end + 1
  }
  return 1
}

interface Parsed {
  readonly line: number
  readonly cells: readonly string[]
}

/** What csv-parse gives with `info`, which its types do not say. `lines` counts up to the end of the record. */
interface WithInfo {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** Line ends become line feeds first: csv-parse counts a quoted CR LF as two lines. */
const recordsOf = (file: string, text: string, format: FileFormat): readonly Parsed[] => {
  try {
    const records: unknown = parse(text.replaceAll(/\r\n?/g, '\n'), {
      delimiter: format.separator,
      quote: format.quote === '' ? null : format.quote,
      escape: format.quote === '' ? null : format.quote,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    })
    return (records as readonly WithInfo[]).map(({ record, info }) => ({
      cells: record,
      line: info.lines - record.reduce((count, cell) => count + cell.split('\n').length - 1, 0),
    }))
  } catch (error) {
    if (error instanceof CsvError) throw brokenQuotes(file, error)
    throw error
  }
}

const brokenQuotes = (file: string, error: CsvError): ImportFailure => {
  const line = Number(error['lines'] ?? 1)
  return new ImportFailure(
    'FILE_BROKEN',
    {
      en: `The file ${file} cannot be divided into rows from line ${line} on: a quote is not closed, or stands inside a cell (${error.code}).`,
      fr: `Le fichier ${file} ne peut être découpé en lignes à partir de la ligne ${line} : un guillemet n’est pas fermé, ou se trouve au milieu d’une cellule (${error.code}).`,
    },
    { file, line },
  )
}

const emptyFile = (file: string): ImportFailure =>
  new ImportFailure(
    'FILE_EMPTY',
    {
      en: `The file ${file} is empty; its first line should name the columns.`,
      fr: `Le fichier ${file} est vide ; sa première ligne devrait nommer les colonnes.`,
    },
    { file },
  )

const doubleColumn = (file: string, column: string): ImportFailure =>
  new ImportFailure(
    'COLUMN_TWICE',
    {
      en: `The file ${file} has two columns named "${column}"; each name may stand once.`,
      fr: `Le fichier ${file} a deux colonnes nommées « ${column} » ; chaque nom ne doit apparaître qu’une fois.`,
    },
    { file, column },
  )

const wrongEncoding = (file: string, expected: string, found: string, line: number): ImportFailure =>
  new ImportFailure(
    'FILE_ENCODING',
    {
      en: `The file ${file} is not encoded in ${expected} as the profile says (line ${line}); it looks like ${found}.`,
      fr: `Le fichier ${file} n’est pas encodé en ${expected} comme le dit le profil (ligne ${line}) ; il semble être en ${found}.`,
    },
    { file, line, expected, found },
  )
