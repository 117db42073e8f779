import type { z } from 'zod'
import { PeriodClosed, PeriodCut } from '../../domain/ledger/period.events.ts'
import { POSTING_VERSION, initialPosting, post } from '../../domain/ledger/posting.ts'
import type { Closing } from '../../domain/ledger/posting.ts'
import { FiscalYearOpened } from '../../domain/organisation/legal-entity.events.ts'
import type { RecordedEvent } from '../../projections/definition.ts'
import { entryEvents } from '../../projections/shared.ts'
import { firstDifference } from '../differing.ts'
import { placeOf, typesOf } from '../check.ts'
import type { Check, Fault } from '../check.ts'

/** What a closed period holds is what its close recorded: numbers, totals, digests (PROTOCOL 24, 25). */
export const periods: Check = {
  name: 'periods',
  title: { fr: 'Les périodes closes n’ont pas changé', en: 'Closed periods have not changed' },
  begin: (_, report) => {
    const state = initialPosting()
    /** Cuts not yet completed by their close, by `entity period`. */
    const cuts = new Map<string, RecordedEvent>()
    return {
      types: typesOf(...entryEvents, FiscalYearOpened, PeriodCut, PeriodClosed),
      see: event => {
        const { closing } = post(state, event)
        if (event.type === PeriodCut.type) {
          const { entityId, period } = event.data as z.output<typeof PeriodCut.data>
          cuts.set(`${entityId} ${period}`, event)
        }
        if (!closing) return
        const name = `${closing.entityId} ${closing.period}`
        for (const fault of faultsOf(event, closing, cuts.get(name))) report(placeOf(event), fault)
        cuts.delete(name)
      },
    }
  },
}

function* faultsOf(event: RecordedEvent, closing: Closing, cut: RecordedEvent | undefined): Generator<Fault> {
  const { period, stored, found } = closing
  const closed = event.data as z.output<typeof PeriodClosed.data>
  if (cut?.id !== closed.cut.eventId)
    yield {
      code: 'PERIOD_CLOSED_WITHOUT_CUT',
      found: closed.cut.eventId,
      expected: cut?.id ?? 'a cut of this period',
      sentence: {
        fr: `La clôture de ${period} cite un arrêté qui n’est pas le sien, ou qui n’existe pas.`,
        en: `The close of ${period} names a cut that is not its own, or that does not exist.`,
      },
    }
  if (closed.stageVersion > POSTING_VERSION)
    yield {
      code: 'POSTING_VERSION_UNKNOWN',
      found: String(closed.stageVersion),
      expected: `at most ${POSTING_VERSION}`,
      sentence: {
        fr: `La clôture de ${period} cite la version ${closed.stageVersion} de la règle d’imputation, que ce programme n’a pas : il la compare à la version ${POSTING_VERSION}.`,
        en: `The close of ${period} names version ${closed.stageVersion} of the posting stage, which this program does not have: it is compared by version ${POSTING_VERSION}.`,
      },
    }
  if (closing.agrees) return
  const difference = firstDifference(found, stored)
  yield {
    code: 'CLOSED_PERIOD_CHANGED',
    found: difference ? `${difference.path}: ${difference.found}` : '',
    expected: difference ? `${difference.path}: ${difference.expected}` : '',
    sentence: {
      fr: `La période ${period} était close pour toujours, et le journal n’y donne plus ce que sa clôture avait consigné : une écriture a été changée, ajoutée, retirée ou déplacée.`,
      en: `The period ${period} was closed for ever, and the log no longer gives what its close recorded: an entry was changed, added, removed or moved.`,
    },
  }
}
