import { commerce } from '../../../commands/commerce/index.ts'
import { organisation } from '../../../commands/organisation/index.ts'
import { commandHarness, type CommandHarness } from '../../support/command-harness.ts'

/** A small business on a log in memory: one legal entity, one customer, two products. */

export const entityId = '01932f0c-0000-7000-8000-0000000000e1'
export const customerId = '01932f0c-0000-7000-8000-000000000001'
export const chai = '01932f0c-0000-7000-8000-000000000021'
export const training = '01932f0c-0000-7000-8000-000000000022'
export const orderId = '01932f0c-0000-7000-8000-000000000003'
export const line1 = '01932f0c-0000-7000-8000-000000000011'
export const line2 = '01932f0c-0000-7000-8000-000000000012'
export const unknown = '01932f0c-0000-7000-8000-0000000000ff'

export const legalEntity = {
  entityId,
  code: 'NW',
  name: 'Northwind SAS',
  legalForm: 'SAS',
  siren: '404833048',
  vatNumber: 'FR83404833048',
  address: { line1: '1 rue du Port', postcode: '76600', city: 'Le Havre', country: 'FR' },
  currency: 'EUR',
  timeZone: 'Europe/Paris',
}

export const customer = {
  customerId,
  code: 'VINET',
  party: {
    kind: 'company',
    name: 'Vins et alcools Chevalier',
    siren: '732829320',
    address: { line1: "59 rue de l'Abbaye", postcode: '51100', city: 'Reims', country: 'FR' },
  },
  deliverTo: {
    kind: 'company',
    name: 'Chais Chevalier',
    address: { city: 'Reims', country: 'FR' },
  },
  currency: 'EUR',
}

export const product = {
  productId: chai,
  code: 'P1',
  name: 'Chai',
  operation: 'goods',
  unit: 'C62',
  vat: 'standard',
  revenueAccount: '707',
  unitPrice: 18_000000,
  currency: 'EUR',
}

export const exemptTraining = {
  productId: training,
  code: 'T1',
  name: 'Tea tasting',
  operation: 'services',
  unit: 'DAY',
  vat: 'exempt',
  vatExemption: 'VATEX-FR-CGI261-4',
  revenueAccount: '7062',
  unitPrice: 900_000000,
  currency: 'EUR',
}

export const order = {
  orderId,
  entityId,
  customerId,
  number: 'O-1',
  orderedOn: '2026-11-20',
  lines: [
    { lineId: line1, productCode: 'P1', quantity: 12_0000 },
    { lineId: line2, productId: training, quantity: 5000, unitPrice: 800_000000, discountRate: 1000 },
  ],
}

/** The log before anything was said in it. */
export const emptyBusiness = (): Promise<CommandHarness> => commandHarness([organisation, commerce])

/** The business ready to take orders. */
export const business = async (): Promise<CommandHarness> => {
  const harness = await emptyBusiness()
  await harness.done('organisation.registerLegalEntity', legalEntity)
  await harness.done('commerce.registerCustomer', customer)
  await harness.done('commerce.registerProduct', product)
  await harness.done('commerce.registerProduct', exemptTraining)
  return harness
}
