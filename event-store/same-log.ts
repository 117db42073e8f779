import type { Sentence } from './errors.ts'
import { StoreReplaced } from './port.ts'
import type { Danger, Position, StoredEvent } from './port.ts'

type Known = Pick<StoredEvent, 'position' | 'id'>

/** The danger that what answers is another log than the one that was read. */
export const LOG_REPLACED = 'LOG_REPLACED'

/**
 * Whether what answers is the log that was read before. A server that lost its newest events gives their positions anew:
 * a reader would wait behind an event that is no more, and pass over what comes in its place; an append would go to
 * another log. So where the link may have been lost the newest event known is read back, and what does not fit is
 * refused for good: nothing that this process remembers holds any more (PROTOCOL 15).
 */
export class SameLog {
  private readonly log: Sentence
  private readonly eventAt: (position: Position) => Promise<Known | undefined>
  private readonly replaced: (danger: Danger) => void
  private newest: Known | undefined
  private doubtful = false
  private looking: Promise<void> | undefined
  private found: { readonly refusal: StoreReplaced; readonly danger: Danger } | undefined

  /**
   * @param log what it is called, at the beginning of a sentence
   * @param eventAt reads back, without asking whether it is the same log
   * @param replaced told once, where it is another log
   */
  constructor(
    log: Sentence,
    eventAt: (position: Position) => Promise<Known | undefined>,
    replaced: (danger: Danger) => void,
  ) {
    this.log = log
    this.eventAt = eventAt
    this.replaced = replaced
  }

  /** The log holds that event: it was read, or its append acknowledged. */
  know({ position, id }: Known): void {
    if (!this.newest || position > this.newest.position) this.newest = { position, id }
  }

  /** The link may have been lost: it may be another log that answers next. */
  doubt(): void {
    this.doubtful = true
  }

  /** That it is another log, once that was found. */
  dangers(): readonly Danger[] {
    return this.found ? [this.found.danger] : []
  }

  /** @throws StoreReplaced, or StoreUnavailable where that cannot be told for the moment */
  confirm(): Promise<void> {
    if (this.found) return Promise.reject(this.found.refusal)
    if (!this.looking && this.doubtful)
      this.looking = this.look().finally(() => {
        this.looking = undefined
      })
    return this.looking ?? Promise.resolve()
  }

  private async look(): Promise<void> {
    this.doubtful = false
    const { newest } = this
    if (!newest) return
    const there = await this.eventAt(newest.position).catch((error: unknown) => {
      this.doubtful = true
      throw error
    })
    if (there?.id === newest.id) return
    const refusal = new StoreReplaced(`event ${newest.id} is gone`)
    this.found = { refusal, danger: replacedLog(this.log, newest.id) }
    this.replaced(this.found.danger)
    throw refusal
  }
}

const replacedLog = ({ en, fr }: Sentence, eventId: string): Danger => ({
  code: LOG_REPLACED,
  sentence: {
    en: `${en} is not the one that was read before: event ${eventId} is gone from its place. Nothing is recorded any more.`,
    fr: `${fr} n’est pas celui qui avait été lu : l’événement ${eventId} n’est plus à sa place. Plus rien n’est enregistré.`,
  },
})
