import type { z } from 'zod'
import {
  CreditNoteIssued,
  CreditNoteRequested,
  InvoiceIssueRequested,
  InvoiceIssued,
} from '../domain/invoicing/invoice.events.ts'
import { registerIdOf } from '../domain/invoicing/register.ts'
import type { RecordedEvent } from '../projections/definition.ts'
import { typesOf } from './check.ts'

/** The requests that wait for a number, register by register, in the order of the log: what numbers are checked against. */

type Asked = z.output<typeof InvoiceIssueRequested.data> | z.output<typeof CreditNoteRequested.data>
export type Issued = z.output<typeof InvoiceIssued.data> | z.output<typeof CreditNoteIssued.data>

export interface Waiting {
  readonly eventId: string
  readonly stream: string
  readonly revision: number
  readonly recordedAt: string
  readonly asked: Asked
}

export const registerTypes = typesOf(
  InvoiceIssueRequested,
  CreditNoteRequested,
  InvoiceIssued,
  CreditNoteIssued,
)
const REQUESTS = typesOf(InvoiceIssueRequested, CreditNoteRequested)

export class WaitingRequests {
  private readonly registers = new Map<string, Map<string, Waiting>>()

  /** Notes a request, or gives what a number answers: the request named, and whether it was the first that waited. */
  take(event: RecordedEvent): { readonly waiting: Waiting | undefined; readonly first: boolean } | undefined {
    return REQUESTS.has(event.type) ? this.note(event) : this.answer(event.data as Issued)
  }

  private note({ id, stream, revision, recordedAt, data }: RecordedEvent): undefined {
    const asked = data as Asked
    const queue = this.queue(asked)
    queue.set(id, { eventId: id, stream, revision, recordedAt, asked })
  }

  private answer(issued: Issued) {
    const queue = this.queue(issued)
    const [first] = queue.keys()
    const waiting = queue.get(issued.request.eventId)
    queue.delete(issued.request.eventId)
    return { waiting, first: waiting !== undefined && waiting.eventId === first }
  }

  private queue({ entityId, series }: Pick<Asked, 'entityId' | 'series'>): Map<string, Waiting> {
    const register = registerIdOf(entityId, series)
    const queue = this.registers.get(register) ?? new Map<string, Waiting>()
    this.registers.set(register, queue)
    return queue
  }
}
