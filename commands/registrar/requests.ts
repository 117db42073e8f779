import type { Rejection } from '../../domain/shared/aggregate.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import type { UnansweredRequest } from '../definition.ts'
import type { PreviewedEvent } from '../outcome.ts'

/** What commands need to know of requests for a number. */
export interface NumberRequests {
  /** Whether a registrar answers events of this type. */
  isRequest(type: string): boolean
  /**
   * Why a request may not be recorded: `issue` is run on it as the worst case would, and its event as stored must stay
   * under half an append (PROTOCOL 20).
   */
  refusal(event: DomainEvent, recordedAt: string): Rejection | undefined
  /** The answer that a request would get now. Number and day are provisional. */
  preview(event: DomainEvent, recordedAt: string): Promise<PreviewedEvent>
  /** Requests of an entity that wait for their number. */
  unanswered(entityId: string): Promise<readonly UnansweredRequest[]>
}
