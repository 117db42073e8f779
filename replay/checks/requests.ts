import type { Issued } from '../register-walk.ts'
import { WaitingRequests, registerTypes } from '../register-walk.ts'
import { placeOf } from '../check.ts'
import type { Check } from '../check.ts'

/** Each request for a number is answered at most once, and in the order of the log (PROTOCOL 19). */
export const requests: Check = {
  name: 'requests',
  title: {
    fr: 'Chaque demande de numéro a au plus une réponse, dans l’ordre',
    en: 'Each request for a number is answered at most once, in order',
  },
  begin: (_, report) => {
    const requested = new WaitingRequests()
    return {
      types: registerTypes,
      see: event => {
        const answered = requested.take(event)
        if (!answered || answered.first) return
        const { number, request } = event.data as Issued
        const found = `${request.stream} ${request.revision}`
        report(
          placeOf(event),
          answered.waiting
            ? {
                code: 'REQUEST_ANSWERED_OUT_OF_ORDER',
                found,
                expected: 'the first request that waited',
                sentence: {
                  fr: `Le numéro ${number} répond à une demande avant d’autres faites plus tôt.`,
                  en: `Number ${number} answers a request before others that were made earlier.`,
                },
              }
            : {
                code: 'REQUEST_NOT_WAITING',
                found,
                expected: 'a request that waits for its number',
                sentence: {
                  fr: `Le numéro ${number} répond à une demande qui n’existe pas, ou qui avait déjà sa réponse.`,
                  en: `Number ${number} answers a request that does not exist, or that had its answer already.`,
                },
              },
        )
      },
    }
  },
}
