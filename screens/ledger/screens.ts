import type { Context } from '../frame/declaration.ts'
import { words } from './words.ts'

const area = 'ledger'

export const ledger: Context = {
  name: 'ledger',
  label: words.ledger,
  screens: [
    {
      kind: 'page',
      path: '/ledger/trial-balance',
      label: words.trialBalance,
      area,
      shortcut: 'g b',
      load: () => import('./trial-balance/trial-balance-page.tsx'),
    },
    {
      kind: 'page',
      path: '/ledger/accounts/$account',
      label: words.account,
      area,
      hidden: true,
      load: () => import('./account/account-page.tsx'),
    },
    {
      kind: 'list',
      path: '/ledger/entries',
      label: words.entries,
      area,
      shortcut: 'g l',
      load: () => import('./entries/list.ts'),
    },
    {
      kind: 'page',
      path: '/ledger/entries/$ordinal',
      label: words.entry,
      area,
      hidden: true,
      load: () => import('./entries/entry-page.tsx'),
    },
    {
      kind: 'list',
      path: '/ledger/manual-entries',
      label: words.manualEntries,
      area,
      shortcut: 'g m',
      load: () => import('./manual-entries/list.ts'),
    },
    {
      kind: 'form',
      path: '/ledger/manual-entries/new',
      label: words.newManualEntry,
      area,
      command: 'ledger.draftManualEntry',
      shortcut: 'c m',
      load: () => import('./manual-entries/new.ts'),
    },
    {
      kind: 'document',
      path: '/ledger/manual-entries',
      label: words.manualEntry,
      area,
      load: () => import('./manual-entries/document.ts'),
    },
  ],
}
