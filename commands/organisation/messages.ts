import type { LegalEntityRejection } from '../../domain/organisation/legal-entity-decisions.ts'
import type { LogRejection } from '../../domain/organisation/log.ts'
import type { PersonRejection } from '../../domain/organisation/person.ts'
import type { KeyKind } from '../../domain/organisation/claim.events.ts'
import type { UniqueKeyRejection } from '../../domain/organisation/unique-key.ts'
import type { UserRejection } from '../../domain/organisation/user.ts'
import type { IdentifierRejection } from '../../domain/shared/identifiers.ts'
import type { Purpose } from '../../domain/shared/protected.ts'
import { sentencesFor, type Sentence } from '../definition.ts'
import { identitySentences } from '../identity-sentences.ts'
import { dayText } from '../wording.ts'
import type { KeyInUse } from './unfinished-claims.ts'
import type { PolicyRejection } from './sign-in-policy.ts'
import type { GrantRejection } from './users.ts'

/** The field that a key of each kind comes from, as people call it. A kind without a name is called by itself. */
const KEY_FIELDS: Readonly<Record<string, Sentence>> = {
  login: { fr: "l'identifiant de connexion (« login »)", en: 'the login ("login")' },
  identity: {
    fr: 'le compte chez le fournisseur d’identité (« identity »)',
    en: 'the account at the identity provider ("identity")',
  },
  customerCode: { fr: 'le code client (« code »)', en: 'the customer code ("code")' },
  productCode: { fr: "le code de l'article (« code »)", en: 'the product code ("code")' },
  orderNumber: { fr: 'le numéro de commande (« number »)', en: 'the order number ("number")' },
  bankReference: {
    fr: 'la référence bancaire (« bankReference »)',
    en: 'the bank reference ("bankReference")',
  },
  legalEntityCode: { fr: "le code de l'entité (« code »)", en: 'the code of the entity ("code")' },
}
const keyField = (kind: string): Sentence => KEY_FIELDS[kind] ?? { fr: `« ${kind} »`, en: `"${kind}"` }

/** The field of the input that a key of each kind comes from. */
const KEY_NAMES: Readonly<Record<KeyKind, string>> = {
  login: 'login',
  identity: 'subject',
  customerCode: 'code',
  productCode: 'code',
  orderNumber: 'number',
  bankReference: 'bankReference',
  legalEntityCode: 'code',
}
const keyFields = (kind: string): readonly string[] => (kind in KEY_NAMES ? [KEY_NAMES[kind as KeyKind]] : [])

const keySentences = sentencesFor<UniqueKeyRejection | KeyInUse>({
  KEY_TAKEN: ({ kind }) => ({
    fields: keyFields(kind),
    fr: `Déjà pris : ${keyField(kind).fr} a cette valeur ailleurs ; attendue une valeur que personne n'a.`,
    en: `Already taken: ${keyField(kind).en} has this value elsewhere; expected a value that nobody has.`,
  }),
  KEY_NOT_HELD: ({ kind, ownerStream }) => ({
    fields: [],
    fr: `${ownerStream} ne détient pas ${keyField(kind).fr} : il n'y a rien à libérer pour lui.`,
    en: `${ownerStream} does not hold ${keyField(kind).en}: there is nothing to free for it.`,
  }),
  KEY_IN_USE: ({ kind, ownerStream }) => ({
    fields: ['digest'],
    fr: `Champ « digest » : ${keyField(kind).fr} sert à ${ownerStream}, qui existe ; seule une clé sans titulaire se libère.`,
    en: `Field "digest": ${keyField(kind).en} is in use by ${ownerStream}, which exists; only a key without an owner is freed.`,
  }),
})

export const logSentences = sentencesFor<LogRejection>({
  LOG_NOT_OPEN: () => ({
    fields: [],
    fr: "Le journal n'est pas ouvert : attendu un journal créé par « grandlivre init » ou « start ».",
    en: 'The log is not open: expected a log created by "grandlivre init" or "start".',
  }),
  LOG_MOVED: ({ target }) => ({
    fields: [],
    fr: `Ce journal a été déplacé vers ${target} : rien ne s'y inscrit plus ici.`,
    en: `This log was moved to ${target}: nothing more is recorded here.`,
  }),
  LOG_NOT_MOVED: () => ({
    fields: [],
    fr: "Le journal n'a pas été déplacé : il n'y a rien à rouvrir.",
    en: 'The log was not moved: there is nothing to open again.',
  }),
  CLOCK_UNCHANGED: ({ from }) => ({
    fields: ['from'],
    fr: `Champ « from » : ${from} est déjà le dernier instant connu du journal ; attendu un autre instant.`,
    en: `Field "from": ${from} is the latest instant of the log already; expected another one.`,
  }),
})

const legalEntitySentences = sentencesFor<
  Exclude<LegalEntityRejection, IdentifierRejection | { readonly code: 'CURRENCY_NOT_SUPPORTED' }>
>({
  LEGAL_ENTITY_NOT_FOUND: () => ({
    fields: ['entityId'],
    fr: 'Champ « entityId » : aucune entité juridique ne porte cet identifiant.',
    en: 'Field "entityId": no legal entity has this id.',
  }),
  LEGAL_ENTITY_EXISTS: ({ entityCode }) => ({
    fields: ['entityId'],
    fr: `Champ « entityId » : cet identifiant est déjà celui de l'entité ${entityCode} ; une nouvelle demande un nouvel UUID.`,
    en: `Field "entityId": this id is already that of entity ${entityCode}; a new one needs a new UUID.`,
  }),
  LEGAL_ENTITY_ABANDONED: () => ({
    fields: ['entityId'],
    fr: 'Champ « entityId » : un enregistrement inachevé a mis fin à cet identifiant ; recommencez avec un nouvel UUID.',
    en: 'Field "entityId": an unfinished registration has ended this id; start again with a new UUID.',
  }),
  TIME_ZONE_UNKNOWN: ({ timeZone }) => ({
    fields: ['timeZone'],
    fr: `Champ « timeZone » : ${timeZone} n'est pas un fuseau horaire IANA, tel que Europe/Paris.`,
    en: `Field "timeZone": ${timeZone} is not an IANA time zone, such as Europe/Paris.`,
  }),
  VAT_REGIME_NOT_IN_ORDER: ({ from, last }) => ({
    fields: ['from'],
    fr: `Champ « from » : attendu un jour après le ${dayText(last).fr}, début du dernier choix ; reçu le ${dayText(from).fr}.`,
    en: `Field "from": expected a day after ${last}, when the last choice began; got ${from}.`,
  }),
  FISCAL_YEAR_EXISTS: ({ year }) => ({
    fields: ['year'],
    fr: `Champ « year » : l'exercice ${year} existe déjà, avec d'autres dates ; attendu un autre nom.`,
    en: `Field "year": fiscal year ${year} already exists, with other dates; expected another name.`,
  }),
  FISCAL_YEAR_ENDS_BEFORE_START: ({ startsOn, endsOn }) => ({
    fields: ['endsOn'],
    fr: `Champ « endsOn » : le ${dayText(endsOn).fr} précède le début, le ${dayText(startsOn).fr}.`,
    en: `Field "endsOn": ${endsOn} comes before the start, ${startsOn}.`,
  }),
  FISCAL_YEAR_TOO_LONG: ({ endsOn, latest }) => ({
    fields: ['endsOn'],
    fr: `Champ « endsOn » : le ${dayText(endsOn).fr} ; un exercice dure 24 mois au plus, jusqu'au ${dayText(latest).fr}.`,
    en: `Field "endsOn": ${endsOn}; a fiscal year lasts 24 months at most, until ${latest}.`,
  }),
  FISCAL_YEAR_NOT_CONTIGUOUS: ({ startsOn, expected }) => ({
    fields: ['startsOn'],
    fr: `Champ « startsOn » : attendu le ${dayText(expected).fr}, lendemain de l'exercice précédent ; reçu le ${dayText(startsOn).fr}.`,
    en: `Field "startsOn": expected ${expected}, the day after the year before; got ${startsOn}.`,
  }),
  SERIES_EXISTS: ({ series }) => ({
    fields: ['series'],
    fr: `Champ « series » : la série ${series} existe déjà, autrement ; attendu un autre code.`,
    en: `Field "series": series ${series} already exists, otherwise; expected another code.`,
  }),
  SERIES_DOCUMENT_TWICE: ({ document }) => ({
    fields: ['documents'],
    fr: `Champ « documents » : « ${document} » y figure deux fois ; une fois suffit.`,
    en: `Field "documents": "${document}" is listed twice; once is enough.`,
  }),
  SERIES_NUMBER_TOO_LONG: ({ pattern, length }) => ({
    fields: ['pattern'],
    fr: `Champ « pattern » : ${pattern} donnerait des numéros de ${length} caractères ; attendu 35 au plus.`,
    en: `Field "pattern": ${pattern} would give numbers of ${length} characters; expected 35 at most.`,
  }),
  SERIES_PATTERN_CLASHES: ({ pattern, series }) => ({
    fields: ['pattern'],
    fr: `Champ « pattern » : ${pattern} pourrait donner un numéro de la série ${series} ; attendues d'autres lettres.`,
    en: `Field "pattern": ${pattern} could give a number of series ${series}; expected other letters.`,
  }),
  IBAN_INVALID: ({ iban }) => ({
    fields: ['iban'],
    fr: `Champ « iban » : ${iban} n'a pas la clé d'un IBAN (ISO 13616).`,
    en: `Field "iban": ${iban} has not the key of an IBAN (ISO 13616).`,
  }),
})

const userSentences = sentencesFor<UserRejection | GrantRejection | PolicyRejection>({
  USER_NOT_FOUND: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : aucun utilisateur ne porte cet identifiant.',
    en: 'Field "userId": no user has this id.',
  }),
  USER_EXISTS: ({ userId }) => ({
    fields: ['userId'],
    fr: `Champ « userId » : ${userId} est déjà un utilisateur ; un nouveau demande un nouvel UUID.`,
    en: `Field "userId": ${userId} is already a user; a new one needs a new UUID.`,
  }),
  USER_ABANDONED: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : un enregistrement inachevé a mis fin à cet identifiant ; recommencez avec un nouvel UUID.',
    en: 'Field "userId": an unfinished registration has ended this id; start again with a new UUID.',
  }),
  USER_LEFT: ({ leftOn }) => ({
    fields: ['userId'],
    fr: `L'utilisateur est parti le ${dayText(leftOn).fr} : son compte ne change plus.`,
    en: `The user left on ${leftOn}: the account does not change any more.`,
  }),
  USER_IS_NOT_ITS_PERSON: ({ userId, personId }) => ({
    fields: ['personId'],
    fr: `Champ « personId » : attendu ${userId}, l'identifiant de l'utilisateur ; reçu ${personId}.`,
    en: `Field "personId": expected ${userId}, the id of the user; got ${personId}.`,
  }),
  GRANT_TWICE: ({ role, entityId }) => ({
    fields: ['grants'],
    fr: `Champ « grants » : le rôle « ${role} » (${entityId}) y figure deux fois ; une fois suffit.`,
    en: `Field "grants": the role "${role}" (${entityId}) is listed twice; once is enough.`,
  }),
  GRANT_BEYOND_OWN: ({ role, entityId }) => ({
    fields: ['grants'],
    fr: `Champ « grants » : le rôle « ${role} » (${entityId}) ne peut être donné ou retiré que par un administrateur de cette entité.`,
    en: `Field "grants": the role "${role}" (${entityId}) can be given or taken only by an administrator of that entity.`,
  }),
  USER_BEYOND_OWN: ({ role, entityId }) => ({
    fields: ['userId'],
    fr: `Champ « userId » : cet utilisateur tient le rôle « ${role} » (${entityId}) ; attendu un administrateur de cette entité.`,
    en: `Field "userId": this user holds the role "${role}" (${entityId}); an administrator of that entity is expected.`,
  }),
  OWN_GRANTS: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : nul ne change ses propres droits ; attendu un autre administrateur.',
    en: 'Field "userId": nobody changes their own rights; another administrator is expected to.',
  }),
  OWN_DEPARTURE: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : nul ne note son propre départ ; attendu un autre administrateur.',
    en: 'Field "userId": nobody writes down their own departure; another administrator is expected to.',
  }),
  PROGRAM_HAS_NO_PASSWORD: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : un programme se connecte par un jeton, il n’a pas de mot de passe.',
    en: 'Field "userId": a program signs in with a token, it has no password.',
  }),
  TOKEN_EXPIRES_IN_PAST: ({ expiresAt, now }) => ({
    fields: ['expiresAt'],
    fr: `Champ « expiresAt » : ${expiresAt} est passé ; attendu un instant après ${now}.`,
    en: `Field "expiresAt": ${expiresAt} is past; expected an instant after ${now}.`,
  }),
  TOKEN_EXISTS: ({ tokenId }) => ({
    fields: ['tokenId'],
    fr: `Champ « tokenId » : ${tokenId} est déjà un autre jeton ; un nouveau demande un nouvel UUID.`,
    en: `Field "tokenId": ${tokenId} is already another token; a new one needs a new UUID.`,
  }),
  TOKEN_NOT_FOUND: ({ tokenId }) => ({
    fields: ['tokenId'],
    fr: `Champ « tokenId » : ${tokenId} n'est pas un jeton de cet utilisateur.`,
    en: `Field "tokenId": ${tokenId} is not a token of this user.`,
  }),
  INVITATION_EXPIRES_IN_PAST: ({ expiresAt, now }) => ({
    fields: ['expiresAt'],
    fr: `Champ « expiresAt » : ${expiresAt} est passé ; une invitation finit après ${now}.`,
    en: `Field "expiresAt": ${expiresAt} is past; an invitation ends after ${now}.`,
  }),
  INVITATION_OVER: () => ({
    fields: ['invitationId'],
    fr: 'Cette invitation (champ « invitationId ») n’ouvre plus rien : elle a servi, a expiré ou a été remplacée ; demandez-en une autre.',
    en: 'This invitation (field "invitationId") opens nothing any more: it was used, expired or was replaced; ask for another one.',
  }),
  OWN_SECOND_FACTOR: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : nul ne lève son propre second facteur ; attendu un autre administrateur.',
    en: 'Field "userId": nobody resets their own second factor; another administrator is expected to.',
  }),
  IDENTITY_LINKED: ({ issuer }) => ({
    fields: ['subject'],
    fr: `Champ « subject » : ce compte est déjà lié à une autre identité chez ${issuer} ; une seule est admise.`,
    en: `Field "subject": this account is linked to another identity at ${issuer} already; it has one at most.`,
  }),
  IDENTITY_LINK_ENDED: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : le lien de ce compte au fournisseur d’identité vient d’être rompu ou changé ; recommencez dans un instant.',
    en: 'Field "userId": the link of this account to the identity provider was just ended or changed; start again in a moment.',
  }),
  ONLY_SIGN_IN: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : ce compte n’a pas de mot de passe et ne s’ouvrirait plus ; choisissez-en un d’abord, ou demandez à un administrateur.',
    en: 'Field "userId": this account has no password and would open no more; set one first, or ask an administrator.',
  }),
  RIGHTS_NOT_FROM_GROUPS: () => ({
    fields: ['userId'],
    fr: 'Champ « userId » : les droits de cet utilisateur sont donnés par les administrateurs, non par des groupes.',
    en: 'Field "userId": the rights of this user are given by administrators, not by groups.',
  }),
  POLICY_BEYOND_OWN: () => ({
    fields: ['roles'],
    fr: 'Champ « roles » : la règle vaut partout ; attendu un administrateur de toutes les entités.',
    en: 'Field "roles": the rule holds everywhere; an administrator of all entities is expected.',
  }),
  DEPARTURE_IN_FUTURE: ({ leftOn, today }) => ({
    fields: ['leftOn'],
    fr: `Champ « leftOn » : le ${dayText(leftOn).fr} est à venir ; attendu au plus tard aujourd'hui, le ${dayText(today).fr}.`,
    en: `Field "leftOn": ${leftOn} is still to come; expected today, ${today}, at the latest.`,
  }),
})

const PURPOSE_NAMES: Readonly<Record<Purpose, Sentence>> = {
  account: { fr: 'compte utilisateur', en: 'user account' },
  prospecting: { fr: 'prospection', en: 'prospecting' },
  contract: { fr: 'contrat', en: 'contract' },
  accounting: { fr: 'comptabilité', en: 'accounting' },
}

const personSentences = sentencesFor<PersonRejection>({
  PERSON_NOT_FOUND: ({ personId }) => ({
    fields: ['personId'],
    fr: `Champ « personId » : rien n'est conservé sur ${personId} pour les finalités demandées.`,
    en: `Field "personId": nothing is kept of ${personId} for the purposes asked for.`,
  }),
  PERSON_STILL_USER: ({ personId }) => ({
    fields: ['personId'],
    fr: `Champ « personId » : ${personId} est encore utilisateur ; notez d'abord son départ.`,
    en: `Field "personId": ${personId} is still a user; write down the departure first.`,
  }),
  RETENTION_NOT_OVER: ({ kept }) => ({
    fields: ['purposes'],
    fr: `Champ « purposes » : conservation obligatoire ${kept.map(k => `jusqu'au ${dayText(k.until).fr} (${PURPOSE_NAMES[k.purpose].fr})`).join(', ')}.`,
    en: `Field "purposes": kept by law ${kept.map(k => `until ${k.until} (${PURPOSE_NAMES[k.purpose].en})`).join(', ')}.`,
  }),
})

/** What every rejection of the context says to a person. */
export const organisationSentences = {
  ...identitySentences,
  ...keySentences,
  ...logSentences,
  ...legalEntitySentences,
  ...userSentences,
  ...personSentences,
}
