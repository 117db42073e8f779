import type { ChartRejection } from '../../domain/ledger/chart.ts'
import type { EntryRejection } from '../../domain/ledger/journal-entry.ts'
import type { ManualEntryRejection } from '../../domain/ledger/manual-entry.ts'
import type { DayRejection } from '../../domain/ledger/open-day.ts'
import type { PeriodRejection } from '../../domain/ledger/period.ts'
import { sentencesFor } from '../definition.ts'
import { amountIn, dayText } from '../wording.ts'
import type { AuxiliaryRejection } from './auxiliaries.ts'

/** What refusals of the ledger say to people. */

const KINDS = {
  customer: { fr: 'un client', en: 'a customer' },
  supplier: { fr: 'un fournisseur', en: 'a supplier' },
  person: { fr: 'une personne', en: 'a person' },
} as const

const chartSentences = sentencesFor<ChartRejection>({
  CHART_NOT_ADOPTED: () => ({
    fields: ['entityId'],
    fr: 'Cette entité n’a pas encore de plan comptable : adoptez-en un d’abord.',
    en: 'This entity has no chart of accounts yet: adopt one first.',
  }),
  CHART_ALREADY_ADOPTED: ({ edition }) => ({
    fields: ['edition'],
    fr: `Les livres suivent déjà l’édition ${edition} du plan comptable général.`,
    en: `The books already follow edition ${edition} of the standard chart of accounts.`,
  }),
  CHART_EDITION_UNKNOWN: ({ edition, known }) => ({
    fields: ['edition'],
    fr: `L’édition ${edition} du plan comptable est inconnue (champ « edition ») ; attendu : ${known.join(', ')}.`,
    en: `Edition ${edition} of the chart is unknown (field "edition"); expected: ${known.join(', ')}.`,
  }),
  ACCOUNT_ALREADY_OPEN: ({ account, label }) => ({
    fields: ['account'],
    fr: `Le compte ${account} existe déjà : « ${label} » (champ « account »).`,
    en: `Account ${account} already exists: "${label}" (field "account").`,
  }),
  ACCOUNT_WITHOUT_PARENT: ({ account }) => ({
    fields: ['account'],
    fr: `Le compte ${account} n’a pas de compte au-dessus de lui : attendu un numéro qui prolonge un compte du plan (champ « account »).`,
    en: `Account ${account} has none above it: expected a number that extends an account of the chart (field "account").`,
  }),
  AUXILIARY_NOT_OF_PARENT: ({ account, expected }) => ({
    fields: ['auxiliary'],
    fr: `Le compte ${account} dépend d’un compte tenu par tiers : attendu ${KINDS[expected].fr} (champ « auxiliary » : ${expected}).`,
    en: `Account ${account} lies below one kept by third party: expected ${KINDS[expected].en} (field "auxiliary": ${expected}).`,
  }),
  LETTERING_IS_DERIVED: ({ account }) => ({
    fields: ['lettering'],
    fr: `Le compte ${account} est tenu par tiers : son lettrage vient des affectations (champ « lettering »).`,
    en: `Account ${account} is kept by third party: its lettering comes from allocations (field "lettering").`,
  }),
  ACCOUNT_NOT_FOUND: ({ account }) => ({
    fields: ['account'],
    fr: `Le compte ${account} n’existe pas au plan comptable (champ « account ») : attendu un compte ouvert d’au moins 3 chiffres.`,
    en: `Account ${account} is not in the chart (field "account"): expected an open account of at least 3 digits.`,
  }),
  ACCOUNT_CLOSED: ({ account }) => ({
    fields: ['account'],
    fr: `Le compte ${account} est fermé (champ « account ») : attendu un compte ouvert.`,
    en: `Account ${account} is closed (field "account"): expected an open one.`,
  }),
  ACCOUNT_IN_USE: ({ account, use }) => ({
    fields: ['account'],
    fr: `Le compte ${account} sert encore (${use}) : remplacez-le là avant de le fermer.`,
    en: `Account ${account} is still used (${use}): replace it there before closing it.`,
  }),
  JOURNAL_ALREADY_OPEN: ({ journal, label }) => ({
    fields: ['journal'],
    fr: `Le journal ${journal} existe déjà : « ${label} » (champ « journal »).`,
    en: `Journal ${journal} already exists: "${label}" (field "journal").`,
  }),
  TREASURY_ACCOUNT_REQUIRED: ({ journal }) => ({
    fields: ['treasuryAccount'],
    fr: `Le journal ${journal} est de trésorerie : attendu son compte 51 ou 53 (champ « treasuryAccount »).`,
    en: `Journal ${journal} is of treasury: expected its account 51 or 53 (field "treasuryAccount").`,
  }),
  TREASURY_ACCOUNT_FORBIDDEN: ({ journal }) => ({
    fields: ['treasuryAccount'],
    fr: `Le journal ${journal} n’est pas de trésorerie : champ « treasuryAccount » attendu absent.`,
    en: `Journal ${journal} is not of treasury: field "treasuryAccount" must be absent.`,
  }),
  JOURNAL_NOT_FOUND: ({ journal }) => ({
    fields: ['journal'],
    fr: `Le journal ${journal} n’est pas ouvert (champ « journal ») : attendu un journal de cette entité.`,
    en: `Journal ${journal} is not open (field "journal"): expected a journal of this entity.`,
  }),
  POSTING_ACCOUNT_UNSUITABLE: ({ field, account }) => ({
    fields: [field],
    fr: `Le compte ${account} ne convient pas au champ « ${field} » : attendu un compte de la racine du plan prévue (411, 4457 distincts, 7085, 51 ou 53).`,
    en: `Account ${account} does not suit field "${field}": expected one below the chart’s root for it (411, two different 4457, 7085, 51 or 53).`,
  }),
  POSTING_JOURNAL_UNSUITABLE: ({ field, journal }) => ({
    fields: [field],
    fr: `Le journal ${journal} ne convient pas au champ « ${field} » : attendu un journal de ventes, ou d’opérations diverses.`,
    en: `Journal ${journal} does not suit field "${field}": expected a sales, or an operations journal.`,
  }),
})

const entrySentences = sentencesFor<EntryRejection>({
  ENTRY_TOO_FEW_LINES: ({ lines }) => ({
    fields: ['lines'],
    fr: `L’écriture a ${lines} ligne(s) : attendu au moins 2 (champ « lines »).`,
    en: `The entry has ${lines} line(s): expected at least 2 (field "lines").`,
  }),
  ENTRY_TOO_MANY_LINES: ({ lines, max }) => ({
    fields: ['lines'],
    fr: `L’écriture a ${lines} lignes : attendu ${max} au plus (champ « lines »).`,
    en: `The entry has ${lines} lines: expected at most ${max} (field "lines").`,
  }),
  LINE_AMOUNT_NOT_POSITIVE: ({ line, amount }) => ({
    fields: ['amount'],
    fr: `Ligne ${line} : montant ${amountIn(amount).fr}, attendu un montant positif (champ « amount »).`,
    en: `Line ${line}: amount ${amountIn(amount).en}, expected one above zero (field "amount").`,
  }),
  AMOUNT_OUT_OF_BOUNDS: ({ amount }) => ({
    fields: ['lines'],
    fr: `Le total de l’écriture (${amountIn(amount).fr}) dépasse ce qui peut être enregistré (10^14 centimes).`,
    en: `The entry’s total (${amountIn(amount).en}) exceeds what can be recorded (10^14 cents).`,
  }),
  ENTRY_UNBALANCED: ({ debit, credit }) => ({
    fields: ['lines'],
    fr: `L’écriture n’est pas équilibrée : débit ${amountIn(debit).fr}, crédit ${amountIn(credit).fr} ; attendu deux totaux égaux.`,
    en: `The entry does not balance: debit ${amountIn(debit).en}, credit ${amountIn(credit).en}; expected equal totals.`,
  }),
  JOURNAL_UNKNOWN: ({ journal }) => ({
    fields: ['journal'],
    fr: `Le journal ${journal} n’est pas ouvert dans ces livres (champ « journal »).`,
    en: `Journal ${journal} is not open in these books (field "journal").`,
  }),
  ACCOUNT_UNKNOWN: ({ line, account }) => ({
    fields: ['account'],
    fr: `Ligne ${line} : le compte ${account} n’existe pas (champ « account ») ; attendu un compte du plan d’au moins 3 chiffres.`,
    en: `Line ${line}: account ${account} does not exist (field "account"); expected one of the chart, of at least 3 digits.`,
  }),
  ACCOUNT_NO_LONGER_OPEN: ({ line, account }) => ({
    fields: ['account'],
    fr: `Ligne ${line} : le compte ${account} est fermé (champ « account ») ; attendu un compte ouvert.`,
    en: `Line ${line}: account ${account} is closed (field "account"); expected an open one.`,
  }),
  AUXILIARY_MISSING: ({ line, account, kind }) => ({
    fields: ['auxiliary'],
    fr: `Ligne ${line} : le compte ${account} est tenu par tiers ; attendu ${KINDS[kind].fr} (champ « auxiliary » : ${kind}).`,
    en: `Line ${line}: account ${account} is kept by third party; expected ${KINDS[kind].en} (field "auxiliary": ${kind}).`,
  }),
  AUXILIARY_FORBIDDEN: ({ line, account }) => ({
    fields: ['auxiliary'],
    fr: `Ligne ${line} : le compte ${account} n’est pas tenu par tiers ; champ « auxiliary » attendu absent.`,
    en: `Line ${line}: account ${account} is not kept by third party; field "auxiliary" must be absent.`,
  }),
  SUPPLIERS_NOT_KEPT: ({ line, account }) => ({
    fields: ['auxiliary'],
    fr: `Ligne ${line} : le compte ${account} est celui des fournisseurs, qui ne sont pas encore tenus ici un par un ; champ « auxiliary » attendu absent.`,
    en: `Line ${line}: account ${account} is that of suppliers, who are not kept here one by one as yet; field "auxiliary" must be absent.`,
  }),
})

const periodSentences = sentencesFor<PeriodRejection>({
  PERIOD_IS_CUT: ({ period }) => ({
    fields: ['period'],
    fr: `Le mois ${period} est arrêté définitivement (champ « period ») : ses journaux ne se verrouillent ni ne se rouvrent plus.`,
    en: `Month ${period} is cut for ever (field "period"): its journals can no longer be locked or unlocked.`,
  }),
  PERIOD_NOT_CUT: ({ period }) => ({
    fields: ['period'],
    fr: `Le mois ${period} n’est pas arrêté : arrêtez-le avant de le clôturer.`,
    en: `Month ${period} is not cut: cut it before closing it.`,
  }),
  PERIOD_ALREADY_CLOSED: ({ period }) => ({
    fields: ['period'],
    fr: `Le mois ${period} est déjà clôturé, avec d’autres totaux.`,
    en: `Month ${period} is already closed, with other totals.`,
  }),
  PERIOD_NOT_OVER: ({ period, endsOn }) => ({
    fields: ['period'],
    fr: `Le mois ${period} n’est pas fini (champ « period ») : il s’arrête après le ${dayText(endsOn).fr}.`,
    en: `Month ${period} is not over (field "period"): it can be cut after ${endsOn}.`,
  }),
  PERIOD_WITHOUT_FISCAL_YEAR: ({ period }) => ({
    fields: ['period'],
    fr: `Aucun exercice ouvert ne contient le mois ${period} (champ « period »).`,
    en: `No fiscal year that was opened holds month ${period} (field "period").`,
  }),
  NEXT_FISCAL_YEAR_NOT_OPENED: ({ period, firstDay }) => ({
    fields: ['period'],
    fr: `Aucun exercice ouvert ne contient le ${dayText(firstDay).fr}, où irait ce qui arrive après l’arrêt de ${period} (champ « period ») : ouvrez d’abord l’exercice suivant.`,
    en: `No fiscal year that was opened holds ${firstDay}, where what arrives after the cut of ${period} would go (field "period"): open the next year first.`,
  }),
  PERIOD_BEFORE_NOT_CUT: ({ period, before }) => ({
    fields: ['period'],
    fr: `Le mois ${before} n’est pas arrêté : arrêtez-le avant ${period} (champ « period »).`,
    en: `Month ${before} is not cut: cut it before ${period} (field "period").`,
  }),
  REQUESTS_UNANSWERED: ({ period, count, series }) => ({
    fields: ['period'],
    fr: `${count} document(s) de ${period} ou d’avant attendent encore leur numéro (série ${series.join(', ')}) : réessayez dans un instant.`,
    en: `${count} document(s) of ${period} or before still wait for their number (series ${series.join(', ')}): try again in a moment.`,
  }),
})

/** Nothing where the day is today's, which no field names. */
const inField = (field: string | undefined) => ({
  fr: field === undefined ? '' : ` (champ « ${field} »)`,
  en: field === undefined ? '' : ` (field "${field}")`,
})

const nextOpen = (day: string | undefined) => ({
  fr:
    day === undefined
      ? 'aucun jour ouvert dans les exercices ouverts'
      : `premier jour ouvert : ${dayText(day).fr}`,
  en: day === undefined ? 'no open day in the fiscal years opened' : `first open day: ${day}`,
})

const daySentences = sentencesFor<DayRejection>({
  DAY_WITHOUT_FISCAL_YEAR: ({ day, field, journal }) => ({
    fields: field === undefined ? [] : [field],
    fr: `Aucun exercice ouvert ne contient le ${dayText(day).fr}${inField(field).fr} (journal ${journal}) : attendu une date d’un exercice ouvert.`,
    en: `No fiscal year that was opened holds ${day}${inField(field).en} (journal ${journal}): expected a day of one.`,
  }),
  PERIOD_CLOSED_FOR_ENTRIES: ({ day, field, journal, period, firstOpenDay }) => ({
    fields: field === undefined ? [] : [field],
    fr: `Le mois ${period} est clos : le journal ${journal} ne prend plus d’écriture au ${dayText(day).fr}${inField(field).fr} ; ${nextOpen(firstOpenDay).fr}.`,
    en: `Month ${period} is closed: journal ${journal} takes no entry on ${day}${inField(field).en}; ${nextOpen(firstOpenDay).en}.`,
  }),
  JOURNAL_LOCKED_FOR_ENTRIES: ({ day, field, journal, period, firstOpenDay }) => ({
    fields: field === undefined ? [] : [field],
    fr: `Le journal ${journal} est verrouillé pour ${period} : pas d’écriture au ${dayText(day).fr}${inField(field).fr} ; ${nextOpen(firstOpenDay).fr}.`,
    en: `Journal ${journal} is locked for ${period}: no entry on ${day}${inField(field).en}; ${nextOpen(firstOpenDay).en}.`,
  }),
})

type OfManualEntry = Exclude<ManualEntryRejection, EntryRejection>

const manualEntrySentences = sentencesFor<OfManualEntry>({
  MANUAL_ENTRY_NOT_FOUND: () => ({
    fields: ['entryId'],
    fr: 'Cette écriture n’existe pas (champ « entryId »).',
    en: 'This entry does not exist (field "entryId").',
  }),
  MANUAL_ENTRY_ALREADY_EXISTS: () => ({
    fields: ['entryId'],
    fr: 'Une autre écriture porte déjà cet identifiant (champ « entryId »).',
    en: 'Another entry already has this id (field "entryId").',
  }),
  MANUAL_ENTRY_CANCELLED: () => ({
    fields: ['entryId'],
    fr: 'Cette écriture a été abandonnée : préparez-en une autre.',
    en: 'This entry was cancelled: draft another one.',
  }),
  MANUAL_ENTRY_ALREADY_VALIDATED: () => ({
    fields: ['entryId'],
    fr: 'Cette écriture est validée : elle ne change plus, elle s’extourne.',
    en: 'This entry is validated: it can no longer change, only be reversed.',
  }),
  MANUAL_ENTRY_NOT_VALIDATED: () => ({
    fields: ['entryId'],
    fr: 'Cette écriture n’est pas validée : il n’y a rien à extourner.',
    en: 'This entry is not validated: there is nothing to reverse.',
  }),
  MANUAL_ENTRY_ALREADY_REVERSED: ({ reversedOn }) => ({
    fields: ['entryId'],
    fr: `Cette écriture a déjà été extournée le ${dayText(reversedOn).fr}.`,
    en: `This entry was already reversed on ${reversedOn}.`,
  }),
  DOCUMENT_DATE_TOO_LATE: ({ documentDate, latest }) => ({
    fields: ['documentDate'],
    fr: `La pièce est datée du ${dayText(documentDate).fr} (champ « documentDate ») : attendu le ${dayText(latest).fr} au plus tard.`,
    en: `The document is dated ${documentDate} (field "documentDate"): expected ${latest} at the latest.`,
  }),
  REVERSED_BEFORE_ENTRY: ({ accountingDate }) => ({
    fields: ['reversedOn'],
    fr: `L’extourne précède l’écriture : attendu le ${dayText(accountingDate).fr} ou plus tard (champ « reversedOn »).`,
    en: `The reversal comes before the entry: expected ${accountingDate} or later (field "reversedOn").`,
  }),
})

const auxiliarySentences = sentencesFor<AuxiliaryRejection>({
  AUXILIARY_SUPPLIER_UNKNOWN: ({ field, supplierId }) => ({
    fields: [field],
    fr: `Le fournisseur ${supplierId} n’est connu de personne (champ « ${field} ») : les fournisseurs ne sont pas encore tenus ici un par un ; attendu absent.`,
    en: `Supplier ${supplierId} is known to nobody (field "${field}"): suppliers are not kept here one by one as yet; expected absent.`,
  }),
  AUXILIARY_PERSON_NOT_FOUND: ({ field, personId }) => ({
    fields: [field],
    fr: `La personne ${personId} n’est pas un utilisateur (champ « ${field} ») : attendu un utilisateur enregistré, même parti.`,
    en: `Person ${personId} is not a user (field "${field}"): expected a registered one, who may have left.`,
  }),
  AUXILIARY_CODE_NOT_OF_PERSON: ({ field, personCode, expected }) => ({
    fields: [field],
    fr: `Le code ${personCode} n’est pas celui de cette personne (champ « ${field} ») : attendu son identifiant, ${expected}.`,
    en: `Code ${personCode} is not this person’s (field "${field}"): expected the identifier, ${expected}.`,
  }),
  AUXILIARY_CUSTOMER_NOT_FOUND: ({ field, customerId }) => ({
    fields: [field],
    fr: `Le client ${customerId} n’existe pas (champ « ${field} ») : attendu un client enregistré.`,
    en: `Customer ${customerId} does not exist (field "${field}"): expected a registered one.`,
  }),
  AUXILIARY_CODE_NOT_OF_CUSTOMER: ({ field, customerCode, expected }) => ({
    fields: [field],
    fr: `Le code ${customerCode} n’est pas celui de ce client (champ « ${field} ») : attendu ${expected}.`,
    en: `Code ${customerCode} is not this customer’s (field "${field}"): expected ${expected}.`,
  }),
})

export const ledgerSentences = {
  ...chartSentences,
  ...entrySentences,
  ...periodSentences,
  ...daySentences,
  ...manualEntrySentences,
  ...auxiliarySentences,
}
