import type { Issued } from '../register-walk.ts'
import { WaitingRequests, registerTypes } from '../register-walk.ts'
import { firstDifference } from '../differing.ts'
import { placeOf } from '../check.ts'
import type { Check } from '../check.ts'

/** What was issued is what its request had frozen, whole (PROTOCOL 20). */
export const frozenContent: Check = {
  name: 'frozen-content',
  title: {
    fr: 'Le contenu émis est celui que la demande avait figé',
    en: 'The content issued is the one that its request had frozen',
  },
  begin: (_, report) => {
    const requested = new WaitingRequests()
    return {
      types: registerTypes,
      see: event => {
        const waiting = requested.take(event)?.waiting
        if (!waiting) return
        const issued = event.data as Issued
        const { content, posting, invoiceId, rule } = waiting.asked
        const difference = firstDifference(
          {
            content: issued.content,
            posting: issued.posting,
            invoiceId: issued.invoiceId,
            rule: issued.journalEntry.rule,
            request: issued.request,
          },
          {
            content,
            posting,
            invoiceId,
            rule,
            request: {
              stream: waiting.stream,
              revision: waiting.revision,
              eventId: waiting.eventId,
              recordedAt: waiting.recordedAt,
            },
          },
        )
        if (difference)
          report(placeOf(event), {
            code: 'CONTENT_NOT_AS_REQUESTED',
            found: `${difference.path}: ${difference.found}`,
            expected: `${difference.path}: ${difference.expected}`,
            sentence: {
              fr: `${issued.number} ne dit pas ce que sa demande avait figé : ${difference.path} vaut ${difference.found} au lieu de ${difference.expected}.`,
              en: `${issued.number} does not say what its request had frozen: ${difference.path} is ${difference.found} instead of ${difference.expected}.`,
            },
          })
      },
    }
  },
}
