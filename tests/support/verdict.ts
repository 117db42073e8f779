import { z } from 'zod'

/** What became of one test, or of one static check. */
export type Outcome = {
  readonly file: string
  readonly test: string
  readonly state: 'passed' | 'failed' | 'skipped'
}

/** A test that may be skipped, with the reason why; both names exactly as reported. */
export type AllowedSkip = {
  readonly file: string
  readonly test: string
  readonly reason: string
  /** The environment variable without which it must run all the same. */
  readonly onlyWith?: string | undefined
}

export type Verdict = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** One line for each thing that is red without having failed itself. */
  readonly complaints: readonly string[]
}

const Skips = z.array(
  z.strictObject({
    file: z.string().min(1),
    test: z.string().min(1),
    reason: z.string().min(10),
    onlyWith: z.string().min(1).optional(),
  }),
)
export const parseSkips = (text: string): readonly AllowedSkip[] => Skips.parse(JSON.parse(text))

const projectOf = (file: string): string => (file.startsWith('tests/full/') ? 'full' : 'quick')

/**
 * Counts a run. A skip that is not listed is red; so is, when a whole project ran (`ranProject`), a listed skip
 * whose test no longer exists: the list would otherwise allow skips nobody remembers.
 */
export const judge = (
  outcomes: readonly Outcome[],
  allowed: readonly AllowedSkip[],
  ranProject: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Verdict => {
  const names = ({ file, test }: { file: string; test: string }): string => `${file} > ${test}`
  const isAllowedHere = ({ onlyWith }: AllowedSkip): boolean =>
    onlyWith === undefined || Boolean(environment[onlyWith])
  const allowedNames = new Set(allowed.filter(isAllowedHere).map(names))
  const seen = new Set(outcomes.map(names))
  const inState = (state: Outcome['state']): readonly Outcome[] =>
    outcomes.filter(outcome => outcome.state === state)
  const unlisted = inState('skipped').filter(outcome => !allowedNames.has(names(outcome)))
  const stale = allowed.filter(skip => projectOf(skip.file) === ranProject && !seen.has(names(skip)))
  return {
    passed: inState('passed').length,
    failed: inState('failed').length + unlisted.length + stale.length,
    skipped: inState('skipped').length - unlisted.length,
    complaints: [
      ...unlisted.map(outcome => `Skipped without a reason in tests/skips.json: ${names(outcome)}`),
      ...stale.map(skip => `tests/skips.json names a test that does not exist: ${names(skip)}`),
    ],
  }
}
