import { dictionary } from '../words/words.ts'

export const words = dictionary('organisation', {
  organisation: { fr: 'Organisation', en: 'Organisation' },
  users: { fr: 'Utilisateurs', en: 'Users' },
  user: { fr: 'Utilisateur', en: 'User' },
  newUser: { fr: 'Nouvel utilisateur', en: 'New user' },
  rights: { fr: 'Droits', en: 'Rights' },
  signInRules: { fr: 'Règles de connexion', en: 'Sign-in rules' },
  account: { fr: 'Mon compte', en: 'My account' },
})
