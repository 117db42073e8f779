import type {
  CommandIndex,
  IndexedAppend,
  IndexedCommand,
  RememberedOutcome,
} from '../../commands/command-index.ts'
import { decodeMetadata } from '../../event-store/metadata.ts'
import type { Metadata } from '../../event-store/metadata.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import type { MemoryEventStore } from './memory-event-store.ts'

/** The command index over a log in memory: always at its head. */
export const memoryCommandIndex = (store: MemoryEventStore): CommandIndex => {
  const remembered = new Map<string, { inputHash: string; outcome: RememberedOutcome }>()
  const byCommand = new Map<string, { event: StoredEvent; metadata: Metadata }[]>()
  let reached = 0
  const readOn = (): void => {
    for (const event of store.events.slice(reached)) {
      const metadata = decodeMetadata(event.metadata)
      const own = byCommand.get(metadata.commandId)
      if (own) own.push({ event, metadata })
      else byCommand.set(metadata.commandId, [{ event, metadata }])
      reached++
    }
  }
  return {
    find: async commandId => {
      await Promise.resolve()
      readOn()
      const own = byCommand.get(commandId) ?? []
      const appends = [...Map.groupBy(own, ({ event }) => event.stream).values()].map(
        (group): IndexedAppend => {
          const first = group[0]!.event
          const last = group.at(-1)!.event
          return {
            stream: first.stream,
            first: first.revision,
            count: group.length,
            position: last.position,
            type: last.type,
          }
        },
      )
      if (own[0]) return { inputHash: own[0].metadata.inputHash, appends }
      const bound = remembered.get(commandId)
      return (
        bound &&
        ({ inputHash: bound.inputHash, appends: [], remembered: bound.outcome } satisfies IndexedCommand)
      )
    },
    note: () => undefined,
    remember: async (commandId, inputHash, outcome) => {
      await Promise.resolve()
      if (!remembered.has(commandId)) remembered.set(commandId, { inputHash, outcome })
    },
  }
}
