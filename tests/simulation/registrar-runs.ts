import { expect } from 'vitest'
import { simulateRegistrars } from './registrar-simulation.ts'
import { freshSeed } from './scheduler.ts'

/** Plays random runs; a run that fails names the seed that plays it again. */
export const checkRuns = async (runs: number): Promise<void> => {
  const first = freshSeed()
  for (let seed = first; seed < first + runs; seed++) {
    const { asked, answered, faults, stalled } = await simulateRegistrars(seed)
    const hint = `SEED=${seed}`
    expect(faults, hint).toEqual([])
    expect(stalled, `${hint} stalled`).toBe(false)
    expect(
      answered.map(a => a.request.eventId),
      hint,
    ).toEqual(asked)
    expect(
      answered.map(a => a.sequence),
      hint,
    ).toEqual(asked.map((_, i) => i + 1))
    expect(
      answered.map(a => a.at),
      `${hint} days go back`,
    ).toEqual(answered.map(a => a.at).toSorted())
  }
}
