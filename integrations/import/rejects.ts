import type { Sentence } from '../../commands/definition.ts'
import { beginningOf } from '../../domain/shared/values.ts'

/** A row that was not imported, and why: where it stands, what stands there, what should. */
export interface Reject {
  readonly file: string
  /** The line that the row begins on; the line of column names is the first. */
  readonly line: number
  /** Column of the file; empty where the row as a whole is meant. */
  readonly field: string
  readonly found: string
  readonly expected: Sentence
}

/** A long text is cut where it is shown: a file of binary data is nobody's reading. */
const FOUND_LENGTH_MAX = 200

const quoted = (cell: string): string => (/[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const shortened = (found: string): string =>
  found.length > FOUND_LENGTH_MAX ? `${beginningOf(found, FOUND_LENGTH_MAX)}…` : found

/** Rejects as JSON and as a table show them: in one language, texts shortened. */
export const describeRejects = (
  rejects: readonly Reject[],
  language: keyof Sentence,
): readonly (Omit<Reject, 'expected'> & { readonly expected: string })[] =>
  rejects.map(r => ({ ...r, found: shortened(r.found), expected: r.expected[language] }))

/** The rejects file: UTF-8, comma, one line per reject. */
export const rejectsCsv = (rejects: readonly Reject[], language: keyof Sentence): string =>
  ['file,line,field,found,expected']
    .concat(
      describeRejects(rejects, language).map(({ file, line, field, found, expected }) =>
        [file, String(line), field, found, expected].map(quoted).join(','),
      ),
    )
    .join('\n')
    .concat('\n')

/** Rejects in the order of files as the profile names them, and of their lines. */
export const sortRejects = (rejects: readonly Reject[], files: readonly string[]): readonly Reject[] =>
  rejects.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line)
