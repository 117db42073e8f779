import { AccessLost, StoreReplaced, StoreShut, StreamDamaged } from '../event-store/port.ts'
import { isUnavailable } from '../event-store/unavailable.ts'
import { accept } from './accept.ts'
import type { CommandContext } from './definition.ts'
import { execute } from './execute.ts'
import { createFactReader } from './facts.ts'
import { LogHeld } from './hold.ts'
import { damagedSentence, heldSentences, sentences } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { decideCommand } from './plan.ts'
import type { Sources, Verdict } from './plan.ts'
import { preview } from './preview.ts'
import type { CommandHandler, Decide, HandlerDeps, Run } from './run.ts'
import { Turns } from './turns.ts'

export type { CommandHandler, CommandRequest, HandlerDeps } from './run.ts'

/**
 * Handles commands: validates, authorises, loads, decides, appends at the exact revision, answers. What appended is
 * bound to its key for ever, what was refused for a day (PROTOCOL 13).
 */
export const createCommandHandler = (deps: HandlerDeps): CommandHandler => {
  const { streams } = deps
  const known: Sources = { streams, reader: streams, facts: createFactReader(deps) }
  const reader = streams.fresh()
  const fresh: Sources = { streams, reader, facts: createFactReader({ ...deps, streams: reader }) }
  const decide: Decide = (run, context) => decideOnWhatIs(known, fresh, run, context)
  const turns = new Turns()
  /** Commands under way in this process: a repeat waits for the first. */
  const underWay = new Map<
    string,
    { readonly inputHash: string | undefined; readonly outcome: Promise<Outcome> }
  >()

  const once = (run: Run): Promise<Outcome> => {
    const other = underWay.get(run.commandId)
    if (other)
      return other.inputHash === run.inputHash
        ? other.outcome
        : Promise.resolve({ kind: 'keyConflict', sentence: sentences.keyConflict })
    const outcome = execute(deps, decide, turns, run).finally(() => underWay.delete(run.commandId))
    underWay.set(run.commandId, { inputHash: run.inputHash, outcome })
    return outcome
  }

  return {
    async handle(request) {
      const run = accept(deps, request)
      if ('kind' in run) return run
      try {
        return await (request.dryRun ? preview(deps, decide, run) : once(run))
      } catch (error) {
        const unavailable = unavailableBecause(error)
        if (unavailable) return { kind: 'unavailable', ...unavailable }
        throw error
      }
    },
  }
}

/** What keeps the log from being read or appended to, where an error speaks of that. */
const unavailableBecause = (
  error: unknown,
): Omit<Extract<Outcome, { kind: 'unavailable' }>, 'kind'> | undefined => {
  if (error instanceof LogHeld) return { sentence: heldSentences[error.reason] }
  if (error instanceof StoreShut) return { sentence: heldSentences.moved }
  if (error instanceof StoreReplaced) return { sentence: heldSentences.replaced }
  if (error instanceof StreamDamaged)
    return { sentence: damagedSentence(error.stream), damaged: error.stream }
  if (error instanceof AccessLost) return { sentence: sentences.accessLost }
  return isUnavailable(error) ? { sentence: sentences.unavailable } : undefined
}

/**
 * Decides on what this process remembers. Where that would add nothing it is decided once more on the log itself: what
 * is remembered may be behind, and no conflict would ever tell.
 */
const decideOnWhatIs = async (
  known: Sources,
  fresh: Sources,
  run: Run,
  context: CommandContext,
): Promise<Verdict> => {
  const verdict = await decideCommand(run, context, known)
  const adds = verdict.kind === 'planned' && verdict.steps.some(s => s.decided.length > 0 || s.recorded)
  return adds ? verdict : decideCommand(run, context, fresh)
}
