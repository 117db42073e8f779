/**
 * The clock that a program stamps its events with. The machine's for production; a sandbox's may stand still until it
 * is advanced, and either never goes behind what the log already holds (PROTOCOL 10).
 */
export interface SandboxClock {
  /** ISO 8601, UTC, milliseconds. */
  now(): string
  /** @throws RangeError for an instant before now */
  advanceTo(instant: string): void
}

/**
 * @param mode `machine`: goes with this machine's time once that has passed `from`; `still`: moves when advanced
 * @param from the running maximum of the log, or '' for an empty or a production log
 */
export const sandboxClock = (mode: 'machine' | 'still', from: string): SandboxClock => {
  let floor = from
  const now = (): string => {
    if (mode === 'still') return floor
    const machine = new Date().toISOString()
    return machine > floor ? machine : floor
  }
  return {
    now,
    advanceTo(instant) {
      const current = now()
      if (instant < current) throw new RangeError(`a clock never goes back: from ${current} to ${instant}`)
      floor = instant
    },
  }
}
