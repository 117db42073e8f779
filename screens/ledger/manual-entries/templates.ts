import { same } from '../../../domain/shared/same.ts'
import { typedIn } from '../../forms/input.ts'
import type { Templates, Values } from '../../forms/input.ts'
import { isEmpty, typedLines } from './typed-entry.ts'

/** Entries that come again: rent, salaries, what is accrued at the end of a month. */

const filledLines = (values: Values) => typedLines(values).filter(line => !isEmpty(line))

/** A due day belongs to its entry. */
const comesAgain = ({ dueOn: _, ...line }: ReturnType<typeof typedLines>[number]) => line

/** A draft that was begun from the same template has its lines already: an amount is never doubled. */
const missingLines = (values: Values, kept: Values) => {
  const typed = filledLines(values).map(comesAgain)
  return typedLines(kept).filter(line => !typed.some(other => same(line, other, 'same')))
}

export const entryTemplates: Templates = {
  keep: values => ({
    journal: values['journal'],
    label: typedIn(values)('label'),
    lines: filledLines(values).map(comesAgain),
  }),
  fill: (values, kept) => ({
    journal: kept['journal'] ?? values['journal'],
    label: typedIn(values)('label') ?? kept['label'],
    lines: [...filledLines(values), ...missingLines(values, kept)],
  }),
}
