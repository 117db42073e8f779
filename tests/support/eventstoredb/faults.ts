import { setTimeout as delay } from 'node:timers/promises'

/** What becomes of the answer to an append that is stored: never sent, or its link cut, or its server dead. */
export type LostAnswer = 'silence' | 'cut' | 'death'

/** What is played at the moment; nothing at first. The methods of the server set it. */
export class Faults {
  /** How far the server's clock is ahead of the client's. */
  clockSkewMs = 0
  /** Before each answer and each event delivered. */
  delayMs = 0
  /** Where the leader is, when this node is not it. */
  leader: { readonly host: string; readonly port: number } | undefined
  /** Whether appends are refused, as while the server starts. */
  isNotReady = false
  /** The next append ends the server before it is stored. */
  diskIsFull = false
  /** Repeats that were not answered, as what they repeat was not replicated. */
  repeatsDropped = 0
  /** Appends are stored, and none of them is answered. */
  answersNoAppend = false
  readonly #answersToLose: LostAnswer[] = []
  #stall: PromiseWithResolvers<void> | undefined
  #replication: PromiseWithResolvers<void> | undefined
  #delivery: PromiseWithResolvers<void> | undefined

  now(): number {
    return Date.now() + this.clockSkewMs
  }

  loseNextAnswer(how: LostAnswer): void {
    this.#answersToLose.push(how)
  }

  nextLostAnswer(): LostAnswer | undefined {
    return this.#answersToLose.shift() ?? (this.answersNoAppend ? 'silence' : undefined)
  }

  holdReplication(): void {
    this.#replication ??= Promise.withResolvers()
  }

  replicate(): void {
    this.#replication?.resolve()
    this.#replication = undefined
  }

  /** Until when what is appended now is on this node alone. */
  get replication(): Promise<void> | undefined {
    return this.#replication?.promise
  }

  holdEvents(): void {
    this.#delivery ??= Promise.withResolvers()
  }

  releaseEvents(): void {
    this.#delivery?.resolve()
    this.#delivery = undefined
  }

  /** Until when subscriptions are sent no event. */
  get delivery(): Promise<void> | undefined {
    return this.#delivery?.promise
  }

  stall(): void {
    this.#stall ??= Promise.withResolvers()
  }

  resume(): void {
    this.#stall?.resolve()
    this.#stall = undefined
  }

  /** Whether a request has to wait at all, so that the usual one goes on in the same turn. */
  get holdsUp(): boolean {
    return this.#stall !== undefined || this.delayMs > 0
  }

  /** Waits out a stall and the delay. */
  async passage(): Promise<void> {
    await this.#stall?.promise
    if (this.delayMs > 0) await delay(this.delayMs)
  }
}
