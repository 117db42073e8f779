import { expect, it } from 'vitest'
import { simulateRegistrars } from './registrar-simulation.ts'
import { freshSeed } from './scheduler.ts'

const RUNS = 300

it(`PROTOCOL 19: two registrars, zombies, lost and rolled-back checkpoints, ${RUNS} random runs: no duplicate, gap or stall`, async () => {
  const first = freshSeed()
  for (let seed = first; seed < first + RUNS; seed++) {
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
      `${hint} monotone`,
    ).toEqual(answered.map(a => a.at).toSorted())
  }
})
