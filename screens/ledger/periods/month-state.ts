import { choice } from '../../shapes/shapes.tsx'
import { words } from '../words.ts'

/** How far a month is. */
export const monthState = choice({
  open: [words.open, 'accent'],
  cut: [words.cut, 'warn'],
  closed: [words.closed, 'good'],
})
