import type { Check } from '../check.ts'
import { allocations } from './allocations.ts'
import { balanced } from './balanced.ts'
import { chain } from './chain.ts'
import { claims } from './claims.ts'
import { commandIndex } from './command-index.ts'
import { commands } from './commands.ts'
import { figures } from './figures.ts'
import { frozenContent } from './frozen-content.ts'
import { guarded } from './guarded.ts'
import { keys } from './keys.ts'
import { numbers } from './numbers.ts'
import { opening } from './opening.ts'
import { periods } from './periods.ts'
import { readModels } from './read-models.ts'
import { readable } from './readable.ts'
import { recomputed } from './recomputed.ts'
import { recordedAt } from './recorded-at.ts'
import { requests } from './requests.ts'
import { thirdParties } from './third-parties.ts'

/** Every check of a verification, in the order of its result. A new one is a file here and a line below. */
export const checks: readonly Check[] = [
  guarded,
  opening,
  chain,
  readable,
  recordedAt,
  commands,
  claims,
  numbers,
  requests,
  frozenContent,
  balanced,
  recomputed,
  figures,
  periods,
  allocations,
  thirdParties,
  keys,
  commandIndex,
  readModels,
]
