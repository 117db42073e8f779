import type { RememberedOutcome } from './command-index.ts'

/** Outcomes without events as text. An amount of a rejection is a bigint: `{"$bigint":"13"}`. */
export const textOfOutcome = (outcome: RememberedOutcome): string =>
  JSON.stringify(outcome, (_, value: unknown) =>
    typeof value === 'bigint' ? { $bigint: value.toString() } : value,
  )

export const readRemembered = (text: string): RememberedOutcome =>
  JSON.parse(text, (_, value: unknown) =>
    value !== null && typeof value === 'object' && '$bigint' in value && typeof value.$bigint === 'string'
      ? BigInt(value.$bigint)
      : value,
  ) as RememberedOutcome
