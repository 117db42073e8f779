import { moveLog } from '../../../commands/moving/move-log.ts'
import type { MoveOptions, MoveParts, MoveReport } from '../../../commands/moving/move-log.ts'
import { reopenLog } from '../../../commands/moving/reopen-log.ts'
import { logEvents } from '../../../domain/organisation/log.events.ts'
import { createCodec } from '../../../event-store/codec.ts'
import { createLog, openLog } from '../../../event-store/log.ts'
import type { Log } from '../../../event-store/log.ts'
import { StoreShut } from '../../../event-store/port.ts'
import type { EventStore } from '../../../event-store/port.ts'
import { pretendProtection } from '../../support/command-harness.ts'
import { memoryEventStore } from '../../support/memory-event-store.ts'
import type { MemoryEventStore } from '../../support/memory-event-store.ts'
import { memoryMoveRecord } from '../../support/memory-move-record.ts'
import { OPENED_AT } from '../../support/open-log.ts'
import { SERIES, testNumberingEvents } from './test-numbering.ts'

/** A place in memory: what programs see of it, and what a copy does. */
export interface MemoryPlace {
  readonly name: string
  readonly store: MemoryEventStore
  readonly forPrograms: EventStore
  readonly forCopies: EventStore
}

export const memoryPlace = (name: string, { gated = true } = {}): MemoryPlace => {
  const store = memoryEventStore()
  let shut = false
  const append: EventStore['append'] = (...appended) =>
    shut ? Promise.reject(new StoreShut()) : store.append(...appended)
  const gate = {
    shut: () => {
      shut = true
      return Promise.resolve()
    },
    open: ({ stream, type }: { readonly stream: string; readonly type: string }) => {
      if (store.events.findLast(event => event.stream === stream)?.type !== type) shut = false
      return Promise.resolve()
    },
  }
  return { name, store, forPrograms: { ...store, append }, forCopies: { ...store, ...(gated && { gate }) } }
}

const optionsOf = (store: EventStore) => ({
  store,
  codec: createCodec([...logEvents, ...testNumberingEvents]),
  protection: pretendProtection,
  clock: { kind: 'simulated' as const },
})

export const openAt = (store: EventStore): Promise<Log> => openLog(optionsOf(store))

export const createAt = (store: EventStore): Promise<void> =>
  createLog(optionsOf(store), { kind: 'sandbox', name: 'tests', recordedAt: OPENED_AT })

let requests = 0
/** Records something: one event on a stream of its own. Gives its id. */
export const recordAt = async (store: EventStore): Promise<string> => {
  const log = await openAt(store)
  const id = `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`
  const { eventIds } = await log.append({
    stream: `request-${requests}`,
    expected: 'noStream',
    events: [{ type: 'tests.Requested', data: SERIES }],
    context: { commandId: id, actor: id, origin: 'api', correlationId: id, recordedAt: OPENED_AT },
  })
  return eventIds[0]!
}

/** Who moves a log, with what is known of its moves. */
export const memoryMover = () => {
  const record = memoryMoveRecord()
  const everybodyGone = () => Promise.resolve({ end: () => Promise.resolve() })
  const now = () => OPENED_AT
  return {
    record,
    move: async (
      from: MemoryPlace,
      to: MemoryPlace,
      options: Partial<MoveOptions> = {},
      parts: Partial<MoveParts> = {},
    ): Promise<MoveReport> =>
      moveLog(
        {
          source: { name: from.name, at: await openAt(from.forCopies) },
          target: { name: to.name, at: to.forCopies },
          openTarget: () => openAt(to.forCopies),
          record,
          everybodyGone,
          carryOver: () => Promise.resolve(),
          now,
          settle: () => Promise.resolve(),
          ...parts,
        },
        { signal: new AbortController().signal, ...options },
      ),
    reopen: async (at: MemoryPlace): Promise<boolean> =>
      reopenLog(
        { source: { name: at.name, at: await openAt(at.forCopies) }, record, everybodyGone, now },
        { signal: new AbortController().signal },
      ),
  }
}
