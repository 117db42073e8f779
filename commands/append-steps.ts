import type { Rejection } from '../domain/shared/aggregate.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import { ClockRefused } from '../event-store/clock.ts'
import { EventNotEncodable } from '../event-store/codec.ts'
import { EventTooLarge, MAX_BYTES_PER_APPEND, WrongExpectedRevision } from '../event-store/port.ts'
import { clockRefused } from './clock-refused.ts'
import type { CommandContext } from './definition.ts'
import { outOfBounds, tooLarge } from './house-rejections.ts'
import type { HouseRejection } from './house-rejections.ts'
import type { EventSummary, Outcome } from './outcome.ts'
import type { PlannedStep, Verdict } from './plan.ts'
import type { HandlerDeps, Run } from './run.ts'
import { weightOf } from './weight.ts'

/** Events of one command, in the log. */
export interface Recorded {
  readonly events: readonly EventSummary[]
  /** Position of the last of them. */
  readonly position: string
  /** True when some of them were found in the log: the command was sent before. */
  readonly repeated: boolean
}

/**
 * Appends what was decided, step by step. When a stream has moved meanwhile, the whole command is decided again; the
 * steps that are in the log by then are found there.
 */
export const appendSteps = async (
  deps: HandlerDeps,
  run: Run,
  context: CommandContext,
  { steps, permission }: Extract<Verdict, { kind: 'planned' }>,
): Promise<Recorded | Failure> => {
  const events: EventSummary[] = []
  let position = ''
  // A later step that cannot be stored must not leave the claims of the steps before it behind.
  const adding = steps.filter(step => step.decided.length > 0)
  const rejection = adding.length < 2 ? undefined : unstorable(deps, adding)
  if (rejection) return { rejection }
  for (const step of steps) {
    if (step.recorded) {
      // What must follow outside the log may not have: the first attempt can have ended in between.
      await deps.onRecorded?.(step.recorded, true)
      events.push(...step.recorded.map(({ id, type, stream, revision }) => ({ id, type, stream, revision })))
      position = latest(position, step.recorded.at(-1)?.position)
    } else if (step.decided.length > 0) {
      try {
        const appended = await appendStep(deps, run, context, permission, step)
        events.push(...appended.events)
        position = latest(position, appended.position)
      } catch (error) {
        return failed(deps, step, error)
      }
    }
  }
  return { events, position, repeated: steps.some(step => step.recorded !== undefined) }
}

/** Positions of one store are ordered as texts. */
const latest = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a)

const appendStep = async (
  deps: HandlerDeps,
  { request, commandId, inputHash, actor }: Run,
  { recordedAt }: CommandContext,
  permission: string,
  { stream, folded, decided }: PlannedStep,
): Promise<Omit<Recorded, 'repeated'>> => {
  const result = await deps.log.append({
    stream,
    expected: folded.expected,
    events: decided,
    context: {
      commandId,
      inputHash,
      actor: actor.userId,
      permission,
      origin: request.origin,
      correlationId: request.correlationId ?? commandId,
      causationId: request.causationId,
      recordedAt,
    },
  })
  deps.streams.appended(stream, decided, { commandId, inputHash }, result)
  await deps.onRecorded?.(decided, false)
  const first = folded.revision + 1
  deps.index.note(commandId, inputHash, {
    stream,
    first,
    count: decided.length,
    position: result.position,
    type: decided.at(-1)?.type ?? '',
  })
  const summary = (event: DomainEvent, i: number): EventSummary => ({
    id: result.eventIds[i] ?? '',
    type: event.type,
    stream,
    revision: first + i,
  })
  return { events: decided.map(summary), position: result.position }
}

/** Why what was decided can be stored in no append, or undefined where it can. */
export const unstorable = (
  { log }: Pick<HandlerDeps, 'log'>,
  steps: readonly PlannedStep[],
): HouseRejection | undefined => {
  try {
    const bytes = Math.max(0, ...steps.map(step => weightOf(log.codec, step.decided)))
    return bytes > MAX_BYTES_PER_APPEND ? tooLarge(bytes) : undefined
  } catch (error) {
    if (error instanceof EventNotEncodable) return outOfBounds(error)
    throw error
  }
}

type Failure = 'again' | { readonly rejection: Rejection } | Extract<Outcome, { kind: 'unavailable' }>

const failed = (deps: HandlerDeps, step: PlannedStep, error: unknown): Failure => {
  if (error instanceof WrongExpectedRevision) {
    deps.streams.forget(step.stream)
    return 'again'
  }
  if (error instanceof ClockRefused)
    return error.reason === 'stale' ? 'again' : { kind: 'unavailable', sentence: clockRefused(error) }
  if (error instanceof EventNotEncodable) return { rejection: outOfBounds(error) }
  if (error instanceof EventTooLarge) return { rejection: tooLarge(error.bytes) }
  throw error
}
