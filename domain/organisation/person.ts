import * as E from 'fp-ts/lib/Either.js'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import type { Purpose } from '../shared/protected.ts'
import type { Day, Instant, Uuid } from '../shared/values.ts'
import { personEvents, type PersonEvent } from './person.events.ts'
import { retainedUntil, retentionRule } from './retention.ts'

/** A key of the vault: what it protects is forgotten when it is destroyed. */
export interface PersonalKey {
  readonly keyId: Uuid
  readonly purpose: Purpose
  /** Instant of the newest event protected with it. */
  readonly lastUsedAt: Instant
}

/** What was decided on the data of one natural person. */
export interface Person {
  /** Keys that an erasure named: destroyed for ever. */
  readonly erasedKeys: ReadonlySet<string>
  /** Copies that left the system. */
  readonly copies: readonly { readonly recipient: string; readonly what: string }[]
}

export interface Kept {
  readonly purpose: Purpose
  readonly until: Day
}

export type PersonRejection =
  | { readonly code: 'PERSON_NOT_FOUND'; readonly personId: string }
  | { readonly code: 'PERSON_STILL_USER'; readonly personId: string }
  | { readonly code: 'RETENTION_NOT_OVER'; readonly kept: readonly Kept[] }

type PersonDecision = Decision<Person, PersonEvent, PersonRejection>

export interface Erasure {
  readonly personId: Uuid
  /** Why the data was kept and is to be forgotten. */
  readonly purposes: readonly Purpose[]
  readonly explanation: string
}

/** What the vault and the person's account say on the day of an erasure. */
export interface ErasureFacts {
  readonly keys: readonly PersonalKey[]
  /** The day the person left as a user; undefined where the person never was one. */
  readonly leftOn: Day | undefined
  readonly isActiveUser: boolean
  readonly today: Day
}

/** Latest end of retention among the keys of a purpose; a rule counts from the last fact, so all its keys wait. */
const keptUntil = (purpose: Purpose, facts: ErasureFacts): Day | undefined => {
  const rule = retentionRule(purpose, facts.today)
  return facts.keys
    .filter(key => key.purpose === purpose)
    .map(key => retainedUntil(rule, key.lastUsedAt, facts.leftOn))
    .toSorted()
    .at(-1)
}

export const decide = {
  /**
   * Forgets a person for the purposes whose retention is over, and says of the others until when they are kept.
   * Refused when none is over.
   */
  erase:
    (erasure: Erasure, facts: ErasureFacts): PersonDecision =>
    person => {
      const asked = facts.keys.filter(key => erasure.purposes.includes(key.purpose))
      const keys = asked.filter(key => !person.erasedKeys.has(key.keyId))
      if (keys.length === 0)
        return person.erasedKeys.size > 0
          ? E.right([])
          : E.left({ code: 'PERSON_NOT_FOUND', personId: erasure.personId })
      if (facts.isActiveUser && keys.some(key => key.purpose === 'account'))
        return E.left({ code: 'PERSON_STILL_USER', personId: erasure.personId })
      const kept = erasure.purposes.flatMap(purpose => {
        const until = keptUntil(purpose, { ...facts, keys })
        return until !== undefined && until > facts.today ? [{ purpose, until }] : []
      })
      const over = keys.filter(key => !kept.some(k => k.purpose === key.purpose))
      if (over.length === 0) return E.left({ code: 'RETENTION_NOT_OVER', kept })
      const purposes = erasure.purposes.filter(purpose => over.some(key => key.purpose === purpose))
      const { personId, explanation } = erasure
      const keyIds = over.map(key => key.keyId)
      return E.right([
        {
          type: 'organisation.PersonErased',
          data: { personId, keyIds, purposes: [...purposes], kept, copies: [...person.copies], explanation },
        },
      ])
    },

  /** Writes down that a copy of the person's data leaves the system, and to whom. */
  recordExport:
    (data: {
      readonly personId: Uuid
      readonly purposes: readonly Purpose[]
      readonly recipient: string
      readonly what: string
    }): Decision<Person, PersonEvent, never> =>
    () =>
      E.right([
        { type: 'organisation.PersonalDataExported', data: { ...data, purposes: [...data.purposes] } },
      ]),
}

const evolve = (person: Person, event: PersonEvent): Person => {
  switch (event.type) {
    case 'organisation.PersonErased':
      return { ...person, erasedKeys: new Set([...person.erasedKeys, ...event.data.keyIds]) }
    case 'organisation.PersonalDataExported': {
      const { recipient, what } = event.data
      const known = person.copies.some(copy => copy.recipient === recipient && copy.what === what)
      return known ? person : { ...person, copies: [...person.copies, { recipient, what }] }
    }
  }
}

export const person: Aggregate<Person, PersonEvent> = {
  category: 'person',
  events: personEvents,
  initial: { erasedKeys: new Set(), copies: [] },
  evolve,
}
