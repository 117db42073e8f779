/** What other contexts may use of commerce. */
export { VatRateClass } from './product.events.ts'
