import { dictionary } from '../words/words.ts'
import { choice } from './shapes.tsx'
import { UNIT_NAMES } from './unit-names.ts'

/** A unit by its name; a code that has none here stands as it is. */
export const unit = choice(dictionary('units', UNIT_NAMES))
