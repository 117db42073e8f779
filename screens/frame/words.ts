import { dictionary } from '../words/words.ts'

export const words = dictionary('frame', {
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  login: { fr: 'Identifiant', en: 'Login' },
  password: { fr: 'Mot de passe', en: 'Password' },
  code: { fr: 'Code', en: 'Code' },
  codeHint: {
    fr: 'Celui que montre votre application, ou un code de secours',
    en: 'The one that your application shows, or a recovery code',
  },
  account: { fr: 'Mon compte', en: 'My account' },
  throughProvider: { fr: 'Se connecter par {{provider}}', en: 'Sign in through {{provider}}' },
  signInStale: {
    fr: 'Cette connexion a trop tardé ou vient d’un autre navigateur : recommencez.',
    en: 'This sign-in took too long or comes from another browser: begin again.',
  },
  providerRefused: {
    fr: 'La réponse du fournisseur d’identité n’est pas celle attendue : recommencez.',
    en: 'The answer of the identity provider is not the expected one: begin again.',
  },
  providerUnavailable: {
    fr: 'Le fournisseur d’identité ne répond pas ; la connexion par mot de passe reste possible.',
    en: 'The identity provider does not answer; signing in by password goes on.',
  },
  userUnknown: {
    fr: 'Vous n’avez pas de compte ici : un administrateur peut en créer un.',
    en: 'You have no account here: an administrator can make one.',
  },
  accountClosed: { fr: 'Ce compte n’ouvre plus.', en: 'This account opens no more.' },
  noRole: {
    fr: 'Aucun de vos groupes ne donne de droit ici : un administrateur peut y remédier.',
    en: 'None of your groups gives a right here: an administrator can help.',
  },
  loginTaken: {
    fr: 'Votre identifiant est déjà celui d’un compte : connectez-vous par mot de passe, puis liez-le dans « Mon compte ».',
    en: 'Your login is that of an account already: sign in by password, then link it under “My account”.',
  },
  identityTaken: {
    fr: 'Cette identité est déjà liée à un autre compte, ou ce compte à une autre identité.',
    en: 'This identity is linked to another account already, or this account to another identity.',
  },
  tagline: {
    fr: 'Chaque chiffre se remonte jusqu’à l’acte qui l’a causé.',
    en: 'Every figure can be followed back to the act that caused it.',
  },
  demonstrationUsers: { fr: 'Utilisateurs de la démonstration', en: 'Users of the demonstration' },
  demonstrationHint: {
    fr: 'Tout est inventé. Choisissez un rôle pour entrer.',
    en: 'All of it is made up. Choose a role to enter.',
  },
  sandbox: {
    fr: 'Bac à sable « {{name}} » : rien n’y fait foi.',
    en: 'Sandbox “{{name}}”: nothing in it counts.',
  },
  sandboxLabel: { fr: 'Bac à sable', en: 'Sandbox' },
  sessionOver: { fr: 'Votre session est terminée', en: 'Your session is over' },
  sessionOverHint: {
    fr: 'Reconnectez-vous pour continuer : rien de ce que vous avez saisi n’est perdu.',
    en: 'Sign in again to go on: nothing you typed is lost.',
  },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  navigation: { fr: 'Navigation', en: 'Navigation' },
  openNavigation: { fr: 'Ouvrir la navigation', en: 'Open navigation' },
  home: { fr: 'Accueil', en: 'Home' },
  palette: { fr: 'Chercher ou agir', en: 'Search or act' },
  palettePlaceholder: {
    fr: 'Un écran, une action, un numéro, un nom…',
    en: 'A screen, an action, a number, a name…',
  },
  paletteNothing: { fr: 'Rien ne correspond.', en: 'Nothing matches.' },
  screens: { fr: 'Écrans', en: 'Screens' },
  actions: { fr: 'Actions', en: 'Actions' },
  found: { fr: 'Trouvé', en: 'Found' },
  pinned: { fr: 'Épinglés', en: 'Pinned' },
  pin: { fr: 'Épingler', en: 'Pin' },
  here: { fr: 'Ici', en: 'Here' },
  recent: { fr: 'Récents', en: 'Recent' },
  entity: { fr: 'Société', en: 'Company' },
  allEntities: { fr: 'Toutes les sociétés', en: 'All companies' },
  whichEntity: { fr: 'Pour quelle société ?', en: 'For which company?' },
  whichEntityHint: {
    fr: 'Cet écran est celui d’une seule société. Celle que vous choisissez est dite en tête, et dans l’adresse.',
    en: 'This screen is that of a single company. The one you choose is said at its head, and in the address.',
  },
  language: { fr: 'Langue', en: 'Language' },
  appearance: { fr: 'Apparence', en: 'Appearance' },
  light: { fr: 'Claire', en: 'Light' },
  dark: { fr: 'Sombre', en: 'Dark' },
  system: { fr: 'Celle du système', en: 'As the system' },
  shortcuts: { fr: 'Raccourcis clavier', en: 'Keyboard shortcuts' },
  shortcutPalette: { fr: 'Chercher ou agir', en: 'Search or act' },
  shortcutHelp: { fr: 'Cette liste', en: 'This list' },
  shortcutSearch: { fr: 'Chercher dans la liste', en: 'Search in the list' },
  shortcutRows: { fr: 'Ligne suivante, précédente', en: 'Next, previous row' },
  shortcutOpen: { fr: 'Ouvrir la ligne', en: 'Open the row' },
  shortcutChoose: {
    fr: 'Choisir la ligne ; avec les flèches, plusieurs',
    en: 'Select the row; with arrows, several',
  },
  shortcutChooseAll: { fr: 'Choisir toutes les lignes', en: 'Select all rows' },
  shortcutNew: { fr: 'Nouveau', en: 'New' },
  shortcutSend: { fr: 'Valider le formulaire', en: 'Send the form' },
  offline: {
    fr: 'Le programme ne répond pas. Ce que vous avez saisi est gardé ; tout reprendra de soi-même.',
    en: 'The program does not answer. What you typed is kept; everything will go on by itself.',
  },
  back: { fr: 'Le programme répond à nouveau.', en: 'The program answers again.' },
  loading: { fr: 'Chargement…', en: 'Loading…' },
  failed: { fr: 'Cet écran n’a pas pu s’afficher', en: 'This screen could not be shown' },
  tryAgain: { fr: 'Réessayer', en: 'Try again' },
  notFound: { fr: 'Cette page n’existe pas', en: 'There is no such page' },
  notFoundHint: {
    fr: 'Le lien est peut-être ancien. Ctrl-K trouve tout ce que vous pouvez ouvrir.',
    en: 'The link may be old. Ctrl-K finds all that you may open.',
  },
  noDocument: { fr: 'Ce document n’existe pas', en: 'There is no such document' },
  noDocumentHint: {
    fr: 'Le lien est peut-être incomplet, ou le document n’est pas dans vos droits. Ctrl-K trouve par numéro ou par nom.',
    en: 'The link may be incomplete, or the document not within your rights. Ctrl-K finds by number or by name.',
  },
  notYours: { fr: 'Cet écran n’est pas dans vos droits', en: 'This screen is not within your rights' },
  notYoursHint: {
    fr: 'Un administrateur peut vous donner le rôle qu’il faut.',
    en: 'An administrator can give you the role it takes.',
  },
  close: { fr: 'Fermer', en: 'Close' },
  roleSales: { fr: 'Commerce', en: 'Sales' },
  roleBilling: { fr: 'Facturation', en: 'Billing' },
  roleAccountant: { fr: 'Comptable', en: 'Accountant' },
  roleChiefAccountant: { fr: 'Chef comptable', en: 'Chief accountant' },
  roleAuditor: { fr: 'Auditeur', en: 'Auditor' },
  roleAnalyst: { fr: 'Analyste', en: 'Analyst' },
  roleAdministrator: { fr: 'Administrateur', en: 'Administrator' },
})

/** Why somebody whom the identity provider sent back does not come in, by the code of the API. */
export const refusalWords = {
  SIGN_IN_STALE: words.signInStale,
  PROVIDER_REFUSED: words.providerRefused,
  PROVIDER_UNAVAILABLE: words.providerUnavailable,
  USER_UNKNOWN: words.userUnknown,
  ACCOUNT_CLOSED: words.accountClosed,
  NO_ROLE: words.noRole,
  LOGIN_TAKEN: words.loginTaken,
  IDENTITY_TAKEN: words.identityTaken,
} as const

/** What a role is called. */
export const roleWords = {
  sales: words.roleSales,
  billing: words.roleBilling,
  accountant: words.roleAccountant,
  chiefAccountant: words.roleChiefAccountant,
  auditor: words.roleAuditor,
  analyst: words.roleAnalyst,
  administrator: words.roleAdministrator,
} as const
