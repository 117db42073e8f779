import { addDays, dayIn } from '../shared/days.ts'
import type { Aggregate } from '../shared/aggregate.ts'
import type { EventOf } from '../shared/events.ts'
import type { EventReference } from '../shared/journal-entry.ts'
import type { Day } from '../shared/values.ts'
import { correctedInvoice, numberedEntry } from '../ledger/public.ts'
import { registerEvents } from './invoice.events.ts'
import type { CreditNoteRequested, InvoiceIssueRequested, RegisterEvent } from './invoice.events.ts'

/**
 * The register of a series: gapless numbers in the order of the log. Its last event is its whole state, and `issue`
 * is total: the registrar can answer every request that was accepted (PROTOCOL 19–22).
 */

/** What can be asked of a registrar. */
export type NumberRequest = EventOf<readonly [typeof InvoiceIssueRequested, typeof CreditNoteRequested]>

/** What the last event of the register says. */
export interface LastNumbered {
  readonly sequence: number
  readonly issuedOn: Day
  readonly request: EventReference
}

/** `undefined` before the first number. */
export type Register = LastNumbered | undefined

/** Writes a number by its pattern: `{year}` and `{number:6}`, the count on at least 6 digits. */
export const numberOf = (pattern: string, issuedOn: Day, sequence: number): string =>
  pattern
    .replace('{year}', issuedOn.slice(0, 4))
    .replace(/\{number:(\d)\}/, (_, digits: string) => String(sequence).padStart(Number(digits), '0'))

/** Whether the count starts again with the year: only where the number says the year, so that none comes twice. */
const restartsWithYear = (pattern: string): boolean => pattern.includes('{year}')

/** The later of the request's own day in the entity's zone and the series' last day (PROTOCOL 21). */
const issueDay = (timeZone: string, { recordedAt }: EventReference, last: Register): Day => {
  const requestedOn = dayIn(timeZone, recordedAt)
  return last !== undefined && last.issuedOn > requestedOn ? last.issuedOn : requestedOn
}

const nextSequence = (pattern: string, issuedOn: Day, last: Register): number => {
  if (last === undefined) return 1
  const isNewYear = last.issuedOn.slice(0, 4) !== issuedOn.slice(0, 4)
  return restartsWithYear(pattern) && isNewYear ? 1 : last.sequence + 1
}

/**
 * Answers a request: gives number, day and due day, and fills them into the frozen entry. Reads no clock, no key and
 * no chart; the content is repeated whole.
 * @param reference where the request stands in the log; its `recordedAt` gives the day
 * @param last the register's last event, or undefined for the first number of the series
 */
export const issue = (request: NumberRequest, reference: EventReference, last: Register): RegisterEvent => {
  const { invoiceId, entityId, series, pattern, timeZone, content, posting, rule, entryLines } = request.data
  const issuedOn = issueDay(timeZone, reference, last)
  const sequence = nextSequence(pattern, issuedOn, last)
  const number = numberOf(pattern, issuedOn, sequence)
  const numbered = { entityId, series, number, sequence, issuedOn, request: reference, content, posting }
  if (request.type === 'invoicing.InvoiceIssueRequested') {
    const dueOn = addDays(issuedOn, content.paymentTermDays)
    const journalEntry = numberedEntry({ ...numbered, dueOn }, rule, entryLines)
    return { type: 'invoicing.InvoiceIssued', data: { invoiceId, ...numbered, journalEntry, dueOn } }
  }
  const { creditNoteId, corrected, cause, explanation } = request.data
  const corrects = correctedInvoice(request.data)
  const journalEntry = numberedEntry({ ...numbered, dueOn: issuedOn }, rule, entryLines, corrects)
  return {
    type: 'invoicing.CreditNoteIssued',
    data: { creditNoteId, invoiceId, ...numbered, journalEntry, corrected, cause, explanation },
  }
}

/** As far as a series is thought to count. */
const SEQUENCE_MAX = 999_999_999_999
const SOME_ID = '00000000-0000-8000-8000-000000000000'

/** The longest number that a pattern can give. */
export const longestNumber = (pattern: string, day: Day): string => numberOf(pattern, day, SEQUENCE_MAX)

/** The longest answer that a request recorded then can get: what is tried before it is accepted (PROTOCOL 20). */
export const longestAnswer = (request: NumberRequest, recordedAt: string): RegisterEvent => {
  const reference = { stream: `invoice-${SOME_ID}`, revision: 999_999, eventId: SOME_ID, recordedAt }
  const issuedOn = dayIn(request.data.timeZone, recordedAt)
  return issue(request, reference, { sequence: SEQUENCE_MAX - 1, issuedOn, request: reference })
}

/** Id of the stream `invoiceRegister-<entityId>.<series>`. */
export const registerIdOf = (entityId: string, series: string): string => `${entityId}.${series}`

export const register: Aggregate<Register, RegisterEvent> = {
  category: 'invoiceRegister',
  events: registerEvents,
  initial: undefined,
  evolve: (_, { data: { sequence, issuedOn, request } }) => ({ sequence, issuedOn, request }),
}
