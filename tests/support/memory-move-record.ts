import type { Move, MoveRecord } from '../../event-store/vault/move-record.ts'

/** What is known of a move, in memory. */
export const memoryMoveRecord = (): MoveRecord => {
  let move: Move | undefined
  return {
    read: () => Promise.resolve(move),
    note: noted => {
      const same = noted.movedEventId !== undefined && noted.movedEventId === move?.movedEventId
      const { reopensAt } = move ?? {}
      move = { ...noted, ...(same && reopensAt !== undefined && { reopensAt }) }
      return Promise.resolve()
    },
    decide: (movedEventId, place) => {
      const free = move?.movedEventId === movedEventId && (move.reopensAt ?? place) === place
      if (move && free) move = { ...move, reopensAt: place }
      return Promise.resolve(free)
    },
  }
}
