import type { Check } from '../check.ts'

/** Nothing was done on the server of the log that destroys events, hides them, or lets it do so later. */
export const guarded: Check = {
  name: 'guarded',
  title: {
    fr: 'Le serveur du journal garde tous les événements',
    en: 'The server of the log keeps every event',
  },
  begin: ({ store }, report) => {
    let streams = 0
    return {
      see: ({ revision }) => {
        if (revision === 0) streams++
      },
      end: async () => {
        for (const { code, stream = 'log', sentence } of await store.dangers())
          report({ onServer: stream }, { code, found: code, expected: 'kept for ever', sentence })
        return streams
      },
    }
  },
}
