import { setTimeout as delay } from 'node:timers/promises'
import { appendSteps } from './append-steps.ts'
import type { CommandContext } from './definition.ts'
import { earlier, withIndexed } from './earlier.ts'
import { forbidden, nothing, refuse } from './no-effect.ts'
import { sentences } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { Verdict } from './plan.ts'
import { done } from './results.ts'
import { contextOf } from './run.ts'
import type { Decide, HandlerDeps, Run } from './run.ts'
import type { Turns } from './turns.ts'

const ATTEMPTS_MAX = 32

/** Decides and appends, again where others were first, until there is an outcome. */
export const execute = async (
  deps: HandlerDeps,
  decide: Decide,
  turns: Turns,
  run: Run,
): Promise<Outcome> => {
  // Asked while the streams are read: no round trip of its own on the way.
  const asked = deps.index.find(run.commandId)
  asked.catch(() => undefined)
  let contended: string | undefined
  const attempt = async (n: number): Promise<Outcome | 'again'> => {
    const context = contextOf(deps, run)
    const verdict = await decide(run, context)
    contended = verdict.kind === 'planned' ? verdict.steps[0]?.stream : undefined
    const indexed = await asked
    const first = earlier(deps, run, indexed, verdict)
    if (first) return first
    const found = indexed ? await withIndexed(deps, verdict, indexed, n) : verdict
    return found === 'again' ? 'again' : settle(deps, run, context, found, n)
  }
  let outcome = await attempt(0)
  for (let n = 1; outcome === 'again' && n < ATTEMPTS_MAX; n++) {
    // Others of this process are at the same stream: those who met a conflict go one after the other. Those of other
    // processes are met less often by who waits a random while.
    outcome = await turns.take(contended ?? '', async () => {
      if (n > 1) await delay(Math.random() * 2 ** Math.min(n, 6))
      return attempt(n)
    })
  }
  return outcome === 'again' ? { kind: 'conflict', reason: 'busy', sentence: sentences.busy } : outcome
}

const settle = async (
  deps: HandlerDeps,
  run: Run,
  context: CommandContext,
  verdict: Verdict,
  attempt: number,
): Promise<Outcome | 'again'> => {
  switch (verdict.kind) {
    case 'forbidden':
      return forbidden(deps, run, verdict)
    case 'refused':
      return refuse(deps, run, verdict.rejection, verdict.stream)
    case 'planned':
      break
  }
  const { steps } = verdict
  if (steps.some(s => s.recorded?.some(e => e.metadata.inputHash !== run.inputHash)))
    return { kind: 'keyConflict', sentence: sentences.keyConflict }
  if (isStale(run, verdict)) {
    const [seen] = steps
    if (attempt > 0 || !seen)
      return { kind: 'conflict', reason: 'staleRevision', sentence: sentences.staleRevision }
    // What is remembered may be behind: the stream is read again before anybody is told that theirs is.
    deps.streams.forget(seen.stream)
    return 'again'
  }
  const [first] = steps
  const rejection = steps
    .flatMap(s => s.decided)
    .map(event => deps.requests.refusal(event, context.recordedAt))
    .find(r => r !== undefined)
  if (rejection) return refuse(deps, run, rejection, first?.stream)
  if (steps.every(s => s.decided.length === 0 && !s.recorded)) return nothing(deps, run)
  const result = await appendSteps(deps, run, context, verdict)
  if (result === 'again') return 'again'
  if ('rejection' in result) return refuse(deps, run, result.rejection, first?.stream)
  return 'kind' in result ? result : done(deps, result)
}

/** If-Match: the caller saw another state than the one decided on. */
const isStale = (
  { request: { expectedRevision } }: Run,
  { steps: [first] }: Extract<Verdict, { kind: 'planned' }>,
): boolean =>
  expectedRevision !== undefined &&
  first !== undefined &&
  !first.recorded &&
  first.folded.revision !== expectedRevision
