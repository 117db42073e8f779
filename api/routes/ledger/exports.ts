import { withJsonIntegers } from '../../../domain/shared/json.ts'
import { column } from '../../../projections/definition.ts'
import type { Column } from '../../../projections/definition.ts'
import { accountPage } from '../../../projections/ledger/accounts.queries.ts'
import { trialBalance } from '../../../projections/ledger/trial-balance.queries.ts'
import type { TrialBalanceRequest } from '../../../projections/ledger/trial-balance.queries.ts'
import { LIMIT_MAX } from '../../../projections/lists.ts'
import type { ListField, Queryable } from '../../../projections/lists.ts'
import type { Bundles } from '../../export/export.ts'

/** What the pages of the ledger hold as a file: the columns that they show. */

const fields = (columns: Readonly<Record<string, Column>>): readonly ListField[] =>
  Object.entries(columns).map(([name, declared]) => ({ ...declared, name }))

const bundle = (rows: readonly object[]): readonly string[] =>
  rows.map(row => JSON.stringify(row, withJsonIntegers))

export const balanceFields = fields({
  account: column.text('Account'),
  label: column.text('Label'),
  opening: column.total('Debit positive, credit negative, minor units'),
  debit: column.total('Debits'),
  credit: column.total('Credits'),
  closing: column.total('Opening and movements'),
})

/** The lines of a trial balance. */
export async function* balanceRows(db: Queryable, asked: TrialBalanceRequest): Bundles {
  yield bundle((await trialBalance(db, asked)).lines)
}

export const lineFields = fields({
  postedOn: column.date('Posting day'),
  journal: column.text('Journal'),
  number: column.integer('Number there'),
  documentReference: column.text('Reference of the document'),
  label: column.text('Label'),
  partyCode: column.optional(column.text('Third party')),
  dueOn: column.optional(column.date('Due day')),
  debit: column.optional(column.bigint('Debit, minor units')),
  credit: column.optional(column.bigint('Credit')),
  balance: column.total('Opening and all lines up to this one'),
})

/** The lines of an account, page after page. @throws BadListRequest */
export async function* accountRows(
  db: Queryable,
  asked: Omit<Parameters<typeof accountPage>[1], 'limit' | 'cursor'>,
): Bundles {
  let cursor: string | undefined
  do {
    const page = await accountPage(db, {
      ...asked,
      limit: LIMIT_MAX,
      ...(cursor !== undefined && { cursor }),
    })
    yield bundle(
      page.lines.map(({ amount, ...line }) => ({
        ...line,
        debit: amount > 0n ? amount : null,
        credit: amount < 0n ? -amount : null,
      })),
    )
    cursor = page.next
  } while (cursor !== undefined)
}
