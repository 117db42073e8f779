import * as E from 'fp-ts/lib/Either.js'
import { streamOf } from '../domain/shared/aggregate.ts'
import type { Rejection } from '../domain/shared/aggregate.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { RecordedEvent } from '../event-store/log.ts'
import type { AnyStep, CommandContext, CommandDefinition, FactReader, Sentence } from './definition.ts'
import { permissionFor } from './authorisation.ts'
import type { Actor } from './authorisation.ts'
import type { AnyAggregate, Folded, StreamReader, Streams } from './streams.ts'

/** One step as decided, or as found recorded by an earlier attempt of the same command. */
export interface PlannedStep {
  readonly stream: string
  readonly folded: Folded<unknown>
  /** What the decision adds; nothing where the step already took effect. */
  readonly decided: readonly DomainEvent[]
  /** What this very command recorded here before: it is not decided again (PROTOCOL 13, 16). */
  readonly recorded?: readonly RecordedEvent[]
}

export type Verdict =
  | { readonly kind: 'planned'; readonly steps: readonly PlannedStep[]; readonly permission: string }
  | { readonly kind: 'refused'; readonly rejection: Rejection; readonly stream: string | undefined }
  | { readonly kind: 'forbidden'; readonly duty?: Sentence; readonly stream: string | undefined }

/** A command on its way: what it asks, and who asks it. */
export interface Asked {
  readonly definition: CommandDefinition
  readonly input: unknown
  readonly actor: Actor
  readonly commandId: string
}

/** Where a decision reads: what this process remembers, or the log itself. */
export interface Sources {
  readonly reader: StreamReader
  readonly facts: FactReader
  readonly streams: Streams
}

/**
 * Decides a command whole before anything is appended: rights, facts, then every step in its order on what the steps
 * before it add. What is refused in any step leaves nothing behind.
 */
export const decideCommand = async (
  asked: Asked,
  context: CommandContext,
  sources: Sources,
): Promise<Verdict> => {
  const { definition, input, actor, commandId } = asked
  const entityId = await entityOf(asked, sources.facts)
  if (E.isLeft(entityId)) return { kind: 'refused', rejection: entityId.left, stream: undefined }
  const permission = permissionFor(definition, actor, { input, entityId: entityId.right })
  if (permission === undefined) return { kind: 'forbidden', stream: undefined }
  const facts = definition.facts
    ? await definition.facts(input as never, sources.facts, context)
    : E.right(undefined)
  if (E.isLeft(facts)) return { kind: 'refused', rejection: facts.left, stream: undefined }
  const steps = definition.steps(input as never, facts.right as never, context)
  const planned = await planSteps(steps, commandId, sources)
  if (planned.kind === 'refused') return planned
  const first = planned.steps[0]
  const { separation } = definition
  if (
    separation &&
    first &&
    !first.recorded &&
    (await isAuthor(separation, input, actor, first, sources.streams))
  )
    return { kind: 'forbidden', duty: separation.duty, stream: first.stream }
  return { ...planned, permission }
}

/** The legal entity that the rights are asked in, or why the document that would name it is not there. */
const entityOf = async (
  { definition, input }: Asked,
  read: FactReader,
): Promise<E.Either<Rejection, string | undefined>> => {
  const named = await definition.entity?.(input as never, read)
  return typeof named === 'object' ? named : E.right(named)
}

const planSteps = async (
  steps: readonly (AnyStep | ((stored: readonly DomainEvent[]) => AnyStep))[],
  commandId: string,
  { reader, streams }: Sources,
): Promise<{ kind: 'planned'; steps: PlannedStep[] } | Extract<Verdict, { kind: 'refused' }>> => {
  const read = (step: AnyStep): Promise<Folded<unknown>> =>
    reader.read(step.aggregate as unknown as AnyAggregate, step.id)
  // What is known to be read is read at once; a step that depends on those before it waits for them.
  const ahead = await Promise.all(
    steps.map(async step => (typeof step === 'function' ? undefined : read(step))),
  )
  const lastRecorded = ahead.findLastIndex(folded => folded?.commands.has(commandId))
  const planned: PlannedStep[] = []
  for (const [i, given] of steps.entries()) {
    const before = planned.flatMap(p => p.recorded ?? p.decided)
    const step = typeof given === 'function' ? given(before) : given
    const stream = streamOf(step.aggregate, step.id)
    if (planned.some(p => p.stream === stream)) throw new Error(`two steps of one command on ${stream}`)
    const folded = ahead[i] ?? (await read(step))
    const recordedHere = folded.commands.get(commandId)
    if (recordedHere) {
      const recorded = await streams.recorded(stream, recordedHere)
      planned.push({ stream, folded, decided: [], recorded })
    } else if (i < lastRecorded) {
      // A later step is recorded, so this one had nothing to add when it was decided.
      planned.push({ stream, folded, decided: [] })
    } else {
      const decision = step.decide(folded.state as never)
      if (E.isLeft(decision)) return { kind: 'refused', rejection: decision.left, stream }
      planned.push({ stream, folded, decided: decision.right })
    }
  }
  return { kind: 'planned', steps: planned }
}

/** Whether the actor did the other duty on this stream. Read from the log itself, as the state does not know people. */
const isAuthor = async (
  separation: NonNullable<CommandDefinition['separation']>,
  input: unknown,
  actor: Actor,
  { stream, folded }: PlannedStep,
  streams: Streams,
): Promise<boolean> => {
  const history = await streams.recorded(stream, { first: 0, count: folded.revision + 1 })
  const conflicting = history.filter(event => separation.conflictsWith(event, input as never))
  const counted = separation.counts === 'newest' ? conflicting.slice(-1) : conflicting
  return counted.some(event => event.metadata.actor === actor.userId)
}
