import type { Context } from '../frame/declaration.ts'
import { words } from './words.ts'

export const organisation: Context = {
  name: 'organisation',
  label: words.organisation,
  finders: () => import('./finders.ts'),
  screens: [
    {
      kind: 'list',
      path: '/organisation/companies',
      label: words.companies,
      area: 'organisation',
      load: () => import('./companies/list.ts'),
    },
    {
      kind: 'form',
      path: '/organisation/companies/new',
      label: words.newCompany,
      area: 'organisation',
      command: 'organisation.registerLegalEntity',
      load: () => import('./companies/register.ts'),
    },
    {
      kind: 'document',
      path: '/organisation/companies',
      label: words.company,
      area: 'organisation',
      load: () => import('./companies/document.ts'),
    },
    {
      kind: 'list',
      path: '/organisation/users',
      label: words.users,
      area: 'users',
      shortcut: 'g u',
      load: () => import('./users/list.ts'),
    },
    {
      kind: 'form',
      path: '/organisation/users/new',
      label: words.newUser,
      area: 'users',
      command: 'organisation.registerUser',
      shortcut: 'c u',
      load: () => import('./users/register.ts'),
    },
    {
      kind: 'document',
      path: '/organisation/users',
      label: words.user,
      area: 'users',
      load: () => import('./users/document.ts'),
    },
    {
      kind: 'page',
      path: '/organisation/rights',
      label: words.rights,
      area: 'audit',
      load: () => import('./rights/rights-page.tsx'),
    },
    {
      kind: 'page',
      path: '/organisation/sign-in',
      label: words.signInRules,
      area: 'users',
      load: () => import('./sign-in-page.tsx'),
    },
    {
      kind: 'page',
      path: '/organisation/account',
      label: words.account,
      hidden: true,
      load: () => import('../account/account-page.tsx'),
    },
  ],
}
