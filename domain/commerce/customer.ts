import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { identifiersProblem, type IdentifierRejection, type Identifiers } from '../shared/identifiers.ts'
import { isSupportedCurrency } from '../shared/money.ts'
import type { Contact, Party } from '../shared/party.ts'
import type { Personal } from '../shared/protected.ts'
import { same } from '../shared/same.ts'
import { impossible, type Uuid } from '../shared/values.ts'
import {
  customerEvents,
  type CustomerChanged,
  type CustomerEvent,
  type CustomerRegistered,
} from './customer.events.ts'

type Registration = z.output<typeof CustomerRegistered.data>
type Change = z.output<typeof CustomerChanged.data>

/** What can change of a customer. */
export type CustomerDetails = Omit<Change, 'customerId'>

export type Customer =
  | { readonly status: 'none' }
  | { readonly status: 'abandoned' }
  | {
      readonly status: 'registered'
      readonly customerId: Uuid
      readonly code: string
      readonly details: CustomerDetails
      /** By person; `removed` keeps that there was one. */
      readonly contacts: ReadonlyMap<string, Contact | 'removed'>
    }
export type RegisteredCustomer = Extract<Customer, { status: 'registered' }>

export type CustomerRejection =
  | IdentifierRejection
  | { readonly code: 'CUSTOMER_NOT_FOUND' }
  | { readonly code: 'CUSTOMER_EXISTS'; readonly customerCode: string }
  | { readonly code: 'CUSTOMER_ABANDONED' }
  | { readonly code: 'CURRENCY_NOT_SUPPORTED'; readonly currency: string }
  | { readonly code: 'INVENTED_IDENTIFIER_ABSENT'; readonly field: 'siren' | 'siret' | 'vatNumber' }
  | { readonly code: 'INVENTED_IDENTIFIER_IN_PRODUCTION'; readonly field: 'siren' | 'siret' | 'vatNumber' }
  | { readonly code: 'CONTACT_TWICE'; readonly personId: string }
  | { readonly code: 'CONTACT_NOT_FOUND'; readonly personId: string }

type CustomerDecision = Decision<Customer, CustomerEvent, CustomerRejection>

/** What the log says: identifiers may be made up in a sandbox alone. */
export interface CustomerFacts {
  readonly logKind: 'production' | 'sandbox'
}

/** Identifiers of a sole trader as a command brings them; what was stored is protected, and was checked then. */
const clearIdentifiers = (party: Extract<Party, { kind: 'person' }>): Identifiers => {
  const clear = (field: Personal | undefined) => (typeof field === 'string' ? field : undefined)
  const { electronicScheme: scheme } = party
  const id = clear(party.electronicId)
  return {
    siren: clear(party.siren),
    siret: clear(party.siret),
    vatNumber: clear(party.vatNumber),
    electronicAddress: scheme === undefined || id === undefined ? undefined : { scheme, id },
  }
}

const partyProblem = (party: Party, facts: CustomerFacts): CustomerRejection | undefined => {
  if (party.kind === 'person') return identifiersProblem(clearIdentifiers(party))
  for (const field of party.invented ?? []) {
    if (party[field] === undefined) return { code: 'INVENTED_IDENTIFIER_ABSENT', field }
    if (facts.logKind === 'production') return { code: 'INVENTED_IDENTIFIER_IN_PRODUCTION', field }
  }
  return identifiersProblem(party)
}

const detailsProblem = (details: CustomerDetails, facts: CustomerFacts): CustomerRejection | undefined =>
  isSupportedCurrency(details.currency)
    ? partyProblem(details.party, facts)
    : { code: 'CURRENCY_NOT_SUPPORTED', currency: details.currency }

const twice = (contacts: readonly Contact[]): Contact | undefined =>
  contacts.find((contact, index) => contacts.findIndex(c => c.personId === contact.personId) < index)

const registered = (
  decision: (customer: RegisteredCustomer) => E.Either<CustomerRejection, readonly CustomerEvent[]>,
): CustomerDecision => {
  return customer =>
    customer.status === 'registered' ? decision(customer) : E.left({ code: 'CUSTOMER_NOT_FOUND' })
}

export const decide = {
  register:
    (data: Registration, facts: CustomerFacts): CustomerDecision =>
    customer => {
      if (customer.status === 'abandoned') return E.left({ code: 'CUSTOMER_ABANDONED' })
      const { customerId: _id, code, contacts, ...details } = data
      if (customer.status === 'registered')
        return customer.code === code && same(details, customer.details, 'same')
          ? E.right([])
          : E.left({ code: 'CUSTOMER_EXISTS', customerCode: customer.code })
      const problem = detailsProblem(details, facts)
      if (problem !== undefined) return E.left(problem)
      const repeated = twice(contacts)
      if (repeated !== undefined) return E.left({ code: 'CONTACT_TWICE', personId: repeated.personId })
      return E.right([{ type: 'commerce.CustomerRegistered', data }])
    },

  /** Personal fields do not tell what they hold: a change that brings them is always recorded. */
  change: (data: Change, facts: CustomerFacts): CustomerDecision =>
    registered(customer => {
      const { customerId: _id, ...details } = data
      if (same(details, customer.details, 'different')) return E.right([])
      const problem = detailsProblem(details, facts)
      return problem === undefined ? E.right([{ type: 'commerce.CustomerChanged', data }]) : E.left(problem)
    }),

  /** Adds a contact, or takes the place of what was known of the same person. */
  setContact: (contact: Contact): CustomerDecision =>
    registered(customer =>
      same(contact, customer.contacts.get(contact.personId), 'different')
        ? E.right([])
        : E.right([
            { type: 'commerce.CustomerContactSet', data: { customerId: customer.customerId, contact } },
          ]),
    ),

  removeContact: (personId: Uuid): CustomerDecision =>
    registered(customer => {
      const contact = customer.contacts.get(personId)
      if (contact === undefined) return E.left({ code: 'CONTACT_NOT_FOUND', personId })
      if (contact === 'removed') return E.right([])
      const { customerId } = customer
      return E.right([{ type: 'commerce.CustomerContactRemoved', data: { customerId, personId } }])
    }),

  /** Ends a registration that never came after its claim on the code, so that the code can be released. */
  abandon:
    (data: { readonly customerId: Uuid; readonly commandId: Uuid }): CustomerDecision =>
    customer => {
      switch (customer.status) {
        case 'none':
          return E.right([{ type: 'commerce.CustomerRegistrationAbandoned', data }])
        case 'abandoned':
          return E.right([])
        case 'registered':
          return E.left({ code: 'CUSTOMER_EXISTS', customerCode: customer.code })
      }
    },
}

const evolveRegistered = (
  customer: RegisteredCustomer,
  event: Exclude<
    CustomerEvent,
    { type: 'commerce.CustomerRegistered' | 'commerce.CustomerRegistrationAbandoned' }
  >,
): Customer => {
  switch (event.type) {
    case 'commerce.CustomerChanged': {
      const { customerId: _id, ...details } = event.data
      return { ...customer, details }
    }
    case 'commerce.CustomerContactSet': {
      const { contact } = event.data
      return { ...customer, contacts: new Map(customer.contacts).set(contact.personId, contact) }
    }
    case 'commerce.CustomerContactRemoved':
      return { ...customer, contacts: new Map(customer.contacts).set(event.data.personId, 'removed') }
  }
}

const evolve = (customer: Customer, event: CustomerEvent): Customer => {
  switch (event.type) {
    case 'commerce.CustomerRegistered': {
      if (customer.status !== 'none') return impossible(`${event.type} on ${customer.status}`)
      const { customerId, code, contacts, ...details } = event.data
      const byPerson = new Map(contacts.map(contact => [contact.personId, contact]))
      return { status: 'registered', customerId, code, details, contacts: byPerson }
    }
    case 'commerce.CustomerRegistrationAbandoned':
      return customer.status === 'none'
        ? { status: 'abandoned' }
        : impossible(`${event.type} on ${customer.status}`)
    case 'commerce.CustomerChanged':
    case 'commerce.CustomerContactSet':
    case 'commerce.CustomerContactRemoved':
      return customer.status === 'registered'
        ? evolveRegistered(customer, event)
        : impossible(`${event.type} on ${customer.status}`)
  }
}

export const customer: Aggregate<Customer, CustomerEvent> = {
  category: 'customer',
  events: customerEvents,
  initial: { status: 'none' },
  evolve,
}
