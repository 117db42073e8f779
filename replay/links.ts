import type { RecordedEvent } from '../projections/definition.ts'
import { recorded } from '../projections/engine/recorded.ts'
import { subjectTable } from '../projections/organisation/history.ts'
import { actOf } from './acts.ts'
import type { Act } from './acts.ts'
import type { Source } from './cut.ts'

/** What an event is linked with: what caused it, back to the act of a person; what it caused; which documents it concerns. */
export interface Links {
  /** The event it answers, the one that that answers, and so on: the last is the act of a person. */
  readonly causes: readonly Act[]
  /** Events that answer it, and those that answer them, in the order of the log. */
  readonly effects: readonly Act[]
  /** Streams of the documents it names: order, invoice, payment. */
  readonly documents: readonly string[]
}

/** The events of every chain that these acts belong to, by what they answer: one more reading of the log. */
export const linksOf = async (
  source: Source,
  acts: readonly Act[],
  signal?: AbortSignal,
): Promise<(act: Act) => Pick<Links, 'causes' | 'effects'>> => {
  const chains = new Set(acts.map(({ correlationId }) => correlationId))
  const byId = new Map<string, Act>()
  const answering = new Map<string, Act[]>()
  for await (const act of actsOfChains(source, chains, signal)) {
    byId.set(act.eventId, act)
    if (act.causationId !== undefined)
      answering.set(act.causationId, [...(answering.get(act.causationId) ?? []), act])
  }
  return act => ({ causes: causesOf(act, byId), effects: effectsOf(act, answering) })
}

/** `{"$correlationId":"` and its 36 characters open every metadata text: most events are told from these alone. */
const CORRELATION_AT = 19
const UUID_LENGTH = 36

async function* actsOfChains(
  { store, codec }: Source,
  chains: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Act, void, undefined> {
  if (chains.size === 0) return
  let ordinal = 0
  for await (const batch of store.readAll(signal ? { signal } : {}))
    for (const stored of batch.events) {
      ordinal++
      if (chains.has(stored.metadata.slice(CORRELATION_AT, CORRELATION_AT + UUID_LENGTH)))
        yield actOf(recorded(codec, stored, ordinal))
    }
}

const causesOf = (act: Act, byId: ReadonlyMap<string, Act>): readonly Act[] => {
  const causes: Act[] = []
  for (let id = act.causationId; id !== undefined;) {
    const cause = byId.get(id)
    if (!cause) break
    causes.push(cause)
    id = cause.causationId
  }
  return causes
}

const effectsOf = (act: Act, answering: ReadonlyMap<string, readonly Act[]>): readonly Act[] => {
  const effects: Act[] = []
  const pending = [act]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const direct = answering.get(next.eventId) ?? []
    effects.push(...direct)
    pending.push(...direct)
  }
  return effects.toSorted((a, b) => a.ordinal - b.ordinal)
}

/**
 * Streams of the documents that an event names: those that it refers to by stream and revision, and those that the
 * history of documents lists it under.
 */
export const documentsOf = (event: RecordedEvent): readonly string[] => {
  const streams = new Set<string>()
  if (subjectTable.types.includes(event.type))
    for (const { stream } of subjectTable.keys(event)) streams.add(stream as string)
  for (const stream of referencesIn(event.data)) streams.add(stream)
  streams.delete(event.stream)
  return [...streams]
}

/** Where other events are named (`EventReference`), however deep. */
function* referencesIn(value: unknown): Generator<string, void, undefined> {
  if (typeof value !== 'object' || value === null) return
  const { stream, eventId } = value as { readonly stream?: unknown; readonly eventId?: unknown }
  if (typeof stream === 'string' && typeof eventId === 'string') yield stream
  for (const inner of Object.values(value)) yield* referencesIn(inner)
}
