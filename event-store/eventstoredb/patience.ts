/** How often a wait looks whether it is over. */
const LOOKS = 10

/**
 * Waits for an answer, but not for ever. A timer alone would run out while this process is too busy to read what has
 * arrived, or asleep, and call that the server's silence: so a wait is counted in looks, between any two of which the
 * process reads. Time in which it read nothing counts as one of them, however long it was.
 */
export class Patience {
  private readonly timer: NodeJS.Timeout
  private left = LOOKS

  /** @param lost called once, where it ended before */
  constructor(ms: number, lost: () => void) {
    this.timer = setInterval(() => {
      this.left--
      if (this.left > 0) return
      this.end()
      lost()
    }, ms / LOOKS)
  }

  /** Something was heard: it begins again. */
  renew(): void {
    this.left = LOOKS
  }

  end(): void {
    clearInterval(this.timer)
  }
}
