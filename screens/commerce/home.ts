import type { ContextHome } from '../home/declaration.ts'
import { dictionary } from '../words/words.ts'

const words = dictionary('commerce.home', {
  toDeliver: { fr: 'Commandes à livrer', en: 'Orders to deliver' },
  toConfirm: { fr: 'Commandes à confirmer', en: 'Orders to confirm' },
})

const orders = { path: '/api/commerce/orders', to: '/commerce/orders', area: 'commerce' } as const

export default {
  tasks: [
    { ...orders, label: words.toConfirm, query: { state: 'placed' } },
    { ...orders, label: words.toDeliver, query: { state: ['confirmed', 'partlyDelivered'] } },
  ],
} satisfies ContextHome
