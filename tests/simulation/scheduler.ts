/** A source of chance that a seed makes again. */
export interface Chance {
  /** An integer from 0 to below `bound`. */
  below(bound: number): number
  /** True `percent` times in a hundred. */
  percent(percent: number): boolean
  pick<T>(items: readonly T[]): T | undefined
}

export const chanceOf = (seed: number): Chance => {
  // mulberry32: small, and the same on every machine.
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return { below, percent: percent => next() * 100 < percent, pick: items => items[below(items.length)] }
}

/** A seed that is new each time and printed by whoever uses it; `SEED` plays one again. */
export const freshSeed = (): number => Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 30))

interface Waiting {
  readonly actor: string
  readonly go: () => void
}

/**
 * Decides who of several actors takes the next step at the places where they meet a server: every interleaving of
 * their steps can be played, and played again.
 */
export class Scheduler {
  private readonly chance: Chance
  private waiting: Waiting[] = []

  constructor(chance: Chance) {
    this.chance = chance
  }

  /** Where an actor waits for its turn. */
  step(actor: string): Promise<void> {
    return new Promise(go => {
      this.waiting.push({ actor, go: () => go() })
    })
  }

  /** The actor never goes on: its process was killed. */
  kill(actor: string): void {
    this.waiting = this.waiting.filter(w => w.actor !== actor)
  }

  /** Lets one of those who wait go on; those `paused` only when nobody else can. False when nobody waits. */
  async advance(paused: ReadonlySet<string> = new Set()): Promise<boolean> {
    await settled()
    const awake = this.waiting.filter(w => !paused.has(w.actor))
    const next = this.chance.pick(awake.length > 0 ? awake : this.waiting)
    if (!next) return false
    this.waiting.splice(this.waiting.indexOf(next), 1)
    next.go()
    await settled()
    return true
  }
}

/** Resolves when everything that needs no step has run. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
