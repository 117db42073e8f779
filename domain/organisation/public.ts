/** What other contexts may use of organisation. */
export { FiscalYearOpened } from './legal-entity.events.ts'
export { legalEntity, servicesRegimeOn } from './legal-entity.ts'
export type { InvoicingTerms, LegalEntity, NumberSeries, RegisteredEntity } from './legal-entity.ts'
export { decide as decideKey, keyId, keyText, uniqueKey } from './unique-key.ts'
export type { UniqueKey, UniqueKeyRejection } from './unique-key.ts'
