import type { z } from 'zod'
import { BillingClaimed, BillingReleased } from '../../domain/commerce/order.events.ts'
import { KeyClaimed, KeyReleased } from '../../domain/organisation/claim.events.ts'
import type { RecordedEvent } from '../../projections/definition.ts'
import { placeOf } from '../check.ts'
import type { Check, EventPlace, Fault } from '../check.ts'

/** A claim without its owner is ended within minutes where reactions run; a day is long enough for them to run again. */
const PATIENCE_MS = 24 * 60 * 60 * 1_000

/** A claim that no event of its owner came behind yet. */
interface Waiting {
  readonly ownerStream: string
  readonly place: EventPlace
  readonly recordedAt: string
}

/**
 * What is claimed for an owner is completed by the owner's events, or released (PROTOCOL 16). A command cut off between
 * the two leaves a claim alone for a while; one that stays so tells of an owner whose stream was destroyed.
 */
export const claims: Check = {
  name: 'claims',
  title: {
    fr: 'Chaque réservation a son titulaire, ou a été libérée',
    en: 'Each claim has its owner, or was released',
  },
  begin: ({ store }, report) => {
    const waiting = new WaitingClaims()
    let latest = ''
    return {
      see: event => {
        waiting.see(event)
        if (event.recordedAt > latest) latest = event.recordedAt
      },
      end: async () => {
        const before = Date.parse(latest) - PATIENCE_MS
        for (const { ownerStream, place, recordedAt } of waiting.left())
          if (
            Date.parse(recordedAt) < before &&
            !(await isThere(store.readStream(ownerStream, { limit: 1 })))
          )
            report(place, ownerless(ownerStream))
        return undefined
      },
    }
  },
}

const isThere = async (events: AsyncIterable<unknown>): Promise<boolean> => {
  for await (const _ of events) return true
  return false
}

/** Claims by their owner, each until an event of the owner comes or it is released: few at any moment. */
class WaitingClaims {
  private readonly byOwner = new Map<string, Map<string, Waiting>>()

  see(event: RecordedEvent): void {
    this.byOwner.delete(event.stream)
    switch (event.type) {
      case KeyClaimed.type: {
        const { ownerStream } = event.data as z.output<typeof KeyClaimed.data>
        return this.wait(ownerStream, event)
      }
      case KeyReleased.type: {
        const { ownerStream } = event.data as z.output<typeof KeyReleased.data>
        return this.release(ownerStream, event)
      }
      case BillingClaimed.type: {
        const { invoiceId } = event.data as z.output<typeof BillingClaimed.data>
        return this.wait(`invoice-${invoiceId}`, event)
      }
      case BillingReleased.type: {
        const { invoiceId } = event.data as z.output<typeof BillingReleased.data>
        return this.release(`invoice-${invoiceId}`, event)
      }
      default:
    }
  }

  left(): readonly Waiting[] {
    return [...this.byOwner.values()].flatMap(claimed => [...claimed.values()])
  }

  private wait(ownerStream: string, event: RecordedEvent): void {
    const claimed = this.byOwner.get(ownerStream) ?? new Map<string, Waiting>()
    this.byOwner.set(ownerStream, claimed)
    claimed.set(event.stream, { ownerStream, place: placeOf(event), recordedAt: event.recordedAt })
  }

  private release(ownerStream: string, { stream }: RecordedEvent): void {
    this.byOwner.get(ownerStream)?.delete(stream)
  }
}

const ownerless = (ownerStream: string): Fault => ({
  code: 'CLAIM_WITHOUT_OWNER',
  severity: 'warning',
  found: `no event of ${ownerStream}`,
  expected: 'an event of its owner, or its release',
  sentence: {
    fr: `Cette réservation a été faite pour ${ownerStream}, dont le journal n’a aucun événement, et n’a pas été libérée : les événements du titulaire ont été supprimés, ou aucune réaction n’a tourné depuis.`,
    en: `This was claimed for ${ownerStream}, of which the log has no event, and was not released: the owner’s events were deleted, or no reaction has run since.`,
  },
})
