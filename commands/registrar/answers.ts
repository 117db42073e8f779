import { uuidv5 } from '../../event-store/uuid.ts'
import type { Issued } from '../outcome.ts'
import { Lru } from '../lru.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'

/** The number given in answer to a request, and where the log stands then. */
export interface Answer {
  readonly issued: Issued
  /** Position of the answer, or of the append it came in. */
  readonly position: string
}

/** The command by which a registrar answers a request: the same for whichever registrar does. */
export const answeringCommand = (requestEventId: string): string =>
  uuidv5(SYSTEM_ACTORS.registrar, requestEventId)

const REMEMBERED = 20_000

/** Brings the registrar's answers to those who wait for them in this process. */
export class Answers {
  private readonly recent = new Lru<Answer>(REMEMBERED)
  private readonly waiting = new Map<string, Set<(answer: Answer) => void>>()

  /** An answer was appended or read. `commandId` is the registrar's. */
  settle(commandId: string, answer: Answer): void {
    this.recent.set(commandId, answer)
    const waiting = this.waiting.get(commandId)
    this.waiting.delete(commandId)
    for (const wake of waiting ?? []) wake(answer)
  }

  known(commandId: string): Answer | undefined {
    return this.recent.peek(commandId)
  }

  /** The answer to a request, or undefined when it does not come in time. */
  wait(requestEventId: string, timeoutMs: number): Promise<Answer | undefined> {
    const commandId = answeringCommand(requestEventId)
    const known = this.recent.peek(commandId)
    if (known) return Promise.resolve(known)
    return new Promise(resolve => {
      const waiting = this.waiting.get(commandId) ?? new Set()
      this.waiting.set(commandId, waiting)
      const wake = (answer: Answer) => {
        clearTimeout(timer)
        resolve(answer)
      }
      const timer = setTimeout(() => {
        waiting.delete(wake)
        if (waiting.size === 0) this.waiting.delete(commandId)
        resolve(undefined)
      }, timeoutMs)
      waiting.add(wake)
    })
  }
}
