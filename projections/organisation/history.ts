import { BillingClaimed, BillingReleased } from '../../domain/commerce/order.events.ts'
import { eventDefinitions } from '../../domain/events.ts'
import {
  CreditNoteIssued,
  CreditNoteRequested,
  InvoiceDrafted,
  InvoiceIssued,
} from '../../domain/invoicing/invoice.events.ts'
import { PaymentReceived } from '../../domain/invoicing/payment.events.ts'
import { AllocationReversed, PaymentAllocated } from '../../domain/invoicing/receivable.events.ts'
import { ORIGINS } from '../../event-store/metadata.ts'
import type { Origin } from '../../event-store/metadata.ts'
import { column, stage, stagedTable } from '../definition.ts'
import type { Projection, Recorded } from '../definition.ts'

/** The running maximum of `recordedAt`: what "as of an instant" is resolved with (PROTOCOL 11). */
interface Known {
  readonly recordedMax: string
}
const knownSince = stage<{ max: string }, Known>({
  name: 'recorded-maximum',
  version: 1,
  initial: () => ({ max: '' }),
  apply: (state, event) => {
    if (event.recordedAt > state.max) state.max = event.recordedAt
    return { recordedMax: state.max }
  },
  encode: state => state,
  decode: stored => ({ ...(stored as { max: string }) }),
})

const historyTable = stagedTable<Known>()

export const eventTable = historyTable({
  name: 'event',
  comment: 'Every event of the log, without its content: the history of every document',
  columns: {
    ordinal: column.bigint('Place in the log, from 1'),
    event_id: column.uuid('Identifier of the event'),
    stream: column.text('Stream it stands in'),
    revision: column.integer('Revision there, from 0'),
    type: column.text('Type of the event'),
    actor: column.uuid('User or system actor'),
    permission: column.optional(column.text('Role and legal entity that allowed it')),
    origin: column.oneOf(ORIGINS, 'Where it was asked for'),
    reason: column.optional(column.text('Code of the reason, where one was asked for')),
    recorded_at: column.instant('Instant of knowledge'),
    recorded_max: column.instant('Latest instant of knowledge up to here: it never goes back'),
    command_id: column.uuid('Command that made it'),
    correlation_id: column.uuid('First command of the chain'),
    causation_id: column.optional(column.uuid('Event that caused the command')),
  },
  key: ['ordinal'],
  appendOnly: true,
  indexes: [
    { columns: ['stream', 'ordinal'] },
    { columns: ['recorded_max', 'ordinal'] },
    { columns: ['correlation_id'] },
    { columns: ['event_id'] },
    { columns: ['actor', 'ordinal'] },
  ],
  on: on => [
    on(
      eventDefinitions,
      e => [{ ordinal: BigInt(e.ordinal) }],
      (_, e) => ({
        ordinal: BigInt(e.ordinal),
        event_id: e.id,
        stream: e.stream,
        revision: e.revision,
        type: e.type,
        actor: e.actor,
        permission: e.permission ?? null,
        origin: e.origin as Origin,
        reason: e.reason ?? null,
        recorded_at: e.recordedAt,
        recorded_max: e.recordedMax,
        command_id: e.commandId,
        correlation_id: e.correlationId,
        causation_id: e.causationId ?? null,
      }),
    ),
  ],
})

type Allocation = Recorded<typeof PaymentAllocated | typeof AllocationReversed>

export const subjectTable = historyTable({
  name: 'event_subject',
  comment: 'Documents that events of other streams concern',
  columns: {
    stream: column.text('Stream of the document concerned'),
    ordinal: column.bigint('The event'),
  },
  key: ['stream', 'ordinal'],
  appendOnly: true,
  on: on => {
    const concerning = (e: { ordinal: number }, streams: readonly string[]) =>
      [...new Set(streams)].map(stream => ({ stream, ordinal: BigInt(e.ordinal) }))
    const same = (_: unknown, e: { ordinal: number }, key: { stream?: string }) => ({
      stream: key.stream as string,
      ordinal: BigInt(e.ordinal),
    })
    return [
      on([BillingClaimed, BillingReleased], e => concerning(e, [`invoice-${e.data.invoiceId}`]), same),
      on(
        InvoiceDrafted,
        e =>
          concerning(e, [
            `customer-${e.data.customerId}`,
            ...e.data.lines.flatMap(l => (l.order ? [`order-${l.order.orderId}`] : [])),
          ]),
        same,
      ),
      on(InvoiceIssued, e => concerning(e, [`invoice-${e.data.invoiceId}`]), same),
      on(CreditNoteRequested, e => concerning(e, [`invoice-${e.data.creditNoteId}`]), same),
      on(
        CreditNoteIssued,
        e => concerning(e, [`invoice-${e.data.creditNoteId}`, `invoice-${e.data.invoiceId}`]),
        same,
      ),
      on(PaymentReceived, e => concerning(e, [`customer-${e.data.customer.customerId}`]), same),
      on(
        [PaymentAllocated, AllocationReversed],
        (e: Allocation & Known) =>
          concerning(e, [
            `${e.data.source.kind === 'payment' ? 'payment' : 'invoice'}-${e.data.source.id}`,
            ...e.data.settlements.map(s => `invoice-${s.invoiceId}`),
          ]),
        same,
      ),
    ]
  },
})

export const history: Projection = {
  name: 'history',
  version: 1,
  comment: 'Who did what when, on every document',
  stage: knownSince,
  tables: [eventTable, subjectTable],
}
