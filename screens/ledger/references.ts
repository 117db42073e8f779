import type { QueryValues } from '../api/client.ts'
import type { Values } from '../forms/input.ts'
import { reference } from '../shapes/reference.tsx'

/** What ids of the ledger stand for, wherever they are shown or chosen. */

const ACCOUNT_DIGITS_MIN = 3

/** Accounts that entries may use: headings of two digits and closed ones are shown, not offered. */
export const accounts = reference('/api/ledger/accounts', {
  key: 'account',
  name: ({ account, label }) => `${account} · ${label}`,
  code: 'account',
  choosable: ({ account, closed }) => account.length >= ACCOUNT_DIGITS_MIN && !closed,
  to: '/ledger/accounts',
})

/** Accounts and journals of the legal entity that a form is about: each has a chart of its own. */
export const inItsBooks = ({ entityId }: Values): QueryValues => ({
  entityId: entityId as string | undefined,
})

export const journals = reference('/api/ledger/journals', {
  key: 'journal',
  name: ({ journal, label }) => `${journal} · ${label}`,
  code: 'journal',
  few: true,
})

export const manualEntries = reference('/api/ledger/manual-entries', {
  key: 'entryId',
  name: ({ documentReference, label }) => `${documentReference} · ${label}`,
  to: '/ledger/manual-entries',
})
