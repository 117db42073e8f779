/** What other contexts may use of organisation. */
export { FiscalYearOpened } from './legal-entity.events.ts'
