import { impossible } from './values.ts'

/** Identifiers of companies and accounts, held against their own keys. The shapes are checked before. */

/** Sum of digits, every second one from the right doubled and its digits added (ISO/IEC 7812-1 annex B). */
const luhnSum = (digits: string): number =>
  [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)

/** SIREN: the ninth digit is the Luhn key of the eight before (INSEE; C. com. art. R123-221). */
export const isSiren = (siren: string): boolean =>
  /^\d{9}$/.test(siren) && siren !== '000000000' && luhnSum(siren) % 10 === 0

/** SIREN of La Poste, whose establishments outgrew the Luhn key: their digits add up to a multiple of 5 (INSEE). */
const LA_POSTE = '356000000'

/** SIRET: a SIREN and five digits of the establishment, under a Luhn key of its own. */
export const isSiret = (siret: string): boolean => {
  if (!/^\d{14}$/.test(siret) || !isSiren(siret.slice(0, 9))) return false
  if (luhnSum(siret) % 10 === 0) return true
  const plainSum = [...siret].reduce((total, digit) => total + Number(digit), 0)
  return siret.startsWith(LA_POSTE) && plainSum % 5 === 0
}

/**
 * What follows the country prefix of a VAT number: members of the EU as VIES checks them (its FAQ, question 11), and
 * neighbours that invoices meet. `EL` is Greece, `XI` Northern Ireland.
 */
const VAT_FORMATS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CH: /^E\d{9}(TVA|IVA)?$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^([A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[0-9A-HJ-NP-Z]{2}\d{9}$/,
  GB: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[0-9A-Z+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[0-9A-Z+*]{9}B[0-9A-Z+*]{2}$/,
  NO: /^\d{9}(MVA)?$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
}

/** Country prefixes whose VAT numbers are known. */
export const VAT_PREFIXES: readonly string[] = Object.keys(VAT_FORMATS)

/** The key of a French VAT number made of digits: (12 + 3 × (SIREN mod 97)) mod 97 (BOI-TVA-DECLA-20-10-10). */
export const frenchVatKey = (siren: string): string =>
  String((12n + 3n * (BigInt(siren) % 97n)) % 97n).padStart(2, '0')

/** Letters and digits of the newer French keys, without I and O. */
const KEY_ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Whether the two characters before a SIREN are its key; keys with a letter have a rule of their own. */
const isFrenchVatKey = (key: string, siren: string): boolean => {
  if (/^\d{2}$/.test(key)) return key === frenchVatKey(siren)
  const [first = '', second = ''] = key
  const rank = /\d/.test(first)
    ? KEY_ALPHABET.indexOf(first) * 24 + KEY_ALPHABET.indexOf(second) - 10
    : KEY_ALPHABET.indexOf(first) * 34 + KEY_ALPHABET.indexOf(second) - 100
  return (Number(siren) + 1 + Math.floor(rank / 11)) % 11 === rank % 11
}

/** Whether a VAT number has the form of its country, and in France the key of its SIREN. */
export const isVatNumber = (vatNumber: string): boolean => {
  const country = vatNumber.slice(0, 2)
  const rest = vatNumber.slice(2)
  if (VAT_FORMATS[country]?.test(rest) !== true) return false
  return country !== 'FR' || isFrenchVatKey(rest.slice(0, 2), rest.slice(2))
}

/** The SIREN within a French VAT number; undefined for another country's. */
const sirenOfVatNumber = (vatNumber: string): string | undefined =>
  vatNumber.startsWith('FR') ? vatNumber.slice(4) : undefined

/** IBAN: the number with its first four characters moved to the end is 1 modulo 97 (ISO 13616, ISO 7064). */
export const isIban = (iban: string): boolean => {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false
  const moved = iban.slice(4) + iban.slice(0, 4)
  const digits = moved.replace(/[A-Z]/g, letter => String((letter.codePointAt(0) ?? impossible(letter)) - 55))
  return BigInt(digits) % 97n === 1n
}

/** What an organisation says it is identified by. */
export interface Identifiers {
  readonly siren?: string | undefined
  readonly siret?: string | undefined
  readonly vatNumber?: string | undefined
  readonly electronicAddress?: { readonly scheme: string; readonly id: string } | undefined
}

export type IdentifierRejection =
  | { readonly code: 'SIREN_INVALID'; readonly siren: string }
  | { readonly code: 'SIRET_INVALID'; readonly siret: string }
  | { readonly code: 'SIRET_NOT_OF_SIREN'; readonly siret: string; readonly siren: string }
  | { readonly code: 'VAT_NUMBER_INVALID'; readonly vatNumber: string }
  | { readonly code: 'VAT_NUMBER_NOT_OF_SIREN'; readonly vatNumber: string; readonly siren: string }
  | { readonly code: 'ELECTRONIC_ADDRESS_NOT_OF_SIREN'; readonly address: string; readonly siren: string }

/** The scheme of the French directory of electronic invoicing: its addresses begin with the SIREN (BR-FR-21, 22). */
const FRENCH_DIRECTORY = '0225'

const problemAlone = ({ siren, siret, vatNumber }: Identifiers): IdentifierRejection | undefined => {
  if (siren !== undefined && !isSiren(siren)) return { code: 'SIREN_INVALID', siren }
  if (siret !== undefined && !isSiret(siret)) return { code: 'SIRET_INVALID', siret }
  if (vatNumber !== undefined && !isVatNumber(vatNumber)) return { code: 'VAT_NUMBER_INVALID', vatNumber }
  return undefined
}

const problemTogether = (given: Identifiers): IdentifierRejection | undefined => {
  const { siret, vatNumber, electronicAddress } = given
  const siren = given.siren ?? siret?.slice(0, 9)
  if (siren === undefined) return undefined
  if (siret !== undefined && !siret.startsWith(siren)) return { code: 'SIRET_NOT_OF_SIREN', siret, siren }
  if (vatNumber !== undefined && (sirenOfVatNumber(vatNumber) ?? siren) !== siren)
    return { code: 'VAT_NUMBER_NOT_OF_SIREN', vatNumber, siren }
  if (electronicAddress?.scheme === FRENCH_DIRECTORY && !electronicAddress.id.startsWith(siren))
    return { code: 'ELECTRONIC_ADDRESS_NOT_OF_SIREN', address: electronicAddress.id, siren }
  return undefined
}

/** First reason not to believe a set of identifiers, alone or together; undefined when they agree. */
export const identifiersProblem = (given: Identifiers): IdentifierRejection | undefined =>
  problemAlone(given) ?? problemTogether(given)
