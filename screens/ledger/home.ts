import type { ContextHome } from '../home/declaration.ts'
import { dictionary } from '../words/words.ts'

const words = dictionary('ledger.home', {
  toValidate: { fr: 'Écritures à valider', en: 'Entries to validate' },
})

export default {
  tasks: [
    {
      label: words.toValidate,
      path: '/api/ledger/manual-entries',
      query: { state: 'draft' },
      to: '/ledger/manual-entries',
      area: 'ledger',
    },
  ],
} satisfies ContextHome
