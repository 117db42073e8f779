/**
 * The clock that a program stamps its events with. The machine's for production; a sandbox's may stand still until it
 * is advanced, and either never goes behind what the log already holds (PROTOCOL 10).
 */
export interface SandboxClock {
  /** ISO 8601, UTC, milliseconds. */
  now(): string
  /** @throws RangeError for an instant before now */
  advanceTo(instant: string): void
  /** From now on it goes with the machine's time, once that has passed what the log holds. */
  goWithMachine(): void
}

/**
 * @param mode `machine`: goes with this machine's time once that has passed `from`; `still`: moves when advanced
 * @param maximum the running maximum of the log as it goes on, other processes' events included; '' for a production
 *   log, whose clock is the machine's
 */
export const sandboxClock = (mode: 'machine' | 'still', maximum: () => string): SandboxClock => {
  let still = mode === 'still'
  let floor = ''
  const later = (a: string, b: string): string => (a > b ? a : b)
  const now = (): string => {
    floor = later(floor, maximum())
    return still ? floor : later(floor, new Date().toISOString())
  }
  return {
    now,
    advanceTo(instant) {
      const current = now()
      if (instant < current) throw new RangeError(`a clock never goes back: from ${current} to ${instant}`)
      floor = instant
    },
    goWithMachine() {
      still = false
    },
  }
}
