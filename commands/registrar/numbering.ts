import type { Rejection } from '../../domain/shared/aggregate.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import type { EventReference } from '../../domain/shared/journal-entry.ts'
import { issue, longestAnswer, registerIdOf, register } from '../../domain/invoicing/register.ts'
import type { LastNumbered, NumberRequest } from '../../domain/invoicing/register.ts'
import { CreditNoteRequested, InvoiceIssueRequested } from '../../domain/invoicing/invoice.events.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'

/** A gapless series of a legal entity. */
export interface Series {
  readonly entityId: string
  readonly series: string
}

/**
 * What a registrar does not decide itself: which events ask for a number, and the pure answer. The last event of the
 * register is its whole state (PROTOCOL 19).
 */
export interface Numbering {
  readonly requestTypes: ReadonlySet<string>
  /** Prefixes of the streams that requests stand in. */
  readonly requestPrefixes: readonly string[]
  readonly seriesOf: (request: DomainEvent) => Series
  /** Prefix of every register's stream. */
  readonly registerCategory: string
  readonly registerStream: (series: Series) => string
  /** Pure and total (PROTOCOL 20). */
  readonly issue: (
    request: DomainEvent,
    reference: EventReference,
    last: DomainEvent | undefined,
  ) => DomainEvent
  /** The longest answer that a request recorded then can get. */
  readonly longest: (request: DomainEvent, recordedAt: string) => DomainEvent
  /** What is said of a request whose longest answer is too large. */
  readonly tooLarge: (bytes: number, bytesMax: number) => Rejection
  /** The request that an event of the register answers. */
  readonly answered: (issued: DomainEvent) => EventReference
  readonly numberOf: (issued: DomainEvent) => { readonly number: string; readonly issuedOn: string }
}

/** An invoice that its registrar could not answer within half an append (PROTOCOL 20). */
export interface InvoiceTooLarge {
  readonly code: 'INVOICE_TOO_LARGE'
  readonly bytes: number
  readonly bytesMax: number
}

const lastOf = (issued: DomainEvent): LastNumbered => issued.data as LastNumbered

/** Invoices and credit notes. */
export const invoiceNumbering: Numbering = {
  requestTypes: new Set([InvoiceIssueRequested.type, CreditNoteRequested.type]),
  requestPrefixes: ['invoice-'],
  seriesOf: request => (request as NumberRequest).data,
  registerCategory: `${register.category}-`,
  registerStream: ({ entityId, series }) => streamOf(register, registerIdOf(entityId, series)),
  issue: (request, reference, last) => issue(request as NumberRequest, reference, last && lastOf(last)),
  longest: (request, recordedAt) => longestAnswer(request as NumberRequest, recordedAt),
  tooLarge: (bytes, bytesMax): InvoiceTooLarge => ({ code: 'INVOICE_TOO_LARGE', bytes, bytesMax }),
  answered: issued => lastOf(issued).request,
  numberOf: issued => {
    const { number, issuedOn } = issued.data as { number: string; issuedOn: string }
    return { number, issuedOn }
  },
}
