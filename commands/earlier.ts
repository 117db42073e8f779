import { CLAIMS } from './command-index.ts'
import type { IndexedCommand } from './command-index.ts'
import { sentences } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { PlannedStep, Verdict } from './plan.ts'
import { refused } from './refused.ts'
import { doneFromIndex } from './results.ts'
import type { HandlerDeps, Run } from './run.ts'

/** What a command did before, as the index and the streams it names tell it. */

/** What the index knows of the command decides before any new decision. */
export const earlier = (
  deps: HandlerDeps,
  run: Run,
  indexed: IndexedCommand | undefined,
  verdict: Verdict,
): Outcome | Promise<Outcome> | undefined => {
  if (!indexed) return undefined
  if (indexed.inputHash !== run.inputHash) return { kind: 'keyConflict', sentence: sentences.keyConflict }
  if (indexed.remembered) return remembered(deps, run, indexed.remembered)
  // It took effect, and the world went on since: what would be said today is not what was said then.
  const wentBeyondClaims = indexed.appends.some(append => !CLAIMS.has(append.type))
  if (verdict.kind !== 'planned' && wentBeyondClaims) return doneFromIndex(deps, indexed)
  return undefined
}

/**
 * A step that the index knows is not decided again, though its stream did not show it: the remembered state was behind,
 * which reading again mends, or it starts from a snapshot that lies after it (PROTOCOL 14).
 */
export const withIndexed = async (
  { streams }: HandlerDeps,
  verdict: Verdict,
  { appends }: IndexedCommand,
  attempt: number,
): Promise<Verdict | 'again'> => {
  if (verdict.kind !== 'planned') return verdict
  const steps: PlannedStep[] = []
  for (const step of verdict.steps) {
    const append = step.recorded ? undefined : appends.find(a => a.stream === step.stream)
    if (append && attempt === 0) {
      streams.forget(step.stream)
      return 'again'
    }
    steps.push(
      append ? { ...step, decided: [], recorded: await streams.recorded(step.stream, append) } : step,
    )
  }
  return { ...verdict, steps }
}

const remembered = (
  deps: HandlerDeps,
  run: Run,
  outcome: NonNullable<IndexedCommand['remembered']>,
): Outcome => (outcome.kind === 'nothing' ? { kind: 'nothing' } : refused(deps, run, outcome.rejection))
