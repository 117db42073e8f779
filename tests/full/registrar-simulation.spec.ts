import { it } from 'vitest'
import { checkRuns } from '../simulation/registrar-runs.ts'

it('PROTOCOL 19: two registrars, zombies, lost and rolled-back checkpoints, 4,000 random runs', () =>
  checkRuns(4_000))
