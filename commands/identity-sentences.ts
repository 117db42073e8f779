import type { IdentifierRejection } from '../domain/shared/identifiers.ts'
import { VAT_PREFIXES } from '../domain/shared/identifiers.ts'
import { sentencesFor } from './definition.ts'

/** Sentences on identifiers and currencies: said of customers and of our own legal entities alike. */
type IdentityRejection =
  IdentifierRejection | { readonly code: 'CURRENCY_NOT_SUPPORTED'; readonly currency: string }

const PREFIXES = VAT_PREFIXES.join(', ')

export const identitySentences = sentencesFor<IdentityRejection>({
  SIREN_INVALID: ({ siren }) => ({
    fields: ['siren'],
    fr: `Champ « siren » : ${siren} n'est pas un SIREN, 9 chiffres dont le dernier est la clé de Luhn des autres.`,
    en: `Field "siren": ${siren} is not a SIREN, 9 digits the last of which is the Luhn key of the others.`,
  }),
  SIRET_INVALID: ({ siret }) => ({
    fields: ['siret'],
    fr: `Champ « siret » : ${siret} n'est pas un SIRET, un SIREN suivi de 5 chiffres, le tout sous la clé de Luhn.`,
    en: `Field "siret": ${siret} is not a SIRET, a SIREN and 5 digits under the Luhn key.`,
  }),
  SIRET_NOT_OF_SIREN: ({ siret, siren }) => ({
    fields: ['siret'],
    fr: `Champ « siret » : ${siret} doit commencer par le SIREN ${siren}.`,
    en: `Field "siret": ${siret} must begin with the SIREN ${siren}.`,
  }),
  VAT_NUMBER_INVALID: ({ vatNumber }) => ({
    fields: ['vatNumber'],
    fr: `Champ « vatNumber » : ${vatNumber} n'a pas la forme ou la clé d'un numéro de TVA de son pays (préfixes connus : ${PREFIXES}).`,
    en: `Field "vatNumber": ${vatNumber} has not the form or the key of a VAT number of its country (known prefixes: ${PREFIXES}).`,
  }),
  VAT_NUMBER_NOT_OF_SIREN: ({ vatNumber, siren }) => ({
    fields: ['vatNumber'],
    fr: `Champ « vatNumber » : ${vatNumber} doit se terminer par le SIREN ${siren}.`,
    en: `Field "vatNumber": ${vatNumber} must end with the SIREN ${siren}.`,
  }),
  ELECTRONIC_ADDRESS_NOT_OF_SIREN: ({ address, siren }) => ({
    fields: ['electronicAddress'],
    fr: `Adresse de facturation électronique : ${address}, du schéma 0225, doit commencer par le SIREN ${siren}.`,
    en: `Electronic invoicing address: ${address}, of scheme 0225, must begin with the SIREN ${siren}.`,
  }),
  CURRENCY_NOT_SUPPORTED: ({ currency }) => ({
    fields: ['currency'],
    fr: `Champ « currency » : ${currency} n'est pas une monnaie ISO 4217 à deux décimales, les seules tenues ici.`,
    en: `Field "currency": ${currency} is not an ISO 4217 currency of two decimals, the only ones kept here.`,
  }),
})
