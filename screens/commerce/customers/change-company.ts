import type { Answer } from '../../api/client.ts'
import type { Commands } from '../../api/generated.ts'
import { action } from '../../documents/declaration.ts'
import { lastSaid } from '../../documents/last-said.ts'
import { addressValues } from '../../forms/address.ts'
import { given } from '../../forms/declaration.ts'
import { companyFields, companyIn, termFields, termsIn } from './fields.ts'
import { words } from './words.ts'

type Customer = Answer<'/api/commerce/customers/{id}'>
type Said = Omit<Commands['commerce.changeCustomer'], 'customerId'>
type Company = Extract<Said['party'], { readonly kind: 'company' }>

/** Where an invoice goes electronically, and where goods are delivered, are kept as they are. */
export const changeCompany = action(({ kind }: Customer) => kind === 'company', {
  command: 'commerce.changeCustomer',
  title: words.change,
  submit: words.change,
  fields: [...companyFields, ...termFields],
  begin: async (_, { customerId }) => {
    const said = (await lastSaid('/api/commerce/customers/{id}/story', customerId, [
      'commerce.CustomerRegistered',
      'commerce.CustomerChanged',
    ])) as unknown as Said & { readonly party: Company }
    const { party, deliverTo, currency, paymentTermDays } = said
    const { siret, electronicAddress, invented, address } = party
    return {
      kept: { party: { siret, electronicAddress, invented }, deliverTo },
      'party.name': party.name,
      'party.siren': party.siren,
      'party.vatNumber': party.vatNumber,
      ...addressValues('party.address', address),
      currency,
      paymentTermDays,
    }
  },
  input: (values, { customerId }) => {
    const party = companyIn(values)
    const terms = termsIn(values)
    const kept = values['kept'] as {
      readonly party: Pick<Company, 'siret' | 'electronicAddress' | 'invented'>
      readonly deliverTo?: Said['deliverTo']
    }
    if (!party || !terms) return undefined
    const { deliverTo } = kept
    return {
      customerId,
      party: { ...given(kept.party), ...party },
      ...(deliverTo && { deliverTo }),
      ...terms,
    }
  },
  done: () => [words.isChanged, {}],
})
