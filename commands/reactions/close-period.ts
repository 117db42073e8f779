import { z } from 'zod'
import { POSTING_VERSION } from '../../domain/ledger/posting.ts'
import { PeriodClosed, PeriodCut } from '../../domain/ledger/period.events.ts'
import { causeOf, reaction } from './reaction.ts'

/** A cut is completed by the close: numbers, totals and digests as the ledger's fold has them at the cut (PROTOCOL 25). */
export const closePeriod = reaction<undefined>({
  name: 'close period',
  prefixes: ['period-'],
  initial: () => undefined,
  react: (_, stored, decode) => {
    if (stored.type !== PeriodCut.type) return []
    const event = decode(stored)
    const { entityId, period } = event.data as z.output<typeof PeriodCut.data>
    const { stream, revision, id: eventId, metadata } = event
    const cut = { stream, revision, eventId, recordedAt: metadata.recordedAt }
    return [
      {
        name: 'ledger.closePeriod',
        key: 'close',
        cause: causeOf(event),
        input: undefined,
        inputFrom: async history => {
          const journals = await history.totalsAt(stored.position, entityId, period)
          const closed = { entityId, period, cut, stageVersion: POSTING_VERSION, journals: [...journals] }
          return z.encode(PeriodClosed.data, closed)
        },
      },
    ]
  },
  encode: () => null,
  decode: () => undefined,
})
