import { createHash } from 'node:crypto'
import { frenchVatKey, isSiren } from '../../domain/shared/identifiers.ts'

/**
 * Identifiers that a source does not have and that invoices must show. They have the right form and key, follow from
 * the customer's code alone, and are marked as invented wherever they go (`CompanyParty.invented`).
 */

/** Form of a VAT number by country: `#` is a digit, anything else stands for itself. */
const VAT_FORMS: Readonly<Record<string, string>> = {
  AT: 'ATU########',
  BE: 'BE0#########',
  DE: 'DE#########',
  DK: 'DK########',
  ES: 'ESB########',
  FI: 'FI########',
  GB: 'GB#########',
  GR: 'EL#########',
  IE: 'IE#######W',
  IT: 'IT###########',
  LU: 'LU########',
  NL: 'NL#########B01',
  PT: 'PT#########',
  SE: 'SE##########01',
}

/** Countries that a VAT number can be invented for. */
export const INVENTIBLE_COUNTRIES: readonly string[] = ['FR', ...Object.keys(VAT_FORMS)]

/** As many decimal digits as asked for (at most 18), from a text; the first is never zero. */
const digitsFrom = (seed: string, count: number): string => {
  const digest = BigInt(`0x${createHash('sha256').update(seed, 'utf8').digest('hex')}`)
  const least = 10n ** BigInt(count - 1)
  return String(least + (digest % (9n * least)))
}

/** A SIREN with its Luhn key. */
export const inventedSiren = (code: string): string => {
  const body = digitsFrom(`siren ${code}`, 8)
  const key = [...'0123456789'].find(digit => isSiren(body + digit))
  if (key === undefined) throw new Error(`impossible: no Luhn key for ${body}`)
  return body + key
}

/** A VAT number of a country's form; a French one is made of the SIREN and its key. */
export const inventedVatNumber = (country: string, code: string): string => {
  if (country === 'FR') {
    const siren = inventedSiren(code)
    return `FR${frenchVatKey(siren)}${siren}`
  }
  const form = VAT_FORMS[country]
  if (form === undefined) throw new Error(`impossible: no form of VAT numbers for ${country}`)
  const digits = digitsFrom(`vat ${country} ${code}`, [...form].filter(c => c === '#').length)
  return [...digits].reduce((number, digit) => number.replace('#', digit), form)
}
