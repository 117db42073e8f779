import { z } from 'zod'
import { defineEvent, widenEvent, type EventOf } from '../shared/events.ts'
import { EventReference } from '../shared/journal-entry.ts'
import { TotalCents, Code, Period, Sha256, Uuid, text } from '../shared/values.ts'

/** Stream `period-<entityId>.<yyyy-mm>`. */

export const JournalLocked = defineEvent(
  'ledger.JournalLocked',
  z.strictObject({ entityId: Uuid, period: Period, journal: Code }),
)
/** By somebody else than who locked it, with a reason. */
export const JournalUnlocked = defineEvent(
  'ledger.JournalUnlocked',
  z.strictObject({ entityId: Uuid, period: Period, journal: Code, explanation: text(500) }),
)

/**
 * From here on in the log, nothing posts into the period: what is dated inside goes to the first open day
 * (PROTOCOL 25). For ever.
 */
export const PeriodCut = defineEvent('ledger.PeriodCut', z.strictObject({ entityId: Uuid, period: Period }))

const closed = <Total extends z.ZodType<bigint>>(total: Total) =>
  z.strictObject({
    entityId: Uuid,
    period: Period,
    cut: EventReference,
    stageVersion: z.int().min(1),
    journals: z
      .array(
        z.strictObject({
          journal: Code,
          /** Numbers of the entries, in the journal and the fiscal year. */
          firstNumber: z.int().min(1),
          lastNumber: z.int().min(1),
          entries: z.int().min(1),
          debit: total,
          credit: total,
          /** SHA-256 over the entries in order: number, event id, posting day, lines. */
          digest: Sha256,
        }),
      )
      .max(50),
  })

/** A total as far as integers are safe: what version 1 could say. */
const SafeTotalCents = z.codec(z.int().min(0), z.bigint(), { decode: n => BigInt(n), encode: n => Number(n) })

/** What the period held at its cut, for ever: the stage must reproduce these digests. */
export const PeriodClosed = widenEvent(
  defineEvent('ledger.PeriodClosed', closed(SafeTotalCents)),
  closed(TotalCents),
)

export const periodEvents = [JournalLocked, JournalUnlocked, PeriodCut, PeriodClosed] as const
export type PeriodEvent = EventOf<typeof periodEvents>
