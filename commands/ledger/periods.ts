import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import { JournalLocked, JournalUnlocked, PeriodClosed, PeriodCut } from '../../domain/ledger/period.events.ts'
import { decide, monthBefore, period, periodIdOf } from '../../domain/ledger/period.ts'
import type { CutFacts } from '../../domain/ledger/period.ts'
import { addToMonth, dayIn, firstDayOf, lastDayOf, monthOf } from '../../domain/shared/days.ts'
import type { CommandContext, FactReader } from '../definition.ts'
import { defineCommand, step } from '../definition.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'
import { booksOf, today } from './books.ts'
import type { BooksRejection } from './books.ts'

/** Commands on the months of an entity's books: lock, unlock, cut, close. */

const entity = ({ entityId }: { entityId: string }): string => entityId
const idOf = (input: { entityId: string; period: string }): string => periodIdOf(input.entityId, input.period)

export type JournalRejection = { readonly code: 'JOURNAL_NOT_FOUND'; readonly journal: string }

const journalOf = async (
  { entityId, journal }: { entityId: string; journal: string },
  read: FactReader,
): Promise<E.Either<BooksRejection | JournalRejection, undefined>> => {
  const books = await booksOf(read, entityId)
  if (E.isLeft(books)) return books
  return books.right.chart.journals.has(journal)
    ? E.right(undefined)
    : E.left({ code: 'JOURNAL_NOT_FOUND', journal })
}

export const lockJournal = defineCommand({
  name: 'ledger.lockJournal',
  summary: { fr: 'Verrouiller un journal pour un mois', en: 'Lock a journal for a month' },
  input: JournalLocked.data,
  roles: ['chiefAccountant'],
  entity,
  facts: journalOf,
  steps: input => [step({ aggregate: period, id: idOf(input), decide: decide.lock(input) })],
})

export const unlockJournal = defineCommand({
  name: 'ledger.unlockJournal',
  summary: { fr: 'Déverrouiller un journal, avec son motif', en: 'Unlock a journal, with the reason' },
  input: JournalUnlocked.data,
  roles: ['chiefAccountant'],
  entity,
  separation: {
    duty: {
      fr: 'Qui a verrouillé un journal ne le déverrouille pas : demandez-le à un autre chef comptable.',
      en: 'Who locked a journal does not unlock it: ask another chief accountant.',
    },
    from: ['ledger.lockJournal'],
    conflictsWith: (event, { journal }) =>
      event.type === JournalLocked.type && (event.data as { journal: string }).journal === journal,
    counts: 'newest',
  },
  facts: journalOf,
  steps: input => [step({ aggregate: period, id: idOf(input), decide: decide.unlock(input) })],
})

type Cut = z.output<typeof PeriodCut.data>

const cutFacts = async (
  input: Cut,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<BooksRejection, CutFacts>> => {
  const books = await booksOf(read, input.entityId)
  if (E.isLeft(books)) return books
  const { entity: registered } = books.right
  const years = registered.fiscalYears
  const month = monthBefore(years, input.period)
  const [before, waiting] = await Promise.all([
    month === undefined ? undefined : read.state(period, periodIdOf(input.entityId, month)),
    read.unanswered(input.entityId),
  ])
  const next = firstDayOf(addToMonth(input.period, 1))
  return E.right({
    ...input,
    day: today(registered, context.dayIn),
    before: month === undefined || before === undefined ? undefined : { period: month, isCut: before.isCut },
    inFiscalYear: years.some(
      year => year.startsOn <= lastDayOf(input.period) && firstDayOf(input.period) <= year.endsOn,
    ),
    isFollowed: years.some(year => year.startsOn <= next && next <= year.endsOn),
    unanswered: waiting
      .filter(request => monthOf(dayIn(request.timeZone, request.recordedAt)) <= input.period)
      .map(request => request.series),
  })
}

export const cutPeriod = defineCommand({
  name: 'ledger.cutPeriod',
  summary: {
    fr: 'Arrêter définitivement un mois : plus rien ne s’y comptabilise',
    en: 'Cut a month for ever: nothing posts into it any more',
  },
  input: PeriodCut.data,
  roles: ['chiefAccountant'],
  entity,
  facts: cutFacts,
  steps: (input, facts) => [step({ aggregate: period, id: idOf(input), decide: decide.cut(facts) })],
})

/** Completes a cut: the totals come from the ledger's fold, as it stood at the cut. */
export const closePeriod = defineCommand({
  name: 'ledger.closePeriod',
  summary: {
    fr: 'Clôturer un mois arrêté, avec ses totaux et empreintes',
    en: 'Close a month that was cut, with its totals and digests',
  },
  input: PeriodClosed.data,
  roles: [],
  actors: [SYSTEM_ACTORS.reactions],
  entity,
  steps: input => [step({ aggregate: period, id: idOf(input), decide: decide.close(input) })],
})
