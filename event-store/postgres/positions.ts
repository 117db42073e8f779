import type { Position, StoredEvent } from '../port.ts'

/** Digits of a position: beyond what a JavaScript integer holds there is no log of ours. */
const WIDTH = 16
const SHAPE = /^\d{16}$/

export const START: Position = '0'.repeat(WIDTH)

export const toPosition = (n: number | string): Position => String(n).padStart(WIDTH, '0')

export const isPosition = (text: string): boolean => SHAPE.test(text)

/** @throws RangeError for a text that is no position of this store */
export const fromPosition = (position: Position): number => {
  if (!isPosition(position)) throw new RangeError(`not a position of this store: ${position}`)
  return Number(position)
}

/** The columns of a stored event, in the order of `Row`. */
export const COLUMNS = 'position, stream, revision, id, type, data, metadata'

export type Row = [
  position: string,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
]

export const toEvent = (row: Row): StoredEvent => ({
  position: toPosition(row[0]),
  stream: row[1],
  revision: row[2],
  id: row[3],
  type: row[4],
  data: row[5],
  metadata: row[6],
})
