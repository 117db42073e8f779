import { hash } from 'node:crypto'
import type { EntryLine, JournalEntry } from '../shared/journal-entry.ts'
import type { Day } from '../shared/values.ts'

/**
 * The digest of a journal's entries in a period, as `PeriodClosed` keeps it: a chain, so that it can be continued
 * entry by entry and stands for their order too. A changed form of the text is another version of the stage.
 */

const vatFields = (vat: EntryLine['vat']) =>
  vat && [
    vat.side,
    vat.category,
    vat.rate.toString(),
    vat.regime,
    vat.base.toString(),
    vat.tax.toString(),
    vat.taxPoint,
    vat.exemptionCode,
  ]

const documentFields = (document: EntryLine['document']) =>
  document && [
    document.currency,
    document.amount.toString(),
    document.rate.toString(),
    document.rateSource,
    document.rateDay,
  ]

/** Every field of a line in a fixed order, whatever the order of its keys; absent ones are null. */
const lineFields = (line: EntryLine) => [
  line.account,
  line.auxiliary && [line.auxiliary.kind, line.auxiliary.id, line.auxiliary.code],
  line.label,
  line.side,
  line.amount.toString(),
  line.dueOn,
  vatFields(line.vat),
  documentFields(line.document),
  line.quantity?.toString(),
  line.unit,
  line.axes && Object.entries(line.axes).toSorted(([a], [b]) => (a < b ? -1 : 1)),
]

/** What the digest covers of one entry: PROTOCOL 25. */
export interface DigestedEntry {
  readonly number: number
  readonly eventId: string
  readonly postingDay: Day
  readonly entry: Pick<JournalEntry, 'lines'>
}

/** Digest of no entry: where the chain of a journal's period starts. */
export const EMPTY_DIGEST = hash('sha256', 'grandlivre.period.1')

/** SHA-256, hex, over the lines: digest so far, number, event id, posting day, JSON text of the entry's lines. */
export const extendDigest = (digest: string, { number, eventId, postingDay, entry }: DigestedEntry): string =>
  hash(
    'sha256',
    [digest, String(number), eventId, postingDay, JSON.stringify(entry.lines.map(lineFields))].join('\n'),
  )
