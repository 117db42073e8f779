import { Uuid } from '../domain/shared/values.ts'
import { badCursor } from './list-request.ts'

/** Cursors of what is ordered by a code, the id it stands for, and something within: a currency, an account. */

export type CodePlace = readonly [code: string, id: string, within: string]

/** Before every row. */
export const FIRST_PLACE: CodePlace = ['', '00000000-0000-0000-0000-000000000000', '']

export const writeCodeCursor = (place: CodePlace): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** @throws BadListRequest for what was not written by `writeCodeCursor` */
export const readCodeCursor = (cursor: string): CodePlace => {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown
    if (Array.isArray(parts) && parts.length === 3 && parts.every(p => typeof p === 'string')) {
      const [code = '', id = '', within = ''] = parts
      if (!`${code}${within}`.includes('\0') && Uuid.safeParse(id).success) return [code, id, within]
    }
  } catch {
    // Told below.
  }
  throw badCursor()
}
