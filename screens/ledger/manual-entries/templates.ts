import { typedIn } from '../../forms/input.ts'
import type { Templates, Values } from '../../forms/input.ts'
import { isEmpty, typedLines } from './typed-entry.ts'

/** Entries that come again: rent, salaries, what is accrued at the end of a month. */

const filledLines = (values: Values) => typedLines(values).filter(line => !isEmpty(line))

export const entryTemplates: Templates = {
  keep: values => ({
    journal: values['journal'],
    label: typedIn(values)('label'),
    // A due day belongs to its entry.
    lines: filledLines(values).map(({ dueOn: _, ...line }) => line),
  }),
  fill: (values, kept) => ({
    journal: kept['journal'] ?? values['journal'],
    label: typedIn(values)('label') ?? kept['label'],
    lines: [...filledLines(values), ...typedLines(kept)],
  }),
}
