import type { Context } from '../frame/declaration.ts'
import { words as printed } from './printed/words.ts'
import { words } from './words.ts'

const area = 'invoicing'

export const invoicing: Context = {
  name: 'invoicing',
  label: words.invoicing,
  finders: () => import('./finders.ts'),
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
      command: 'invoicing.recordPayment',
      shortcut: 'c e',
      load: () => import('./payments/new.ts'),
    },
    {
      kind: 'page',
      path: '/invoicing/allocation',
      label: words.allocation,
      area,
      shortcut: 'g a',
      load: () => import('./allocation/allocation-page.tsx'),
    },
    {
      kind: 'document',
      path: '/invoicing/payments',
      label: words.payment,
      area,
      load: () => import('./payments/document.ts'),
    },
  ],
}
