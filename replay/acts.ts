import type { RecordedEvent } from '../projections/definition.ts'

/** Who did what, when and by what right: an event without its content. */
export interface Act {
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
  }
}
