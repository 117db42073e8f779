import type { EventDefinition } from './shared/events.ts'
import { discussionEvents } from './collaboration/discussion.events.ts'
import { customerEvents } from './commerce/customer.events.ts'
import { orderEvents } from './commerce/order.events.ts'
import { productEvents } from './commerce/product.events.ts'
import { invoiceEvents, registerEvents } from './invoicing/invoice.events.ts'
import { paymentEvents } from './invoicing/payment.events.ts'
import { receivableEvents } from './invoicing/receivable.events.ts'
import { chartEvents } from './ledger/chart.events.ts'
import { manualEntryEvents } from './ledger/manual-entry.events.ts'
import { periodEvents } from './ledger/period.events.ts'
import { auditEvents } from './organisation/audit.events.ts'
import { claimEvents } from './organisation/claim.events.ts'
import { legalEntityEvents } from './organisation/legal-entity.events.ts'
import { logEvents } from './organisation/log.events.ts'
import { personEvents } from './organisation/person.events.ts'
import { signInPolicyEvents } from './organisation/sign-in-policy.events.ts'
import { userEvents } from './organisation/user.events.ts'

/** Every event the log may hold: what the codec knows, what the catalogue lists. */
export const eventDefinitions: readonly EventDefinition[] = [
  ...logEvents,
  ...legalEntityEvents,
  ...userEvents,
  ...signInPolicyEvents,
  ...claimEvents,
  ...auditEvents,
  ...personEvents,
  ...customerEvents,
  ...productEvents,
  ...orderEvents,
  ...invoiceEvents,
  ...registerEvents,
  ...paymentEvents,
  ...receivableEvents,
  ...chartEvents,
  ...periodEvents,
  ...manualEntryEvents,
  ...discussionEvents,
]
