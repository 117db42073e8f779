import { z } from 'zod'
import { chart, decide } from '../../domain/ledger/chart.ts'
import {
  AccountClosed,
  AccountOpened,
  JournalOpened,
  PostingAccountsSet,
} from '../../domain/ledger/chart.events.ts'
import { Uuid } from '../../domain/shared/values.ts'
import { defineCommand, step } from '../definition.ts'
import { booksOf } from './books.ts'

/** Commands on an entity's books: its chart, accounts and journals. */

const entity = ({ entityId }: { entityId: string }): string => entityId

export const adoptChart = defineCommand({
  name: 'ledger.adoptChart',
  summary: {
    fr: 'Tenir les livres selon une édition du plan comptable général',
    en: 'Keep the books by an edition of the French standard chart of accounts',
  },
  input: z.strictObject({ entityId: Uuid, edition: z.int() }),
  roles: ['chiefAccountant', 'administrator'],
  entity,
  facts: ({ entityId }, read) => booksOf(read, entityId),
  steps: ({ entityId, edition }) => [
    step({ aggregate: chart, id: entityId, decide: decide.adopt(entityId, edition) }),
  ],
})

export const openAccount = defineCommand({
  name: 'ledger.openAccount',
  summary: { fr: 'Ouvrir un compte sous un compte du plan', en: 'Open an account below one of the chart' },
  input: AccountOpened.data,
  roles: ['accountant', 'chiefAccountant'],
  entity,
  steps: input => [step({ aggregate: chart, id: input.entityId, decide: decide.openAccount(input) })],
})

export const closeAccount = defineCommand({
  name: 'ledger.closeAccount',
  summary: { fr: 'Fermer un compte aux nouvelles écritures', en: 'Close an account to new entries' },
  input: AccountClosed.data,
  roles: ['chiefAccountant'],
  entity,
  steps: ({ entityId, account }) => [
    step({ aggregate: chart, id: entityId, decide: decide.closeAccount(entityId, account) }),
  ],
})

export const openJournal = defineCommand({
  name: 'ledger.openJournal',
  summary: { fr: 'Ouvrir un journal', en: 'Open a journal' },
  input: JournalOpened.data,
  roles: ['chiefAccountant'],
  entity,
  steps: input => [step({ aggregate: chart, id: input.entityId, decide: decide.openJournal(input) })],
})

export const setPostingAccounts = defineCommand({
  name: 'ledger.setPostingAccounts',
  summary: {
    fr: 'Choisir les comptes et journaux des écritures automatiques, à partir d’un jour',
    en: 'Choose the accounts and journals of automatic entries, from a day on',
  },
  input: PostingAccountsSet.data,
  roles: ['chiefAccountant'],
  entity,
  steps: input => [step({ aggregate: chart, id: input.entityId, decide: decide.setPostingAccounts(input) })],
})
