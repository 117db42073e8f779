import { closingTotals, entryOf, initialPosting, post } from '../../domain/ledger/posting.ts'
import type { JournalTotals, PostingState } from '../../domain/ledger/posting.ts'
import { FiscalYearOpened } from '../../domain/organisation/legal-entity.events.ts'
import { PeriodClosed, PeriodCut } from '../../domain/ledger/period.events.ts'
import type { Log } from '../../event-store/log.ts'
import type { Position, StoredEvent } from '../../event-store/port.ts'

/** The ledger's fold as it stood at places of the log: what a close states is read from there, and nowhere else. */
export interface PostingHistory {
  /** Totals of a month per journal, as of the event at `position`. */
  totalsAt(position: Position, entityId: string, period: string): Promise<readonly JournalTotals[]>
}

const FOLDED: ReadonlySet<string> = new Set([FiscalYearOpened.type, PeriodCut.type, PeriodClosed.type])

/** Whether the fold looks at an event, told without decoding it. */
const matters = ({ type, data }: StoredEvent): boolean => FOLDED.has(type) || data.includes('"journalEntry":')

/** Folds on from the last place asked for; a place before it begins again at the start of the log. */
export const postingHistory = (log: Log): PostingHistory => {
  let state: PostingState = initialPosting()
  let reached: Position | undefined

  const foldTo = async (position: Position): Promise<void> => {
    if (reached !== undefined && reached > position) {
      state = initialPosting()
      reached = undefined
    }
    if (reached === position) return
    for await (const { events } of log.store.readAll(reached === undefined ? {} : { after: reached })) {
      for (const stored of events) {
        if (stored.position > position) return
        if (matters(stored)) foldEvent(log, state, stored)
        reached = stored.position
      }
    }
  }
  return {
    totalsAt: async (position, entityId, period) => {
      await foldTo(position)
      return closingTotals(state, entityId, period)
    },
  }
}

const foldEvent = (log: Log, state: PostingState, stored: StoredEvent): void => {
  const event = log.decode(stored)
  if (FOLDED.has(event.type) || entryOf(event) !== undefined) post(state, event)
}
