import { LOG_STREAM, LogOpened } from '../../domain/organisation/log.events.ts'
import type { RecordedEvent } from '../../projections/definition.ts'
import { placeOf } from '../check.ts'
import type { Check } from '../check.ts'

/** The first event of all opens the log, once, under the secret of its vault (PROTOCOL 9). */
export const opening: Check = {
  name: 'opening',
  title: { fr: 'Le journal est ouvert une fois, avant tout', en: 'The log is opened once, before anything' },
  begin: ({ vault }, report) => {
    let seen = 0
    const opens = ({ type, stream, revision }: RecordedEvent): boolean =>
      type === LogOpened.type && stream === LOG_STREAM && revision === 0
    return {
      see: event => {
        if (seen++ === 0 ? opens(event) : event.type !== LogOpened.type) {
          if (seen === 1 && vault) checkSecret(event)
          return
        }
        report(placeOf(event), {
          code: seen === 1 ? 'LOG_NOT_OPENED_FIRST' : 'LOG_OPENED_TWICE',
          found: event.type,
          expected: seen === 1 ? LogOpened.type : 'another type',
          sentence:
            seen === 1
              ? {
                  fr: `Le premier événement du journal est ${event.type} dans ${event.stream} : il devait ouvrir le journal.`,
                  en: `The first event of the log is ${event.type} in ${event.stream}: it had to open the log.`,
                }
              : {
                  fr: `Le journal est ouvert une seconde fois, dans ${event.stream}.`,
                  en: `The log is opened a second time, in ${event.stream}.`,
                },
        })
      },
      end: async () => {
        if (seen === 0)
          report(
            { stream: LOG_STREAM, revision: 0, eventId: '', ordinal: 0 },
            {
              code: 'LOG_EMPTY',
              found: '',
              expected: LogOpened.type,
              sentence: { fr: 'Le journal est vide.', en: 'The log is empty.' },
            },
          )
        return Promise.resolve(undefined)
      },
    }

    function checkSecret(event: RecordedEvent): void {
      const { logId, secretCheck } = event.data as { logId: string; secretCheck: string }
      const expected = vault?.hmac('logId', logId) ?? ''
      if (secretCheck === expected) return
      report(placeOf(event), {
        code: 'VAULT_OF_ANOTHER_LOG',
        found: secretCheck,
        expected,
        sentence: {
          fr: 'Le coffre n’est pas celui de ce journal : son secret est un autre.',
          en: 'The vault is not that of this log: its secret is another.',
        },
      })
    }
  },
}
