import type { z } from 'zod'
import type { Aggregate } from '../shared/aggregate.ts'
import { impossible, type Day } from '../shared/values.ts'
import {
  legalEntityEvents,
  type FiscalYearOpened,
  type InvoicingTermsSet,
  type LegalEntityChanged,
  type LegalEntityEvent,
  type LegalEntityRegistered,
  type NumberSeriesOpened,
  type VatRegimeChosen,
} from './legal-entity.events.ts'

/** State of a legal entity: what its documents say of it, its years, its series. Decisions: `…-decisions.ts`. */

export type LegalEntityIdentity = Omit<z.output<typeof LegalEntityChanged.data>, 'entityId'>
export type FiscalYear = z.output<typeof FiscalYearOpened.data>
export type NumberSeries = z.output<typeof NumberSeriesOpened.data>
export type InvoicingTerms = z.output<typeof InvoicingTermsSet.data>
export type VatRegimeChoice = z.output<typeof VatRegimeChosen.data>

export interface RegisteredEntity {
  readonly status: 'registered'
  readonly registered: z.output<typeof LegalEntityRegistered.data>
  readonly identity: LegalEntityIdentity
  /** Each from a later day on than the one before. */
  readonly vatRegimes: readonly VatRegimeChoice[]
  /** Contiguous, in order. */
  readonly fiscalYears: readonly FiscalYear[]
  readonly series: ReadonlyMap<string, NumberSeries>
  readonly terms: InvoicingTerms | undefined
}

export type LegalEntity = { readonly status: 'none' } | { readonly status: 'abandoned' } | RegisteredEntity

/** When VAT on services falls due on a day: at the receipt unless the entity chose otherwise (CGI art. 269-2-c). */
export const servicesRegimeOn = (entity: RegisteredEntity, day: Day): 'receipts' | 'debits' =>
  entity.vatRegimes.findLast(choice => choice.from <= day)?.services ?? 'receipts'

type LaterEvent = Exclude<
  LegalEntityEvent,
  { type: 'organisation.LegalEntityRegistered' | 'organisation.LegalEntityRegistrationAbandoned' }
>

const evolveRegistered = (entity: RegisteredEntity, event: LaterEvent): RegisteredEntity => {
  switch (event.type) {
    case 'organisation.LegalEntityChanged': {
      const { entityId: _id, ...identity } = event.data
      return { ...entity, identity }
    }
    case 'organisation.VatRegimeChosen':
      return { ...entity, vatRegimes: [...entity.vatRegimes, event.data] }
    case 'organisation.FiscalYearOpened':
      return { ...entity, fiscalYears: [...entity.fiscalYears, event.data] }
    case 'organisation.NumberSeriesOpened':
      return { ...entity, series: new Map(entity.series).set(event.data.series, event.data) }
    case 'organisation.InvoicingTermsSet':
      return { ...entity, terms: event.data }
  }
}

const evolve = (entity: LegalEntity, event: LegalEntityEvent): LegalEntity => {
  switch (event.type) {
    case 'organisation.LegalEntityRegistered': {
      if (entity.status !== 'none') return impossible(`${event.type} on ${entity.status}`)
      const { entityId: _id, code: _code, currency: _currency, timeZone: _zone, ...identity } = event.data
      return {
        status: 'registered',
        registered: event.data,
        identity,
        vatRegimes: [],
        fiscalYears: [],
        series: new Map(),
        terms: undefined,
      }
    }
    case 'organisation.LegalEntityRegistrationAbandoned':
      return entity.status === 'none'
        ? { status: 'abandoned' }
        : impossible(`${event.type} on ${entity.status}`)
    case 'organisation.LegalEntityChanged':
    case 'organisation.VatRegimeChosen':
    case 'organisation.FiscalYearOpened':
    case 'organisation.NumberSeriesOpened':
    case 'organisation.InvoicingTermsSet':
      return entity.status === 'registered'
        ? evolveRegistered(entity, event)
        : impossible(`${event.type} on ${entity.status}`)
  }
}

export const legalEntity: Aggregate<LegalEntity, LegalEntityEvent> = {
  category: 'legalEntity',
  events: legalEntityEvents,
  initial: { status: 'none' },
  evolve,
}
