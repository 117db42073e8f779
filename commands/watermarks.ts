import { setTimeout as delay } from 'node:timers/promises'
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

/** What is published within this time is written once: who waits for effects waits this much longer at most. */
const GATHER_MS = 25

/** Writes watermarks beside the work: the newest place of a role, one write at a time. */
export const createWatermarks = (write: WriteWatermark): Watermarks => {
  const pending = new Map<string, { readTo: Position; effects: Effect[] }>()
  let writing: Promise<void> | undefined

  const run = async (): Promise<void> => {
    while (pending.size > 0) {
      await delay(GATHER_MS)
      const gathered = [...pending]
      pending.clear()
      for (const [role, { readTo, effects }] of gathered)
        // A hint that is lost makes somebody wait a little longer; the next one mends it.
        await write(role, readTo, effects).catch(() => undefined)
    }
  }
  return {
    publish: (role, readTo, effects = []) => {
      const before = pending.get(role)?.effects ?? []
      before.push(...effects)
      pending.set(role, { readTo, effects: before })
      writing ??= run().finally(() => {
        writing = undefined
      })
    },
    written: async () => {
      while (writing) await writing
    },
  }
}
