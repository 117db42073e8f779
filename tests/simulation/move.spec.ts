import { it } from 'vitest'
import { checkMoves } from './move-runs.ts'

it('PROTOCOL 12: moves, moves back, given up, killed and resumed among programs started anywhere, 300 random runs: the log is open at one place, and nothing acknowledged is missing from it', () =>
  checkMoves(300))
