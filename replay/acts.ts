import { z } from 'zod'
import type { RecordedEvent } from '../projections/definition.ts'

/** Who did what, when and by what right, and how people call it: an event without the rest of its content. */
export interface Act extends Naming {
  /** Place in the log, counted from 1. */
  readonly ordinal: number
  readonly eventId: string
  readonly type: string
  readonly stream: string
  readonly revision: number
  readonly recordedAt: string
  /** A user's id, or that of a system actor. */
  readonly actor: string
  /** Role and legal entity that allowed it: `billing@<entityId>`. */
  readonly permission: string | undefined
  readonly origin: string
  readonly commandId: string
  readonly correlationId: string
  /** The event that it answers; absent where a person acted. */
  readonly causationId: string | undefined
  readonly reason: string | undefined
}

/** What a person knows an event by, as far as it says so. */
export interface Naming {
  /** Reference of its entry, number of its document, the bank's reference, numbers of the documents settled. */
  readonly documentReference: string | undefined
  /** Code of the customer, else the label of its entry. */
  readonly label: string | undefined
  /** Gross amount of the document, amount of the payment or of the allocation, minor units. */
  readonly amount: bigint | undefined
}

/** What events that people know by a name have in common, each field where there is one. */
const known = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const Named = z.object({
  number: known(z.string()),
  bankReference: known(z.string()),
  amount: known(z.bigint()),
  customer: known(z.object({ code: z.string() })),
  content: known(
    z.object({ buyer: z.object({ code: z.string() }), totals: z.object({ gross: z.bigint() }) }),
  ),
  settlements: known(z.array(z.object({ number: z.string(), amount: z.bigint() }))),
  journalEntry: known(z.object({ documentReference: z.string(), label: z.string() })),
})

const namingOf = ({ data }: RecordedEvent): Naming => {
  const named = Named.safeParse(data).data ?? {}
  return { documentReference: referenceOf(named), label: labelOf(named), amount: amountOf(named) }
}

type Named = Partial<z.output<typeof Named>>

/** An allocation's entry names the payment; what it settles is what people look for. */
const referenceOf = ({ settlements, number, journalEntry, bankReference }: Named): string | undefined =>
  settlements?.map(settled => settled.number).join(', ') ??
  number ??
  journalEntry?.documentReference ??
  bankReference

const labelOf = ({ content, customer, journalEntry }: Named): string | undefined =>
  content?.buyer.code ?? customer?.code ?? journalEntry?.label

const amountOf = ({ content, settlements, amount }: Named): bigint | undefined =>
  content?.totals.gross ?? settlements?.reduce((sum, settled) => sum + settled.amount, 0n) ?? amount

export const actOf = (event: RecordedEvent): Act => {
  const { ordinal, type, stream, revision, recordedAt, actor } = event
  const { permission, origin, commandId, correlationId, causationId, reason } = event
  return {
    ordinal,
    eventId: event.id,
    type,
    stream,
    revision,
    recordedAt,
    actor,
    permission,
    origin,
    commandId,
    correlationId,
    causationId,
    reason,
    ...namingOf(event),
  }
}
