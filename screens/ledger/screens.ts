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
  ],
}
