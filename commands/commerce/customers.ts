import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import {
  customer,
  decide,
  type CustomerFacts,
  type CustomerRejection,
} from '../../domain/commerce/customer.ts'
import { CustomerRegistered } from '../../domain/commerce/customer.events.ts'
import { LOG_ID, log } from '../../domain/organisation/log.ts'
import type { Role } from '../../domain/organisation/user.events.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { Uuid, impossible } from '../../domain/shared/values.ts'
import { claimKey } from '../claims.ts'
import { defineCommand, step, type FactReader } from '../definition.ts'
import { sameInClear } from '../same-in-clear.ts'
import { ContactInput, DeliveryPlaceInput, PartyInput } from './inputs.ts'

const ROLES: readonly Role[] = ['sales', 'billing', 'accountant', 'chiefAccountant']

const { code, currency, paymentTermDays } = CustomerRegistered.data.shape
const Details = { party: PartyInput, deliverTo: DeliveryPlaceInput.optional(), currency, paymentTermDays }

const customerFacts = async (_: unknown, read: FactReader): Promise<E.Either<never, CustomerFacts>> => {
  const state = await read.state(log, LOG_ID)
  return E.right({ logKind: state.status === 'open' ? state.kind : impossible('a command on no log') })
}

type Registration = Omit<z.output<typeof CustomerRegistered.data>, 'contacts'>

/** A customer who is there may be registered again as he is, and in no other way: nothing would be done. */
const registrationFacts = async (
  { customerId, code: asked, contacts: _, ...details }: Registration & { readonly contacts?: unknown },
  read: FactReader,
): Promise<E.Either<CustomerRejection, CustomerFacts>> => {
  const known = await read.state(customer, customerId)
  const isOther =
    known.status === 'registered' &&
    !(known.code === asked && (await sameInClear(read, details, known.details)))
  return isOther
    ? E.left({ code: 'CUSTOMER_EXISTS', customerCode: known.code })
    : customerFacts(undefined, read)
}

const registerCustomer = defineCommand({
  name: 'commerce.registerCustomer',
  summary: { fr: 'Enregistrer un client', en: 'Register a customer' },
  input: z.strictObject({
    customerId: Uuid,
    code,
    ...Details,
    contacts: z.array(ContactInput).max(50).optional(),
  }),
  roles: ROLES,
  facts: registrationFacts,
  steps: ({ contacts = [], ...data }, facts, context) => [
    claimKey(context, {
      kind: 'customerCode',
      parts: [data.code],
      ownerStream: streamOf(customer, data.customerId),
    }),
    step({
      aggregate: customer,
      id: data.customerId,
      decide: decide.register({ ...data, contacts }, facts),
    }),
  ],
})

const changeCustomer = defineCommand({
  name: 'commerce.changeCustomer',
  summary: { fr: 'Modifier un client', en: 'Change a customer' },
  input: z.strictObject({ customerId: Uuid, ...Details }),
  roles: ROLES,
  facts: customerFacts,
  steps: (input, facts) => [
    step({ aggregate: customer, id: input.customerId, decide: decide.change(input, facts) }),
  ],
})

const setCustomerContact = defineCommand({
  name: 'commerce.setCustomerContact',
  summary: { fr: 'Ajouter ou modifier un contact', en: 'Add or change a contact' },
  input: z.strictObject({ customerId: Uuid, contact: ContactInput }),
  roles: ROLES,
  steps: ({ customerId, contact }) => [
    step({ aggregate: customer, id: customerId, decide: decide.setContact(contact) }),
  ],
})

const removeCustomerContact = defineCommand({
  name: 'commerce.removeCustomerContact',
  summary: { fr: 'Retirer un contact', en: 'Remove a contact' },
  input: z.strictObject({ customerId: Uuid, personId: Uuid }),
  roles: ROLES,
  steps: ({ customerId, personId }) => [
    step({ aggregate: customer, id: customerId, decide: decide.removeContact(personId) }),
  ],
})

export const customerCommands = [registerCustomer, changeCustomer, setCustomerContact, removeCustomerContact]
