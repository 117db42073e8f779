import { ClockConfirmed } from '../../domain/organisation/log.events.ts'
import { LogClock } from '../../event-store/clock.ts'
import { APPEND_UNDER_WAY_MS_MAX } from '../../event-store/log-on-store.ts'
import { placeOf } from '../check.ts'
import type { Check } from '../check.ts'

/** The server's clock is not asked about events long recorded. */
const noServer = (): Promise<number> => Promise.reject(new Error('a replay asks no clock'))

/**
 * Instants of knowledge lie where the log takes them: near its running maximum, or confirmed by an operator (PROTOCOL 10).
 * An append is held against the maximum before it is encoded, and younger events may be recorded while it is under way: so
 * far an event may lie before it as well. "As of" counts by the maximum, and knows such an event from its place in the log.
 */
export const recordedAt: Check = {
  name: 'recorded-at',
  title: {
    fr: 'Le temps du journal ne recule pas et ne saute pas sans confirmation',
    en: 'The time of the log does not go back, nor jump without confirmation',
  },
  begin: ({ kind }, report) => {
    const clock = new LogClock(
      kind === 'sandbox' ? { kind: 'simulated' } : { kind: 'real', serverNow: noServer },
    )
    return {
      see: (event, stored) => {
        const confirms = event.type === ClockConfirmed.type
        const refusal = confirms ? undefined : clock.refusal(event.recordedAt, APPEND_UNDER_WAY_MS_MAX)
        if (refusal)
          report(placeOf(event), {
            code: refusal.reason === 'behindLog' ? 'RECORDED_BEFORE_THE_LOG' : 'RECORDED_FAR_AHEAD',
            found: event.recordedAt,
            expected: refusal.against,
            sentence:
              refusal.reason === 'behindLog'
                ? {
                    fr: `Enregistré le ${event.recordedAt}, alors que le journal en était déjà au ${refusal.against}.`,
                    en: `Recorded at ${event.recordedAt}, when the log already stood at ${refusal.against}.`,
                  }
                : {
                    fr: `Enregistré le ${event.recordedAt}, plus de 31 jours après le ${refusal.against}, sans confirmation d’un opérateur.`,
                    en: `Recorded at ${event.recordedAt}, more than 31 days after ${refusal.against}, without an operator’s confirmation.`,
                  },
          })
        clock.observe(event.recordedAt, stored.position)
        if (confirms) clock.confirm((event.data as { readonly from: string }).from, stored.position)
      },
    }
  },
}
