import { isUnreadable, placeOf } from '../check.ts'
import type { Check } from '../check.ts'

/** Every event decodes by the schema of its type and version, strictly (PROTOCOL 8). */
export const readable: Check = {
  name: 'readable',
  title: { fr: 'Chaque événement se lit selon son schéma', en: 'Each event reads by its schema' },
  begin: (_, report) => ({
    see: event => {
      try {
        void event.data
      } catch (error) {
        if (!isUnreadable(error)) throw error
        report(placeOf(event), {
          code: 'EVENT_NOT_READABLE',
          found: error.message,
          expected: event.type,
          sentence: {
            fr: `L’événement ${event.type} ne se lit pas selon son schéma : ${error.message}.`,
            en: `The event ${event.type} does not read by its schema: ${error.message}.`,
          },
        })
      }
    },
  }),
}
