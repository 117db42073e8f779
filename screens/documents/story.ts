import type { AnyRow } from '../shapes/row.ts'

/** An event as its history tells it. */
export interface StoryEvent {
  readonly ordinal: number
  readonly eventId: string
  readonly stream: string
  readonly type: string
  readonly actorName: string | null
  readonly origin: string
  readonly recordedAt: string
  readonly data: AnyRow | null
}
