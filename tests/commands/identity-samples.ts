import type { IdentifierRejection } from '../../domain/shared/identifiers.ts'
import type { Samples } from '../support/sentences.ts'

/** An example of each rejection of an identifier or a currency. */
export const identitySamples: Samples<IdentifierRejection> & {
  CURRENCY_NOT_SUPPORTED: { currency: string }
} = {
  SIREN_INVALID: { siren: '404833049' },
  SIRET_INVALID: { siret: '40483304800023' },
  SIRET_NOT_OF_SIREN: { siret: '73282932000074', siren: '404833048' },
  VAT_NUMBER_INVALID: { vatNumber: 'FR84404833048' },
  VAT_NUMBER_NOT_OF_SIREN: { vatNumber: 'FR83404833048', siren: '732829320' },
  ELECTRONIC_ADDRESS_NOT_OF_SIREN: { address: '732829320', siren: '404833048' },
  CURRENCY_NOT_SUPPORTED: { currency: 'JPY' },
}
