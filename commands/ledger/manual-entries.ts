import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { ManualEntryDraftChanged, ManualEntryDrafted } from '../../domain/ledger/manual-entry.events.ts'
import { decide, manualEntry } from '../../domain/ledger/manual-entry.ts'
import type { ManualBooks, ManualEntry, ManualEntryRejection } from '../../domain/ledger/manual-entry.ts'
import type { Dated, DayRejection } from '../../domain/ledger/open-day.ts'
import { Day, Uuid, text } from '../../domain/shared/values.ts'
import type { CommandContext, FactReader } from '../definition.ts'
import { defineCommand, step } from '../definition.ts'
import { auxiliaryRefusal } from './auxiliaries.ts'
import type { AuxiliaryRejection } from './auxiliaries.ts'
import { booksOf, closedDay, today } from './books.ts'
import type { BooksRejection } from './books.ts'

/** Commands on entries written by hand. */

type Drafted = z.output<typeof ManualEntryDrafted.data>
type Known = Exclude<ManualEntry, { status: 'None' }>
type KnownRejection = Extract<ManualEntryRejection, { code: 'MANUAL_ENTRY_NOT_FOUND' }>

const known = async (
  { entryId }: { entryId: string },
  read: FactReader,
): Promise<E.Either<KnownRejection, Known>> => {
  const entry = await read.state(manualEntry, entryId)
  return entry.status === 'None' ? E.left({ code: 'MANUAL_ENTRY_NOT_FOUND' }) : E.right(entry)
}

type FactsRejection = KnownRejection | BooksRejection | DayRejection | AuxiliaryRejection

/** The books, open on the day that the entry will be dated. */
const openBooks = async (
  read: FactReader,
  { dayIn }: CommandContext,
  { entityId }: Pick<Known, 'entityId'>,
  journal: string,
  dated: Dated,
): Promise<E.Either<FactsRejection, ManualBooks>> => {
  const books = await booksOf(read, entityId)
  if (E.isLeft(books)) return books
  const { chart, currency, entity: registered } = books.right
  const closed = await closedDay(read, registered, journal, dated)
  return closed === undefined ? E.right({ chart, currency, today: today(registered, dayIn) }) : E.left(closed)
}

/** The same of a draft: nobody prepares what no day would take. */
const booksOfDraft = async (
  {
    entityId,
    journal,
    accountingDate,
    lines,
  }: Pick<Drafted, 'entityId' | 'journal' | 'accountingDate' | 'lines'>,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<FactsRejection, ManualBooks>> => {
  const refusal = await auxiliaryRefusal(read, lines)
  if (refusal !== undefined) return E.left(refusal)
  const dated = { day: accountingDate, field: 'accountingDate' } as const
  return openBooks(read, context, { entityId }, journal, dated)
}

/** The books of an entry that posts nothing any more: it has no day to ask about. */
const anyBooks = async (
  read: FactReader,
  { dayIn }: CommandContext,
  { entityId }: Known,
): Promise<E.Either<FactsRejection, ManualBooks>> => {
  const books = await booksOf(read, entityId)
  if (E.isLeft(books)) return books
  const { chart, currency, entity: registered } = books.right
  return E.right({ chart, currency, today: today(registered, dayIn) })
}

const entity = async (
  input: { entryId: string },
  read: FactReader,
): Promise<E.Either<KnownRejection, string>> => {
  const entry = await known(input, read)
  return E.isLeft(entry) ? entry : E.right(entry.right.entityId)
}
const roles = ['accountant', 'chiefAccountant'] as const

export const draftManualEntry = defineCommand({
  name: 'ledger.draftManualEntry',
  summary: { fr: 'Préparer une écriture', en: 'Draft an entry' },
  input: ManualEntryDrafted.data,
  roles,
  entity: ({ entityId }) => entityId,
  facts: booksOfDraft,
  steps: input => [step({ aggregate: manualEntry, id: input.entryId, decide: decide.draft(input) })],
})

export const changeManualEntry = defineCommand({
  name: 'ledger.changeManualEntry',
  summary: { fr: 'Modifier une écriture en préparation', en: 'Change a drafted entry' },
  input: ManualEntryDraftChanged.data,
  roles,
  entity,
  facts: async (input, read, context): Promise<E.Either<FactsRejection, ManualBooks>> => {
    const entry = await known(input, read)
    if (E.isLeft(entry)) return entry
    const { entityId, status } = entry.right
    return status === 'Draft'
      ? booksOfDraft({ ...input, entityId }, read, context)
      : anyBooks(read, context, entry.right)
  },
  steps: ({ entryId, ...draft }) => [
    step({ aggregate: manualEntry, id: entryId, decide: decide.change(draft) }),
  ],
})

export const cancelManualEntry = defineCommand({
  name: 'ledger.cancelManualEntry',
  summary: { fr: 'Abandonner une écriture en préparation', en: 'Cancel a drafted entry' },
  input: z.strictObject({ entryId: Uuid, explanation: text(500) }),
  roles,
  entity,
  steps: ({ entryId, explanation }) => [
    step({ aggregate: manualEntry, id: entryId, decide: decide.cancel(explanation) }),
  ],
})

const DRAFTING: ReadonlySet<string> = new Set([ManualEntryDrafted.type, ManualEntryDraftChanged.type])

export const validateManualEntry = defineCommand({
  name: 'ledger.validateManualEntry',
  summary: { fr: 'Valider une écriture préparée par un autre', en: 'Validate an entry drafted by another' },
  input: z.strictObject({ entryId: Uuid }),
  roles,
  entity,
  separation: {
    duty: {
      fr: 'Qui a préparé ou modifié une écriture ne la valide pas : demandez-le à un autre comptable.',
      en: 'Who drafted or changed an entry does not validate it: ask another accountant.',
    },
    from: ['ledger.draftManualEntry', 'ledger.changeManualEntry'],
    conflictsWith: event => DRAFTING.has(event.type),
    counts: 'any',
  },
  facts: async (input, read, context): Promise<E.Either<FactsRejection, ManualBooks>> => {
    const entry = await known(input, read)
    if (E.isLeft(entry)) return entry
    const { entityId, ...state } = entry.right
    return state.status === 'Draft'
      ? booksOfDraft({ ...state.draft, entityId }, read, context)
      : anyBooks(read, context, entry.right)
  },
  steps: ({ entryId }, books) => [
    step({ aggregate: manualEntry, id: entryId, decide: decide.validate(books) }),
  ],
})

export const reverseManualEntry = defineCommand({
  name: 'ledger.reverseManualEntry',
  summary: { fr: 'Extourner une écriture validée', en: 'Reverse a validated entry' },
  input: z.strictObject({ entryId: Uuid, reversedOn: Day, explanation: text(500) }),
  roles,
  entity,
  facts: async (input, read, context): Promise<E.Either<FactsRejection, ManualBooks>> => {
    const entry = await known(input, read)
    if (E.isLeft(entry)) return entry
    return entry.right.status === 'Validated'
      ? openBooks(read, context, entry.right, entry.right.entry.journal, {
          day: input.reversedOn,
          field: 'reversedOn',
        })
      : anyBooks(read, context, entry.right)
  },
  steps: ({ entryId, reversedOn, explanation }) => [
    step({ aggregate: manualEntry, id: entryId, decide: decide.reverse(reversedOn, explanation) }),
  ],
})
