/** What an answer says of the command that it answers. */

interface Refusal {
  readonly status: number
  readonly code: string
}

/** Answers that say nothing of the command itself: it is sent again as it is. */
const NO_ANSWER: ReadonlySet<number> = new Set([401, 408, 429])

export const isAnswered = ({ status }: Refusal): boolean =>
  status >= 400 && status < 500 && !NO_ANSWER.has(status)

/** The key, or an id that the form made, was used for something else. */
export const isTaken = ({ code }: Refusal): boolean => code === 'KEY_CONFLICT' || code.endsWith('_EXISTS')
