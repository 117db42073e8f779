import type { Position } from '../port.ts'

/** A place as the server counts: two offsets in its transaction file. Both are kept: one alone is ambiguous. */
export interface Point {
  readonly commit: bigint
  readonly prepare: bigint
}

/** Digits of an offset of 64 bits. */
const WIDTH = 20
const SHAPE = /^\d{40}$/

const padded = (offset: bigint): string => String(offset).padStart(WIDTH, '0')

export const toPosition = ({ commit, prepare }: Point): Position => padded(commit) + padded(prepare)

/** Before all events: the server's first record, at offset 0, is never an event. */
export const START: Position = toPosition({ commit: 0n, prepare: 0n })

export const isPosition = (text: string): boolean => SHAPE.test(text)

/** @throws RangeError for a text that is no position of this store */
export const fromPosition = (position: Position): Point => {
  if (!isPosition(position)) throw new RangeError(`not a position of this store: ${position}`)
  return { commit: BigInt(position.slice(0, WIDTH)), prepare: BigInt(position.slice(WIDTH)) }
}
