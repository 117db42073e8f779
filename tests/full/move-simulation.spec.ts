import { it } from 'vitest'
import { checkMoves } from '../simulation/move-runs.ts'

it('PROTOCOL 12: moves among programs started anywhere, 4,000 random runs', () => checkMoves(4_000))
