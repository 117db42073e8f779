import { expect } from 'vitest'
import { PLACES, simulateMoves } from './move-simulation.ts'
import { freshSeed } from './scheduler.ts'

/** Plays random runs; a run that fails names the seed that plays it again. */
export const checkMoves = async (runs: number): Promise<void> => {
  const first = freshSeed()
  let moves = 0
  for (let seed = first; seed < first + runs; seed++) {
    const run = await simulateMoves(seed)
    const hint = `SEED=${seed}`
    expect(run.faults, hint).toEqual([])
    expect(run.open, `${hint} open at one place`).toHaveLength(1)
    const [home] = run.open
    const stored = new Set(run.places[home!].map(event => event.id))
    expect(
      run.acknowledged.filter(id => !stored.has(id)),
      `${hint} acknowledged and lost`,
    ).toEqual([])
    for (const place of PLACES)
      expect(new Set(run.places[place].map(e => e.id)).size, hint).toBe(run.places[place].length)
    moves += run.moves
  }
  expect(moves, 'moves that came to their end').toBeGreaterThan(0)
}
