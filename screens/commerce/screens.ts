import type { Context } from '../frame/declaration.ts'
import { linksOf } from './links.ts'
import { words } from './words.ts'

const area = 'commerce'

export const commerce: Context = {
  name: 'commerce',
  label: words.commerce,
  finders: () => import('./finders.ts'),
  links: linksOf,
  home: () => import('./home.ts'),
  screens: [
    {
      kind: 'list',
      path: '/commerce/orders',
      label: words.orders,
      area,
      shortcut: 'g o',
      load: () => import('./orders/list.ts'),
    },
    {
      kind: 'form',
      path: '/commerce/orders/new',
      label: words.newOrder,
      area,
      ofOneEntity: true,
      command: 'commerce.placeOrder',
      shortcut: 'c o',
      load: () => import('./orders/place.ts'),
    },
    {
      kind: 'document',
      path: '/commerce/orders',
      label: words.order,
      area,
      named: { category: 'order', as: async () => ({ default: (await import('./references.ts')).orders }) },
      load: () => import('./orders/document.ts'),
    },
    {
      kind: 'list',
      path: '/commerce/customers',
      label: words.customers,
      area,
      shortcut: 'g c',
      load: () => import('./customers/list.ts'),
    },
    {
      kind: 'form',
      path: '/commerce/customers/new',
      label: words.newCustomer,
      area,
      command: 'commerce.registerCustomer',
      shortcut: 'c c',
      load: () => import('./customers/register-company.ts'),
    },
    {
      kind: 'form',
      path: '/commerce/customers/new-person',
      label: words.newPerson,
      area,
      command: 'commerce.registerCustomer',
      load: () => import('./customers/register-person.ts'),
    },
    {
      kind: 'document',
      path: '/commerce/customers',
      label: words.customer,
      area,
      named: {
        category: 'customer',
        as: async () => ({ default: (await import('./references.ts')).customers }),
      },
      load: () => import('./customers/document.ts'),
    },
    {
      kind: 'list',
      path: '/commerce/products',
      label: words.products,
      area,
      shortcut: 'g p',
      load: () => import('./products/list.ts'),
    },
    {
      kind: 'form',
      path: '/commerce/products/new',
      label: words.newProduct,
      area,
      command: 'commerce.registerProduct',
      shortcut: 'c p',
      load: () => import('./products/register.ts'),
    },
    {
      kind: 'document',
      path: '/commerce/products',
      label: words.product,
      area,
      named: {
        category: 'product',
        as: async () => ({ default: (await import('./references.ts')).products }),
      },
      load: () => import('./products/document.ts'),
    },
  ],
}
