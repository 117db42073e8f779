import { it } from 'vitest'
import { checkRuns } from './registrar-runs.ts'

it('PROTOCOL 19: two registrars, zombies, lost and rolled-back checkpoints, 300 random runs: no duplicate, gap or stall', () =>
  checkRuns(300))
