import type { z } from 'zod'
import type { CompanyParty, Party } from '../shared/party.ts'
import type { Buyer, Seller } from './invoice-content.ts'

/** Seller and buyer as an invoice names them. */

/** The French directory addresses a company by its SIREN where it asked for nothing else (scheme 0225). */
const directoryAddress = (siren: string) => ({ scheme: '0225', id: siren })

export const sellerOf = (seller: z.output<typeof Seller>): z.output<typeof Seller> => ({
  ...seller,
  electronicAddress: seller.electronicAddress ?? directoryAddress(seller.siren),
})

export const buyerOf = (customer: {
  readonly customerId: string
  readonly code: string
  readonly party: Party
}): z.output<typeof Buyer> => {
  const { customerId, code, party } = customer
  return { customerId, code, party: party.kind === 'company' ? addressed(party) : party }
}

const addressed = (company: z.output<typeof CompanyParty>): z.output<typeof CompanyParty> =>
  company.electronicAddress !== undefined || company.siren === undefined
    ? company
    : { ...company, electronicAddress: directoryAddress(company.siren) }
