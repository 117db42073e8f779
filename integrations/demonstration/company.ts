import { Company } from '../import/company.ts'
import type { Role } from '../../domain/organisation/user.events.ts'

/** A house of consulting and training in Nantes, with its people. All of it is made up; SIREN and IBAN have right keys. */

/** Calendar years, from the one that the demonstration begins in to the one after. */
export const companyFrom = (year: number): Company =>
  Company.parse({
    code: 'LARGE',
    name: 'Grand Large Conseil & Formation',
    legalForm: 'SAS',
    capital: '80 000 EUR',
    registration: 'RCS Nantes',
    siren: '912660347',
    vatNumber: 'FR77912660347',
    address: { line1: '18 quai de la Fosse', postcode: '44000', city: 'Nantes', country: 'FR' },
    servicesVat: 'receipts',
    fiscalYears: [year, year + 1].map(y => ({
      year: String(y),
      startsOn: `${y}-01-01`,
      endsOn: `${y}-12-31`,
    })),
    accounts: [
      { account: '44574', label: "TVA collectée en attente d'encaissement" },
      { account: '7061', label: 'Prestations de conseil' },
      { account: '7062', label: 'Formations exonérées de TVA' },
      { account: '70851', label: 'Ports refacturés aux clients' },
    ],
    terms: {
      paymentTermDays: 30,
      latePaymentNote:
        'Pénalités de retard : taux de refinancement de la Banque centrale européenne majoré de 10 points.',
      recoveryNote: 'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 EUR.',
      discountNote: "Pas d'escompte pour paiement anticipé.",
      iban: 'FR7630001007941234567890185',
    },
  })

export interface DemonstrationUser {
  readonly login: string
  readonly name: string
  readonly role: Role
  /** Known to everybody: only a sandbox has such users. */
  readonly password: string
}

const person = (login: string, name: string, role: Role): DemonstrationUser => ({
  login,
  name,
  role,
  password: `demo-${login}-2026`,
})

/** One user of each role, with the passwords that the start of a demonstration prints. */
export const demonstrationUsers = [
  person('commerce', 'Claire Morvan', 'sales'),
  person('facturation', 'Hugo Lemaire', 'billing'),
  person('compta', 'Inès Abgrall', 'accountant'),
  person('chef.compta', 'Marc Thévenot', 'chiefAccountant'),
  person('audit', 'Sophie Delorme', 'auditor'),
  person('analyse', 'Bastien Roy', 'analyst'),
  person('admin', 'Nadia Benali', 'administrator'),
] as const satisfies readonly DemonstrationUser[]
