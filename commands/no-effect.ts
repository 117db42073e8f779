import type { Rejection } from '../domain/shared/aggregate.ts'
import { sentences } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { Verdict } from './plan.ts'
import { refused } from './refused.ts'
import type { HandlerDeps, Run } from './run.ts'

/** Outcomes that leave no event: they are counted, and bound to their key while the index remembers them. */

export const forbidden = (
  deps: HandlerDeps,
  run: Run,
  { duty, stream }: Extract<Verdict, { kind: 'forbidden' }>,
): Outcome => {
  const code = duty ? 'SEPARATION_OF_DUTIES' : 'FORBIDDEN'
  count(deps, run, code, stream)
  return duty
    ? { kind: 'forbidden', duty, sentence: duty }
    : { kind: 'forbidden', sentence: sentences.forbidden }
}

export const refuse = async (
  deps: HandlerDeps,
  run: Run,
  rejection: Rejection,
  stream: string | undefined,
): Promise<Outcome> => {
  count(deps, run, rejection.code, stream)
  if (run.inputHash !== undefined)
    await deps.index.remember(run.commandId, run.inputHash, { kind: 'refused', rejection })
  return refused(deps, run, rejection)
}

export const nothing = async (deps: HandlerDeps, run: Run): Promise<Outcome> => {
  if (run.inputHash !== undefined)
    await deps.index.remember(run.commandId, run.inputHash, { kind: 'nothing' })
  return { kind: 'nothing' }
}

const count = (
  deps: HandlerDeps,
  { request, commandId }: Run,
  code: string,
  subject: string | undefined,
): void => {
  deps.refusals.refused({ actor: request.actor.userId, command: request.name, code, commandId, subject })
}
