import { inventedSiren, inventedVatNumber } from '../import/invented.ts'
import { unitPrice } from './amounts.ts'
import { customers, products } from './catalogue.ts'
import type { DemonstrationCustomer } from './catalogue.ts'
import type { Setting } from './play.ts'

/** Brings customers and products into being. */

const EXEMPT_TRAINING = 'VATEX-FR-CGI261-4'
/** Countries of which a company has a VAT number made up for it. */
const WITH_VAT_NUMBER: readonly string[] = ['FR', 'BE']

const companyOf = ({ code, name, address }: DemonstrationCustomer) => {
  const { country } = address
  const siren = country === 'FR' ? inventedSiren(code) : undefined
  const vatNumber = WITH_VAT_NUMBER.includes(country) ? inventedVatNumber(country, code) : undefined
  return {
    kind: 'company',
    name,
    ...(siren !== undefined && { siren }),
    ...(vatNumber !== undefined && { vatNumber }),
    address,
    ...(vatNumber !== undefined && {
      invented: siren === undefined ? ['vatNumber'] : ['siren', 'vatNumber'],
    }),
  }
}

const personOf = (personId: string, { code, name, address, person }: DemonstrationCustomer) => ({
  kind: 'person',
  personId,
  name,
  ...address,
  ...(person === 'trader' && { trader: true, siren: inventedSiren(code) }),
})

export const registerCatalogue = async ({ player, id, key, user }: Setting): Promise<void> => {
  const sales = user('sales')
  for (const customer of customers) {
    const { code, contact, paymentTermDays } = customer
    const input = {
      customerId: id('customer', code),
      code,
      party:
        customer.person === undefined ? companyOf(customer) : personOf(id('customer person', code), customer),
      currency: 'EUR',
      ...(paymentTermDays !== undefined && { paymentTermDays }),
      contacts: contact === undefined ? [] : [{ personId: id('contact', code), ...contact }],
    }
    await player.play('commerce.registerCustomer', input, key('customer', code), sales)
  }
  for (const { code, name, family, operation, unit, price, vat, account } of products) {
    const input = {
      productId: id('product', code),
      code,
      name,
      family,
      operation,
      unit,
      vat,
      ...(vat === 'exempt' && { vatExemption: EXEMPT_TRAINING }),
      revenueAccount: account,
      unitPrice: unitPrice(price),
      currency: 'EUR',
    }
    await player.play('commerce.registerProduct', input, key('product', code), sales)
  }
}
