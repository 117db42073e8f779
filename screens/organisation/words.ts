import { dictionary } from '../words/words.ts'

export const words = dictionary('organisation', {
  organisation: { fr: 'Organisation', en: 'Organisation' },
  users: { fr: 'Utilisateurs', en: 'Users' },
  user: { fr: 'Utilisateur', en: 'User' },
  newUser: { fr: 'Nouvel utilisateur', en: 'New user' },
  companies: { fr: 'Sociétés', en: 'Companies' },
  company: { fr: 'Société', en: 'Company' },
  newCompany: { fr: 'Nouvelle société', en: 'New company' },
  rights: { fr: 'Droits', en: 'Rights' },
  signInRules: { fr: 'Règles de connexion', en: 'Sign-in rules' },
  account: { fr: 'Mon compte', en: 'My account' },
})
