import type { Closing, Posting, PostingState } from '../../domain/ledger/posting.ts'
import { POSTING_VERSION, initialPosting, post } from '../../domain/ledger/posting.ts'
import { decodePosting, encodePosting } from '../../domain/ledger/posting-state.ts'
import { PeriodClosed, PeriodCut } from '../../domain/ledger/period.events.ts'
import { FiscalYearOpened } from '../../domain/organisation/public.ts'
import { stage } from '../definition.ts'
import { entryEvents } from '../shared.ts'

/** What the stage adds to an event: where its entry is posted, or what a close says of the fold. */
export interface Posted {
  readonly posting?: Posting
  readonly closing?: Closing
}

const concerned: ReadonlySet<string> = new Set(
  [...entryEvents, FiscalYearOpened, PeriodCut, PeriodClosed].map(d => d.type),
)

/** Posting day and entry number, ahead of all tables of the ledger (PROTOCOL 24). */
export const postingStage = stage<PostingState, Posted>({
  name: 'posting',
  version: POSTING_VERSION,
  initial: initialPosting,
  types: concerned,
  apply: post,
  encode: encodePosting,
  decode: decodePosting,
})
