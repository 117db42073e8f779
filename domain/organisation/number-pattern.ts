/** The pattern of a gapless series: literal text, `{year}` where the count restarts each year, `{number:6}` last. */

/** Digits that a count may grow to before its number is too long: a thousand million documents. */
const LARGEST_COUNT_DIGITS = 9

/** Longest number that a pattern can give (BR-FR-02 allows 35 characters). */
export const longestNumber = (pattern: string): number =>
  pattern
    .replace('{year}', '0000')
    .replace(/\{number:(\d)\}/, (_, digits: string) =>
      '0'.repeat(Math.max(Number(digits), LARGEST_COUNT_DIGITS)),
    ).length

/** A pattern with each run of digits, written or to come, as one sign: equal for all numbers it can give. */
const outline = (pattern: string): string =>
  pattern.replace(/\{year\}|\{number:\d\}/g, '0').replace(/\d+/g, '#')

/** Whether two patterns could give the same number. Errs on the side of yes. */
export const patternsClash = (a: string, b: string): boolean => outline(a) === outline(b)
