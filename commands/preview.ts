import { z } from 'zod'
import type { DomainEvent } from '../domain/shared/events.ts'
import { unstorable } from './append-steps.ts'
import { sentences } from './outcome.ts'
import type { Outcome, PreviewedEvent } from './outcome.ts'
import type { PlannedStep } from './plan.ts'
import { refused } from './refused.ts'
import { contextOf } from './run.ts'
import type { Decide, HandlerDeps, Run } from './run.ts'

/** The same decision, recorded nowhere. */
export const preview = async (deps: HandlerDeps, decide: Decide, run: Run): Promise<Outcome> => {
  const context = contextOf(deps, run)
  const verdict = await decide(run, context)
  switch (verdict.kind) {
    case 'forbidden':
      return {
        kind: 'forbidden',
        sentence: verdict.duty ?? sentences.forbidden,
        ...(verdict.duty && { duty: verdict.duty }),
      }
    case 'refused':
      return refused(deps, run, verdict.rejection)
    case 'planned':
      return previewOf(deps, run, context.recordedAt, verdict.steps)
  }
}

/** What a command would record, in the stored form of its events; a request with the answer it would get now. */
const previewOf = async (
  deps: HandlerDeps,
  run: Run,
  recordedAt: string,
  steps: readonly PlannedStep[],
): Promise<Outcome> => {
  const unnumbered = steps
    .flatMap(s => s.decided)
    .map(event => deps.requests.refusal(event, recordedAt))
    .find(r => r !== undefined)
  const rejection = unnumbered ?? unstorable(deps, steps)
  if (rejection) return refused(deps, run, rejection)
  const recorded = steps.flatMap(({ stream, folded, decided }) =>
    decided.map((event, i) => previewed(deps, event, stream, folded.revision + 1 + i)),
  )
  if (recorded.length === 0) return { kind: 'nothing' }
  const requests = steps.flatMap(s => s.decided).filter(event => deps.requests.isRequest(event.type))
  const answers = await Promise.all(requests.map(request => deps.requests.preview(request, recordedAt)))
  return { kind: 'preview', events: [...recorded, ...answers] }
}

const previewed = (
  deps: HandlerDeps,
  event: DomainEvent,
  stream: string,
  revision: number,
): PreviewedEvent => {
  const definition = deps.log.codec.definitions.find(d => d.type === event.type)
  if (!definition) throw new Error(`${event.type} is not declared`)
  return { type: event.type, stream, revision, data: z.encode(definition.data, event.data) }
}
