/** A sandbox's clock: it stands still, jumps forward when told, and never goes back. */
export interface SimulatedClock {
  now(): string
  /** @throws RangeError for an instant before now */
  advanceTo(instant: string): void
}

/** @param from where it resumes: `log.clock.maximum`, or any instant on an empty log */
export const simulatedClock = (from: string): SimulatedClock => {
  let now = from
  return {
    now: () => now,
    advanceTo(instant) {
      if (instant < now) throw new RangeError(`a simulated clock never goes back: from ${now} to ${instant}`)
      now = instant
    },
  }
}
