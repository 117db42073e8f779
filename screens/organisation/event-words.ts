import type { EventWords } from '../documents/declaration.ts'
import { roleWords } from '../frame/words.ts'
import { dictionary, say } from '../words/words.ts'

const words = dictionary('organisation.events', {
  registered: { fr: 'Compte enregistré : {{roles}}', en: 'Account registered: {{roles}}' },
  grantsChanged: { fr: 'Droits changés : {{roles}}', en: 'Rights changed: {{roles}}' },
  noRole: { fr: 'aucun rôle', en: 'no role' },
  passwordSet: { fr: 'Mot de passe choisi', en: 'Password set' },
  tokenIssued: { fr: 'Jeton « {{label}} » émis', en: 'Token “{{label}}” issued' },
  tokenRevoked: { fr: 'Jeton révoqué', en: 'Token revoked' },
  invited: {
    fr: 'Lien d’invitation créé, valable jusqu’au {{until}}',
    en: 'Invitation link made, good until {{until}}',
  },
  accepted: { fr: 'Invitation acceptée', en: 'Invitation accepted' },
  withdrawn: { fr: 'Invitation retirée', en: 'Invitation withdrawn' },
  factorSet: { fr: 'Second facteur posé', en: 'Second factor set' },
  factorReset: { fr: 'Second facteur levé', en: 'Second factor reset' },
  identityLinked: { fr: 'Compte lié à {{issuer}}', en: 'Account linked to {{issuer}}' },
  identityUnlinked: { fr: 'Lien à {{issuer}} rompu', en: 'Link to {{issuer}} ended' },
  linkAbandoned: {
    fr: 'Lien à un fournisseur d’identité resté inachevé, abandonné',
    en: 'Link to an identity provider left unfinished, given up',
  },
  left: { fr: 'Parti le {{day}} : le compte n’ouvre plus', en: 'Left on {{day}}: the account opens no more' },
  companyRegistered: { fr: 'Société {{code}} enregistrée', en: 'Company {{code}} registered' },
  companyChanged: { fr: 'Société modifiée', en: 'Company changed' },
  regimeChosen: {
    fr: 'TVA sur les services {{services}} à partir du {{day}}',
    en: 'VAT on services {{services}} from {{day}} on',
  },
  onReceipts: { fr: 'à l’encaissement', en: 'on receipts' },
  onDebits: { fr: 'sur les débits', en: 'on debits' },
  yearOpened: {
    fr: 'Exercice {{year}} ouvert, du {{from}} au {{to}}',
    en: 'Fiscal year {{year}} opened, from {{from}} to {{to}}',
  },
  seriesOpened: {
    fr: 'Série {{series}} ouverte : {{pattern}}',
    en: 'Series {{series}} opened: {{pattern}}',
  },
  termsSet: {
    fr: 'Conditions de facturation : {{days}} jours',
    en: 'Terms of invoicing: {{days}} days',
  },
  loginClaimed: { fr: 'Identifiant réservé', en: 'Login reserved' },
})

interface Said {
  readonly grants?: readonly { readonly role: keyof typeof roleWords }[]
  readonly label?: string
  readonly expiresAt?: string
  readonly leftOn?: string
  readonly issuer?: string
}

const rolesOf = ({ grants = [] }: Said): string =>
  grants.length === 0
    ? say(words.noRole)
    : [...new Set(grants.map(({ role }) => role))].map(role => say(roleWords[role])).join(', ')

/** What happens to accounts, in words. */
export const userEvents: EventWords = {
  'organisation.KeyClaimed': () => [words.loginClaimed],
  'organisation.UserRegistered': (data: Said) => [words.registered, { roles: rolesOf(data) }],
  'organisation.UserGrantsChanged': (data: Said) => [words.grantsChanged, { roles: rolesOf(data) }],
  'organisation.UserPasswordSet': () => [words.passwordSet],
  'organisation.UserTokenIssued': ({ label = '' }: Said) => [words.tokenIssued, { label }],
  'organisation.UserTokenRevoked': () => [words.tokenRevoked],
  'organisation.UserInvited': ({ expiresAt }: Said, f) => [
    words.invited,
    { until: expiresAt === undefined ? '' : f.instant(expiresAt) },
  ],
  'organisation.UserInvitationAccepted': () => [words.accepted],
  'organisation.UserInvitationWithdrawn': () => [words.withdrawn],
  'organisation.UserSecondFactorSet': () => [words.factorSet],
  'organisation.UserSecondFactorReset': () => [words.factorReset],
  'organisation.UserIdentityLinked': ({ issuer = '' }: Said) => [words.identityLinked, { issuer }],
  'organisation.UserIdentityUnlinked': ({ issuer = '' }: Said) => [words.identityUnlinked, { issuer }],
  'organisation.UserIdentityLinkAbandoned': () => [words.linkAbandoned],
  'organisation.UserLeft': ({ leftOn }: Said, f) => [
    words.left,
    { day: leftOn === undefined ? '' : f.day(leftOn) },
  ],
}

interface SaidOfCompany {
  readonly code?: string
  readonly services?: 'receipts' | 'debits'
  readonly from?: string
  readonly year?: string
  readonly startsOn?: string
  readonly endsOn?: string
  readonly series?: string
  readonly pattern?: string
  readonly paymentTermDays?: number
}

/** What happens to legal entities, in words. */
export const companyEvents: EventWords = {
  'organisation.LegalEntityRegistered': ({ code = '' }: SaidOfCompany) => [words.companyRegistered, { code }],
  'organisation.LegalEntityChanged': () => [words.companyChanged],
  'organisation.VatRegimeChosen': ({ services, from = '' }: SaidOfCompany, f) => [
    words.regimeChosen,
    { services: say(services === 'debits' ? words.onDebits : words.onReceipts), day: f.day(from) },
  ],
  'organisation.FiscalYearOpened': ({ year = '', startsOn = '', endsOn = '' }: SaidOfCompany, f) => [
    words.yearOpened,
    { year, from: f.day(startsOn), to: f.day(endsOn) },
  ],
  'organisation.NumberSeriesOpened': ({ series = '', pattern = '' }: SaidOfCompany) => [
    words.seriesOpened,
    { series, pattern },
  ],
  'organisation.InvoicingTermsSet': ({ paymentTermDays = 0 }: SaidOfCompany) => [
    words.termsSet,
    { days: String(paymentTermDays) },
  ],
}
