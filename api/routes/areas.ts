import type { Area } from '../sign-in/rights.ts'

/** Whose affair a projection is, by its name without the version: who may hear of its changes. */
const AREAS: Readonly<Record<string, Area>> = {
  customers: 'commerce',
  products: 'commerce',
  orders: 'commerce',
  invoices: 'invoicing',
  receivables: 'invoicing',
  entities: 'organisation',
  users: 'users',
  persons: 'commerce',
  history: 'audit',
  commands: 'audit',
  comments: 'commerce',
}

/** What is not listed is the ledger's: few may hear of it. */
export const areaOfProjection = (versioned: string): Area =>
  AREAS[versioned.replace(/_v\d+$/, '')] ?? 'ledger'
