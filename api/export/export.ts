import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type pg from 'pg'
import { Problem } from '../problems.ts'
import { cellsOf } from './cells.ts'
import type { Cell, ExportedColumn } from './cells.ts'
import { BYTE_ORDER_MARK } from '../../domain/shared/csv.ts'
import { csvLine } from './csv.ts'
import type { CsvLanguage } from '../../domain/shared/csv.ts'
import { workbookOf } from './workbook.ts'

/** A whole list as a file, sent while it is read: neither is ever whole in memory. */

export interface ExportRequest {
  readonly format: 'csv' | 'xlsx'
  readonly language: CsvLanguage
  readonly title: string
  /** Of the clock that instants are told by. */
  readonly timeZone: string
  readonly columns: readonly (ExportedColumn & { readonly width?: number | undefined })[]
  /** What the file says of itself. */
  readonly about: { readonly title: string; readonly lines: readonly (readonly [string, string])[] }
}

/** Rows as the list gives them, in bundles of JSON. */
export type Bundles = AsyncGenerator<readonly string[], void, undefined>

/** Each export holds a connection as long as it is read. */
const AT_ONCE_MAX = 4
let underway = 0

/** Rows of which the first bundle is read. Whoever has them closes `rest`. */
export interface OpenRows {
  readonly first: readonly string[]
  readonly rest: Bundles
}

/**
 * Opens the rows of an export: what is wrong is told before a file begins.
 * @throws Problem TOO_MANY_REQUESTS
 */
export const openRows = async (
  pool: Pick<pg.Pool, 'connect'>,
  read: (client: pg.ClientBase) => Bundles,
): Promise<OpenRows> => {
  if (underway >= AT_ONCE_MAX) throw tooMany()
  underway++
  const rest = held(pool, read)
  const { value: first = [] } = await rest.next()
  return { first, rest }
}

/** The connection is given back once all was read, or nobody reads any more. */
async function* held(pool: Pick<pg.Pool, 'connect'>, read: (client: pg.ClientBase) => Bundles): Bundles {
  try {
    const client = await pool.connect()
    try {
      yield* read(client)
    } finally {
      client.release()
    }
  } finally {
    underway--
  }
}

async function* cellsFrom({ first, rest }: OpenRows, { columns, timeZone }: ExportRequest) {
  const cells = cellsOf(columns, timeZone)
  const made = (bundle: readonly string[]) =>
    bundle.map(row => cells(JSON.parse(row) as Readonly<Record<string, unknown>>))
  yield made(first)
  for await (const bundle of rest) yield made(bundle)
}

async function* csvOf(
  rows: AsyncIterable<readonly (readonly Cell[])[]>,
  { columns, language }: ExportRequest,
): AsyncGenerator<string, void, undefined> {
  const heading = columns.map(({ label }): Cell => ({ kind: 'text', text: label }))
  yield `${BYTE_ORDER_MARK}${csvLine(heading, language)}`
  for await (const bundle of rows) yield bundle.map(cells => csvLine(cells, language)).join('')
}

const WIDTH = 16
const WIDTH_MAX = 60
const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** Sends the rows as a file of the kind that is asked for. */
export const sendExport = (reply: FastifyReply, rows: OpenRows, request: ExportRequest): FastifyReply => {
  const { format, title, columns, about } = request
  const cells = cellsFrom(rows, request)
  const widths = columns.map(({ label, width = WIDTH }) => ({ label, width: Math.min(width, WIDTH_MAX) }))
  const file =
    format === 'csv'
      ? Readable.from(csvOf(cells, request), { objectMode: false })
      : workbookOf({ title, columns: widths, rows: cells, about })
  // Sent, or given up by who asked: nothing is read any more.
  file.once('close', () => void rows.rest.return())
  const name = encodeURIComponent(`${title}.${format}`)
  return reply
    .type(TYPES[format])
    .header('Content-Disposition', `attachment; filename*=UTF-8''${name}`)
    .send(file)
}

const tooMany = (): Problem =>
  new Problem(
    'TOO_MANY_REQUESTS',
    {
      fr: `${AT_ONCE_MAX} exports sont en cours : réessayez dans un instant.`,
      en: `${AT_ONCE_MAX} exports are under way: try again in a moment.`,
    },
    { retryAfterSeconds: 5 },
  )
