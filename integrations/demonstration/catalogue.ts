/** What the house sells, and to whom. Prices in euros without VAT, as people write them. */

export interface DemonstrationProduct {
  readonly code: string
  readonly name: string
  readonly family: string
  readonly operation: 'goods' | 'services'
  /** UN/ECE Recommendation 20. */
  readonly unit: 'C62' | 'DAY' | 'HUR' | 'LS'
  /** Euros. */
  readonly price: number
  readonly vat: 'standard' | 'reduced' | 'exempt'
  readonly account: string
}

const consulting = (
  code: string,
  name: string,
  unit: 'DAY' | 'HUR' | 'LS',
  price: number,
): DemonstrationProduct => ({
  code,
  name,
  family: 'Conseil',
  operation: 'services',
  unit,
  price,
  vat: 'standard',
  account: '7061',
})
/** Continuing vocational training, exempt by CGI 261-4-4° a. */
const training = (code: string, name: string, unit: 'DAY' | 'HUR', price: number): DemonstrationProduct => ({
  code,
  name,
  family: 'Formation',
  operation: 'services',
  unit,
  price,
  vat: 'exempt',
  account: '7062',
})
const goods = (
  code: string,
  name: string,
  price: number,
  vat: 'standard' | 'reduced' = 'standard',
): DemonstrationProduct => ({
  code,
  name,
  family: 'Matériel',
  operation: 'goods',
  unit: 'C62',
  price,
  vat,
  account: '707',
})

export const products: readonly DemonstrationProduct[] = [
  consulting('CON-DIAG', 'Diagnostic d’organisation', 'LS', 4_800),
  consulting('CON-SEN', 'Journée de conseil, consultant senior', 'DAY', 950),
  consulting('CON-JUN', 'Journée de conseil, consultant', 'DAY', 640),
  consulting('CON-RGPD', 'Audit de conformité RGPD', 'LS', 3_200),
  consulting('CON-ASS', 'Assistance à distance', 'HUR', 85),
  consulting('LOC-SALLE', 'Location de salle équipée', 'DAY', 320),
  training('FOR-MAN', 'Formation : manager une équipe', 'DAY', 1_250),
  training('FOR-TAB', 'Formation : tableur, perfectionnement', 'DAY', 980),
  training('FOR-SST', 'Formation : sauveteur secouriste du travail', 'DAY', 1_100),
  training('FOR-VEN', 'Formation : négocier et vendre', 'DAY', 1_180),
  training('FOR-DIST', 'Formation à distance, heure tutorée', 'HUR', 60),
  goods('KIT-SST', 'Mallette de secourisme', 64.9),
  goods('KIT-PED', 'Kit pédagogique du stagiaire', 38.5),
  goods('LIV-MAN', 'Livre : « Le management au quotidien »', 24, 'reduced'),
  goods('TAB-10', 'Tablette 10 pouces préconfigurée', 249.9),
]

export interface DemonstrationCustomer {
  readonly code: string
  readonly name: string
  readonly address: {
    readonly line1: string
    readonly postcode: string
    readonly city: string
    readonly country: string
  }
  /** Whom we deal with there. */
  readonly contact?: {
    readonly name: string
    readonly role: string
    readonly email: string
    readonly phone: string
  }
  /** A natural person: privately, or as a sole trader. */
  readonly person?: 'private' | 'trader'
  readonly paymentTermDays?: number
}

const at = (line1: string, postcode: string, city: string, country = 'FR') => ({
  line1,
  postcode,
  city,
  country,
})
const contact = (name: string, role: string, email: string, phone: string) => ({ name, role, email, phone })

export const customers: readonly DemonstrationCustomer[] = [
  {
    code: 'KERGUELEN',
    name: 'Biscuiterie Kerguélen',
    address: at('4 rue du Moulin', '56000', 'Vannes'),
    contact: contact('Anne Le Bihan', 'Directrice générale', 'a.lebihan@kerguelen.example', '02 97 00 10 20'),
  },
  {
    code: 'LEGOFF',
    name: 'Transports Le Goff',
    address: at('Zone de Kergaradec', '29850', 'Gouesnou'),
    contact: contact('Pierre Le Goff', 'Gérant', 'direction@legoff.example', '02 98 00 11 21'),
    paymentTermDays: 45,
  },
  {
    code: 'MERCIER',
    name: 'Imprimerie Mercier & Fils',
    address: at('27 boulevard Foch', '49100', 'Angers'),
    contact: contact(
      'Julie Mercier',
      'Responsable administrative',
      'compta@mercier.example',
      '02 41 00 12 22',
    ),
  },
  {
    code: 'TILLEULS',
    name: 'Clinique des Tilleuls',
    address: at('2 allée des Tilleuls', '35000', 'Rennes'),
    contact: contact('Dr Samuel Gautier', 'Directeur', 'direction@tilleuls.example', '02 99 00 13 23'),
    paymentTermDays: 60,
  },
  {
    code: 'DUBREUIL',
    name: 'Menuiserie Dubreuil',
    address: at('11 route de Cholet', '49300', 'Cholet'),
    contact: contact('Thomas Dubreuil', 'Gérant', 'contact@dubreuil.example', '02 41 00 14 24'),
  },
  {
    code: 'BOCAGE',
    name: 'Coopérative laitière du Bocage',
    address: at('La Haute Lande', '53000', 'Laval'),
    contact: contact(
      'Martine Fouquet',
      'Directrice des ressources humaines',
      'rh@bocage.example',
      '02 43 00 15 25',
    ),
  },
  {
    code: 'HORIZON',
    name: 'Agence Horizon Bleu',
    address: at('6 passage Pommeraye', '44000', 'Nantes'),
    contact: contact('Leïla Haddad', 'Associée', 'leila@horizonbleu.example', '02 40 00 16 26'),
  },
  {
    code: 'PERRIN',
    name: 'Cabinet Perrin-Lacombe',
    address: at('15 rue Nationale', '37000', 'Tours'),
    contact: contact(
      'Olivier Lacombe',
      'Avocat associé',
      'o.lacombe@perrin-lacombe.example',
      '02 47 00 17 27',
    ),
  },
  {
    code: 'SALINES',
    name: 'Hôtel des Salines',
    address: at('3 avenue de la Plage', '44350', 'Guérande'),
    contact: contact('Élodie Garnier', 'Directrice', 'direction@salines.example', '02 40 00 18 28'),
  },
  {
    code: 'DELINDE',
    name: 'Brouwerij De Linde',
    address: at('Korenlei 12', '9000', 'Gent', 'BE'),
    contact: contact('Jan Peeters', 'Zaakvoerder', 'jan@delinde.example', '+32 9 000 19 29'),
  },
  {
    code: 'ALPINA',
    name: 'Alpina Treuhand AG',
    address: at('Rue du Rhône 40', '1204', 'Genève', 'CH'),
    contact: contact('Beat Keller', 'Directeur', 'b.keller@alpina.example', '+41 22 000 20 30'),
  },
  {
    code: 'KERVELLA',
    name: 'Yann Kervella',
    person: 'trader',
    address: at('8 rue des Chantiers', '29200', 'Brest'),
  },
  {
    code: 'CARADEC',
    name: 'Solène Caradec',
    person: 'private',
    address: at('21 rue de Strasbourg', '44000', 'Nantes'),
  },
]
