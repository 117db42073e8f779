import { roleWords } from '../../frame/words.ts'
import { choice, several } from '../../shapes/shapes.tsx'
import { dictionary } from '../../words/words.ts'

export const words = dictionary('organisation.users', {
  name: { fr: 'Nom', en: 'Name' },
  login: { fr: 'Identifiant', en: 'Login' },
  kind: { fr: 'Nature', en: 'Kind' },
  human: { fr: 'personne', en: 'person' },
  program: { fr: 'programme', en: 'program' },
  roles: { fr: 'Rôles', en: 'Roles' },
  role: { fr: 'Rôle', en: 'Role' },
  place: { fr: 'Société', en: 'Company' },
  grants: { fr: 'Droits', en: 'Rights' },
  state: { fr: 'État', en: 'State' },
  active: { fr: 'actif', en: 'active' },
  left: { fr: 'parti', en: 'left' },
  secondFactor: { fr: 'Second facteur', en: 'Second factor' },
  invitedUntil: { fr: 'Invitation jusqu’au', en: 'Invited until' },
  issuer: { fr: 'Fournisseur d’identité', en: 'Identity provider' },
  rightsFrom: { fr: 'Droits donnés par', en: 'Rights given by' },
  administrators: { fr: 'les administrateurs', en: 'administrators' },
  groups: { fr: 'les groupes du fournisseur', en: 'groups of the provider' },
  registeredAt: { fr: 'Enregistré le', en: 'Registered' },
  leftOn: { fr: 'Parti le', en: 'Left on' },
  empty: { fr: 'Aucun utilisateur pour l’instant', en: 'No user yet' },
  register: { fr: 'Enregistrer', en: 'Register' },
  isRegistered: {
    fr: 'Compte enregistré : créez maintenant son lien d’invitation',
    en: 'Account registered: now make its invitation link',
  },
  changeGrants: { fr: 'Changer les droits', en: 'Change rights' },
  grantsChanged: { fr: 'Droits changés', en: 'Rights changed' },
  leave: { fr: 'Noter le départ', en: 'Write down the departure' },
  hasLeft: { fr: 'Départ noté : le compte n’ouvre plus', en: 'Departure noted: the account opens no more' },
  resetFactor: { fr: 'Lever le second facteur', en: 'Reset the second factor' },
  factorReset: { fr: 'Second facteur levé', en: 'Second factor reset' },
  unlink: { fr: 'Rompre le lien au fournisseur d’identité', en: 'End the link to the identity provider' },
  unlinked: { fr: 'Lien rompu', en: 'Link ended' },
  withdraw: { fr: 'Retirer l’invitation', en: 'Withdraw the invitation' },
  withdrawn: { fr: 'Invitation retirée', en: 'Invitation withdrawn' },
  access: { fr: 'Accès', en: 'Access' },
  invite: { fr: 'Créer un lien d’invitation', en: 'Make an invitation link' },
  inviteHint: {
    fr: 'La personne choisit son mot de passe par ce lien, une seule fois. Il remplace le lien précédent et vaut {{days}} jours.',
    en: 'By this link the person chooses a password, once. It replaces the link before and is good for {{days}} days.',
  },
  linkTitle: { fr: 'Lien d’invitation', en: 'Invitation link' },
  linkHint: {
    fr: 'Copiez-le maintenant et transmettez-le vous-même : il ne sera plus montré.',
    en: 'Copy it now and pass it on yourself: it will not be shown again.',
  },
  tokens: { fr: 'Jetons', en: 'Tokens' },
  noToken: { fr: 'Aucun jeton', en: 'No token' },
  tokenLabel: { fr: 'Usage', en: 'Use' },
  expiresAt: { fr: 'Expire le', en: 'Expires' },
  revokedAt: { fr: 'Révoqué le', en: 'Revoked' },
  issue: { fr: 'Émettre un jeton', en: 'Issue a token' },
  tokenTitle: { fr: 'Jeton', en: 'Token' },
  tokenHint: {
    fr: 'Copiez-le maintenant dans le programme qui s’en sert : il ne sera plus montré.',
    en: 'Copy it now into the program that uses it: it will not be shown again.',
  },
  revoke: { fr: 'Révoquer « {{label}} »', en: 'Revoke “{{label}}”' },
})

export const userKind = choice({ human: words.human, program: words.program })
export const userState = choice({ true: [words.active, 'good'], false: [words.left, 'quiet'] })
export const rightsFrom = choice({ administrators: words.administrators, groups: words.groups })
export const role = choice(roleWords)

export const roles = several(role)
