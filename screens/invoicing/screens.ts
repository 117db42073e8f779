import type { Context } from '../frame/declaration.ts'
import { linksOf } from './links.ts'
import { words as printed } from './printed/words.ts'
import { words } from './words.ts'

const area = 'invoicing'

export const invoicing: Context = {
  name: 'invoicing',
  label: words.invoicing,
  finders: () => import('./finders.ts'),
  links: linksOf,
  home: () => import('./home.tsx'),
  screens: [
    {
      kind: 'list',
      path: '/invoicing/invoices',
      label: words.invoices,
      area,
      shortcut: 'g i',
      load: () => import('./invoices/list.ts'),
    },
    {
      kind: 'document',
      path: '/invoicing/invoices',
      label: words.invoice,
      area,
      named: {
        category: 'invoice',
        as: async () => ({ default: (await import('./references.ts')).invoices }),
      },
      load: () => import('./invoices/document.ts'),
    },
    {
      kind: 'page',
      path: '/invoicing/invoices/$id/print',
      label: printed.printed,
      area,
      hidden: true,
      load: () => import('./printed/printed-page.tsx'),
    },
    {
      kind: 'list',
      path: '/invoicing/open-items',
      label: words.openItems,
      area,
      shortcut: 'g d',
      load: () => import('./open-items/list.ts'),
    },
    {
      kind: 'list',
      path: '/invoicing/payments',
      label: words.payments,
      area,
      shortcut: 'g e',
      load: () => import('./payments/list.ts'),
    },
    {
      kind: 'form',
      path: '/invoicing/payments/new',
      label: words.newPayment,
      area,
      ofOneEntity: true,
      command: 'invoicing.recordPayment',
      shortcut: 'c e',
      load: () => import('./payments/new.ts'),
    },
    {
      kind: 'page',
      path: '/invoicing/allocation',
      label: words.allocation,
      area,
      ofOneEntity: true,
      shortcut: 'g a',
      load: () => import('./allocation/allocation-page.tsx'),
    },
    {
      kind: 'document',
      path: '/invoicing/payments',
      label: words.payment,
      area,
      named: {
        category: 'payment',
        as: async () => ({ default: (await import('./references.ts')).payments }),
      },
      load: () => import('./payments/document.ts'),
    },
  ],
}
