import * as E from 'fp-ts/lib/Either.js'
import { chart } from '../../domain/ledger/chart.ts'
import type { Chart } from '../../domain/ledger/chart.ts'
import { dayRefusal } from '../../domain/ledger/open-day.ts'
import type { Dated, DayRejection } from '../../domain/ledger/open-day.ts'
import { period, periodIdOf } from '../../domain/ledger/period.ts'
import { legalEntity } from '../../domain/organisation/public.ts'
import type { RegisteredEntity } from '../../domain/organisation/public.ts'
import type { FactReader } from '../definition.ts'

/** What commands of the ledger and of invoicing read of an entity's books. */

export interface Books {
  readonly entity: RegisteredEntity
  readonly chart: Chart
  readonly currency: string
}

export type BooksRejection = { readonly code: 'LEGAL_ENTITY_NOT_FOUND' }

/** The entity and its chart. */
export const booksOf = async (
  read: FactReader,
  entityId: string,
): Promise<E.Either<BooksRejection, Books>> => {
  const [entity, books] = await Promise.all([read.state(legalEntity, entityId), read.state(chart, entityId)])
  return entity.status === 'registered'
    ? E.right({ entity, chart: books, currency: entity.registered.currency })
    : E.left({ code: 'LEGAL_ENTITY_NOT_FOUND' })
}

/** Why a journal takes no entry dated on a day, with the first day that it does (PROTOCOL 25). */
export const closedDay = (
  read: FactReader,
  { registered, fiscalYears }: RegisteredEntity,
  journal: string,
  dated: Dated,
): Promise<DayRejection | undefined> =>
  dayRefusal(fiscalYears, month => read.state(period, periodIdOf(registered.entityId, month)), journal, dated)

/** The day of the command in the entity's zone. */
export const today = ({ registered }: RegisteredEntity, dayIn: (timeZone: string) => string): string =>
  dayIn(registered.timeZone)
