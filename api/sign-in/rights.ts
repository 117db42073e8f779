import type { FastifyRequest } from 'fastify'
import type { Grant, Role } from '../../domain/organisation/user.events.ts'
import { Problem } from '../problems.ts'
import { accountOf } from './authentication.ts'

/** What can be read, as far as rights go. Every query names one. */
export const AREAS = ['commerce', 'invoicing', 'ledger', 'organisation', 'users', 'audit'] as const
export type Area = (typeof AREAS)[number]

const everybody = [
  'sales',
  'billing',
  'accountant',
  'chiefAccountant',
  'auditor',
  'analyst',
  'administrator',
] as const satisfies readonly Role[]

/** Who reads what. The auditor reads all; the administrator manages accounts, and no figures. */
export const READERS: Readonly<Record<Area, readonly Role[]>> = {
  commerce: ['sales', 'billing', 'accountant', 'chiefAccountant', 'auditor', 'analyst'],
  invoicing: ['sales', 'billing', 'accountant', 'chiefAccountant', 'auditor', 'analyst'],
  ledger: ['accountant', 'chiefAccountant', 'auditor', 'analyst'],
  organisation: everybody,
  users: ['administrator', 'auditor'],
  audit: ['chiefAccountant', 'administrator', 'auditor'],
}

/** Legal entities whose rows somebody may read: all of them, or these. */
export type ReadableEntities = 'all' | readonly string[]

export const readableEntities = (grants: readonly Grant[], area: Area): ReadableEntities => {
  const reading = grants.filter(grant => READERS[area].includes(grant.role))
  if (reading.some(grant => grant.entityId === 'all')) return 'all'
  return [...new Set(reading.map(grant => grant.entityId))]
}

const mayNot = (area: Area): Problem =>
  new Problem(
    'FORBIDDEN',
    {
      fr: `Vos droits ne permettent pas de lire ceci ; il faut l’un des rôles ${READERS[area].join(', ')} dans l’entité demandée.`,
      en: `Your rights do not allow reading this; one of the roles ${READERS[area].join(', ')} in the entity asked for is needed.`,
    },
    { data: { area, roles: READERS[area] } },
  )

/** @throws Problem FORBIDDEN where the area is closed to this account everywhere */
export const entitiesOf = (request: FastifyRequest, area: Area): ReadableEntities => {
  const entities = readableEntities(accountOf(request).grants, area)
  if (entities !== 'all' && entities.length === 0) throw mayNot(area)
  return entities
}

/** @throws Problem FORBIDDEN where this account may not read the area in this entity */
export const requireEntity = (request: FastifyRequest, area: Area, entityId: string): void => {
  const entities = entitiesOf(request, area)
  if (entities !== 'all' && !entities.includes(entityId)) throw mayNot(area)
}
