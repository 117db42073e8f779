import {
  CustomerChanged,
  CustomerContactSet,
  CustomerRegistered,
} from '../../domain/commerce/customer.events.ts'
import { OrderPlaced } from '../../domain/commerce/order.events.ts'
import { PersonErased } from '../../domain/organisation/person.events.ts'
import { UserRegistered } from '../../domain/organisation/user.events.ts'
import type { Contact, DeliveryPlace, Party } from '../../domain/shared/party.ts'
import type { Personal, Purpose } from '../../domain/shared/protected.ts'
import { column, table } from '../definition.ts'
import type { Projection } from '../definition.ts'
import { SEARCH_COMMENT, searchText } from '../shared.ts'

/** Fields of a person as an event brings them. The engine has revealed them; an erased one is absent. */
interface Fields {
  readonly name?: Personal | undefined
  readonly login?: Personal | undefined
  readonly email?: Personal | undefined
  readonly phone?: Personal | undefined
  readonly fax?: Personal | undefined
  readonly line1?: Personal | undefined
  readonly line2?: Personal | undefined
  readonly postcode?: string | undefined
  readonly city?: string | undefined
  readonly country?: string | undefined
}
interface Mention {
  readonly person_id: string
  readonly purpose: Purpose
  readonly fields: Fields
}

const ofParty = (party: Party): readonly Mention[] =>
  party.kind === 'person' ? [{ person_id: party.personId, purpose: 'accounting', fields: party }] : []
const ofPlace = (place: DeliveryPlace | undefined): readonly Mention[] =>
  place?.kind === 'person' ? [{ person_id: place.personId, purpose: 'contract', fields: place }] : []
const ofContact = (contact: Contact): Mention => ({
  person_id: contact.personId,
  purpose: 'contract',
  fields: contact,
})

type Field = keyof Fields
type PersonRow = { readonly [F in Field]: string | null } & {
  readonly person_id: string
  readonly purpose: string
  readonly search: string
  readonly changed_at: string
}

/** The row with what the mentions of one event add; none where nothing of it can be read any more. */
const merged = (
  row: PersonRow | undefined,
  mentions: readonly Mention[],
  key: Partial<PersonRow>,
  changed_at: string,
): PersonRow | undefined => {
  const mine = mentions.filter(m => m.person_id === key.person_id && m.purpose === key.purpose)
  const readable = mine.filter(m => typeof m.fields.name === 'string')
  if (readable.length === 0) return row
  const valueOf = (field: Field): string | null =>
    readable.reduce<string | null>((value, { fields }) => {
      const text = fields[field]
      return typeof text === 'string' ? text : value
    }, row?.[field] ?? null)
  const name = valueOf('name')
  return {
    person_id: key.person_id as string,
    purpose: key.purpose as string,
    name,
    login: valueOf('login'),
    email: valueOf('email'),
    phone: valueOf('phone'),
    fax: valueOf('fax'),
    line1: valueOf('line1'),
    line2: valueOf('line2'),
    postcode: valueOf('postcode'),
    city: valueOf('city'),
    country: valueOf('country'),
    search: searchText(name),
    changed_at,
  }
}

const keysOf = (mentions: readonly Mention[]): readonly { person_id: string; purpose: string }[] => {
  const keys = new Map(
    mentions.map(({ person_id, purpose }) => [`${person_id} ${purpose}`, { person_id, purpose }]),
  )
  return [...keys.values()]
}

const personal = (comment: string) => column.optional(column.text(comment))

export const personTable = table({
  name: 'person',
  comment: 'Personal data in clear: the only table that has any, keyed by person and purpose',
  columns: {
    person_id: column.uuid('Identifier of the person'),
    purpose: column.text('Why it is kept: account, prospecting, contract or accounting'),
    name: personal('Name'),
    login: personal('Login of an account'),
    email: personal('Electronic mail'),
    phone: personal('Telephone'),
    fax: personal('Fax'),
    line1: personal('First line of the address'),
    line2: personal('Second line of the address'),
    postcode: personal('Postcode'),
    city: personal('City'),
    country: personal('ISO 3166-1 code'),
    search: column.text(SEARCH_COMMENT),
    changed_at: column.instant('Instant of its last change'),
  },
  key: ['person_id', 'purpose'],
  on: on => {
    const customerMentions = ({
      data,
    }: {
      data: { party: Party; deliverTo?: DeliveryPlace | undefined }
    }) => [...ofParty(data.party), ...ofPlace(data.deliverTo)]
    return [
      on(
        UserRegistered,
        e => [{ person_id: e.data.userId, purpose: 'account' }],
        (row, e, key) =>
          merged(
            row,
            [{ person_id: e.data.userId, purpose: 'account', fields: e.data.person }],
            key,
            e.recordedAt,
          ),
      ),
      on(
        CustomerRegistered,
        e => keysOf([...customerMentions(e), ...e.data.contacts.map(ofContact)]),
        (row, e, key) =>
          merged(row, [...customerMentions(e), ...e.data.contacts.map(ofContact)], key, e.recordedAt),
      ),
      on(
        CustomerChanged,
        e => keysOf(customerMentions(e)),
        (row, e, key) => merged(row, customerMentions(e), key, e.recordedAt),
      ),
      on(
        CustomerContactSet,
        e => keysOf([ofContact(e.data.contact)]),
        (row, e, key) => merged(row, [ofContact(e.data.contact)], key, e.recordedAt),
      ),
      on(
        OrderPlaced,
        e => keysOf(ofPlace(e.data.deliverTo)),
        (row, e, key) => merged(row, ofPlace(e.data.deliverTo), key, e.recordedAt),
      ),
      on(
        PersonErased,
        e => e.data.purposes.map(purpose => ({ person_id: e.data.personId, purpose })),
        () => undefined,
      ),
    ]
  },
})

export const persons: Projection = {
  name: 'persons',
  version: 2,
  comment: 'Personal data in clear, for views that may show it',
  readsPersonalData: true,
  tables: [personTable],
}
