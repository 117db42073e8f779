import { placeOf } from '../check.ts'
import type { Check, Fault } from '../check.ts'

/**
 * Nothing was done on the server of the log that destroys events, hides them, or lets it do so later. Where the store's
 * positions are dense, one without an event tells of what was deleted also at the end of a stream, where no chain does.
 */
export const guarded: Check = {
  name: 'guarded',
  title: {
    fr: 'Le serveur du journal garde tous les événements',
    en: 'The server of the log keeps every event',
  },
  begin: ({ store }, report) => {
    let streams = 0
    let place = 0
    return {
      see: (event, { position }) => {
        if (event.revision === 0) streams++
        const before = place
        place = store.placeOf?.(position) ?? 0
        if (place > before + 1) report(placeOf(event), missing(before + 1, place - 1))
      },
      end: async () => {
        for (const { code, stream = 'log', sentence } of await store.dangers())
          report({ onServer: stream }, { code, found: code, expected: 'kept for ever', sentence })
        return streams
      },
    }
  },
}

const missing = (first: number, last: number): Fault => {
  const places = first === last ? String(first) : `${first}–${last}`
  return {
    code: 'LOG_EVENTS_MISSING',
    found: `no event at ${places}`,
    expected: 'an event at every position',
    sentence: {
      fr: `Le journal n’a pas d’événement en position ${places} : ce qui s’y trouvait a été supprimé sur le serveur. Restaurez le journal depuis une sauvegarde, et cherchez qui l’a fait.`,
      en: `The log has no event at position ${places}: what was there was deleted on the server. Restore the log from a backup, and find out who did it.`,
    },
  }
}
