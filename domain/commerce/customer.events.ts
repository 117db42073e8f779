import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { Contact, DeliveryPlace, Party } from '../shared/party.ts'
import { Currency, Uuid, text } from '../shared/values.ts'

/** Stream `customer-<customerId>`. */

const Details = {
  party: Party,
  /** Where goods go when an order does not say. */
  deliverTo: DeliveryPlace.optional(),
  currency: Currency,
  /** Days from the invoice; the entity's terms when absent (C. com. L441-10: at most 60). */
  paymentTermDays: z.int().min(0).max(60).optional(),
}

export const CustomerRegistered = defineEvent(
  'commerce.CustomerRegistered',
  z.strictObject({ customerId: Uuid, code: text(20), ...Details, contacts: z.array(Contact).max(50) }),
)
export const CustomerChanged = defineEvent(
  'commerce.CustomerChanged',
  z.strictObject({ customerId: Uuid, ...Details }),
)
export const CustomerContactSet = defineEvent(
  'commerce.CustomerContactSet',
  z.strictObject({ customerId: Uuid, contact: Contact }),
)
export const CustomerContactRemoved = defineEvent(
  'commerce.CustomerContactRemoved',
  z.strictObject({ customerId: Uuid, personId: Uuid }),
)

/**
 * The command that had claimed the key of this customer never came back. Nothing begins on this stream any more; its
 * key is free again (PROTOCOL 16). `commandId` is the command that had claimed.
 */
export const CustomerRegistrationAbandoned = defineEvent(
  'commerce.CustomerRegistrationAbandoned',
  z.strictObject({ customerId: Uuid, commandId: Uuid }),
)

export const customerEvents = [
  CustomerRegistered,
  CustomerChanged,
  CustomerContactSet,
  CustomerContactRemoved,
  CustomerRegistrationAbandoned,
] as const
export type CustomerEvent = EventOf<typeof customerEvents>
