import type { Position } from '../event-store/port.ts'

/** An append that a registrar or reaction made, and the chain of commands it belongs to. */
export interface Effect {
  readonly correlationId: string
  readonly position: Position
}

/**
 * How far registrars and reactions are: hints for those who wait for their effects, never a place to start from
 * (PROTOCOL 34).
 */
export interface Watermarks {
  /** Everything up to `readTo` was read and answered, by these appends among others. */
  publish(role: string, readTo: Position, effects?: readonly Effect[]): void
  /** Resolves when what was published so far is written. */
  written(): Promise<void>
}

/** Stores one role's watermark where those who wait look. */
export type WriteWatermark = (role: string, readTo: Position, effects: readonly Effect[]) => Promise<void>

/** Writes watermarks beside the work: the newest place of a role, one write at a time. */
export const createWatermarks = (write: WriteWatermark): Watermarks => {
  const pending = new Map<string, { readTo: Position; effects: Effect[] }>()
  let writing: Promise<void> | undefined

  const run = async (): Promise<void> => {
    for (let next = first(pending); next; next = first(pending)) {
      const [role, { readTo, effects }] = next
      pending.delete(role)
      // A hint that is lost makes somebody wait a little longer; the next one mends it.
      await write(role, readTo, effects).catch(() => undefined)
    }
  }
  return {
    publish: (role, readTo, effects = []) => {
      const before = pending.get(role)
      pending.set(role, { readTo, effects: [...(before?.effects ?? []), ...effects] })
      writing ??= run().finally(() => {
        writing = undefined
      })
    },
    written: async () => {
      while (writing) await writing
    },
  }
}

const first = <K, V>(map: ReadonlyMap<K, V>): [K, V] | undefined => {
  const [entry] = map
  return entry
}
