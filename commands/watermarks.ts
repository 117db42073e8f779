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

/** How far one role is, and what it appended on the way. */
export interface Watermark {
  readonly role: string
  readonly readTo: Position
  readonly effects: readonly Effect[]
}

/** Stores watermarks where those who wait look; each role is named once. */
export type WriteWatermarks = (watermarks: readonly Watermark[]) => Promise<void>

/** What is published within this time is written once: who waits for effects waits this much longer at most. */
const GATHER_MS = 25

/** Writes watermarks beside the work: the newest place of each role, all roles together, one write at a time. */
export const createWatermarks = (write: WriteWatermarks): Watermarks => {
  const pending = new Map<string, { role: string; readTo: Position; effects: Effect[] }>()
  let writing: Promise<void> | undefined

  const run = async (): Promise<void> => {
    while (pending.size > 0) {
      await delay(GATHER_MS)
      const gathered = [...pending.values()]
      pending.clear()
      // A hint that is lost makes somebody wait a little longer; the next one mends it.
      await write(gathered).catch(() => undefined)
    }
  }
  return {
    publish: (role, readTo, effects = []) => {
      const before = pending.get(role)?.effects ?? []
      before.push(...effects)
      pending.set(role, { role, readTo, effects: before })
      writing ??= run().finally(() => {
        writing = undefined
      })
    },
    written: async () => {
      while (writing) await writing
    },
  }
}
