import { randomUUID } from 'node:crypto'
import type { DomainEvent } from '../../../domain/shared/events.ts'
import { chain, firstPrevHash } from '../../../event-store/chain.ts'
import type { EventStore } from '../../../event-store/port.ts'
import { TEST_LOG } from '../../support/test-events.ts'
import { codec } from './facts.ts'
import type { Fact } from './facts.ts'

/** Puts facts on a log without commands. */

const START_MS = Date.parse('1996-07-01T08:00:00.000Z')

/** Neighbouring facts of one stream. */
export interface Pending {
  readonly stream: string
  readonly facts: { readonly event: DomainEvent; readonly recordedAt: string }[]
}

/** Neighbours of one stream go together; a group ends where a stream comes again. */
function* groups(facts: Iterable<Fact>): Generator<readonly Pending[]> {
  let count = 0
  let group: Pending[] = []
  const streams = new Set<string>()
  for (const { stream, event, recordedAt } of facts) {
    const one = { event, recordedAt: recordedAt ?? new Date(START_MS + count++ * 1_000).toISOString() }
    const last = group.at(-1)
    if (last?.stream === stream && last.facts.length < 100) {
      last.facts.push(one)
      continue
    }
    if (streams.has(stream)) {
      yield group
      group = []
      streams.clear()
    }
    streams.add(stream)
    group.push({ stream, facts: [one] })
  }
  yield group
}

/** Chains facts onto streams whose heads it remembers. */
export const factWriter = (store: EventStore) => {
  const heads = new Map<string, { revision: number; hash: string }>()
  return ({ stream, facts }: Pending) => {
    const head = heads.get(stream)
    const revision = (head?.revision ?? -1) + 1
    const links = facts.map(({ event, recordedAt }) => {
      const commandId = randomUUID()
      const metadata = {
        $correlationId: commandId,
        commandId,
        actor: TEST_LOG,
        origin: 'import' as const,
        recordedAt,
        schemaVersion: 1,
      }
      return { type: event.type, data: codec.prepare(event).data(clear => clear), metadata }
    })
    const chained = chain(stream, revision, head?.hash ?? firstPrevHash(TEST_LOG, stream), links)
    heads.set(stream, { revision: revision + facts.length - 1, hash: chained.hash })
    return store.append(stream, head ?? 'noStream', chained.events)
  }
}

/**
 * Appends facts, each as a command of its own; those of one stream in their order, and none before what stands in a
 * group before it. Gives their number.
 */
export const appendFacts = async (store: EventStore, facts: Iterable<Fact>): Promise<number> => {
  const write = factWriter(store)
  let count = 0
  for (const group of groups(facts)) {
    await Promise.all(group.map(write))
    count += group.reduce((sum, { facts: added }) => sum + added.length, 0)
  }
  return count
}
