import type { CommanderError } from 'commander'
import type { Language } from './language.ts'

/** Commander's own words, for those who read French; its errors name what is wrong between quotes. */
const frenchTitles: Readonly<Record<string, string>> = {
  'Usage:': 'Utilisation :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Global Options:': 'Options générales :',
  'Commands:': 'Commandes :',
}

const frenchErrors: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'commande inconnue',
  'commander.unknownOption': 'option inconnue',
  'commander.missingArgument': 'argument manquant',
  'commander.optionMissingArgument': 'valeur manquante pour l’option',
  'commander.missingMandatoryOptionValue': 'option obligatoire absente',
  'commander.invalidArgument': 'valeur refusée',
  'commander.excessArguments': 'arguments en trop',
  'commander.conflictingOption': 'options incompatibles',
}

export const styleTitle =
  (language: Language) =>
  (title: string): string =>
    language === 'fr' ? (frenchTitles[title] ?? title) : title

/** The sentence for arguments that were not understood, and where to read how they are written. */
export const usageSentence = (error: CommanderError, language: Language): string => {
  const english = error.message.replace(/^error: /, '')
  const named = [...english.matchAll(/'([^']*)'/g)].map(([, name]) => `« ${name ?? ''} »`).join(', ')
  const french = frenchErrors[error.code]
  if (language === 'en' || french === undefined) return `${english}; see grandlivre --help`
  return `${french}${named ? ` : ${named}` : ''} ; voir grandlivre --help`
}
