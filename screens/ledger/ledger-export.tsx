import { useOneEntity } from '../frame/entity.tsx'
import type { QueryValues } from '../api/client.ts'
import type { Column } from '../lists/declaration.ts'
import { ExportMenu } from '../lists/export-menu.tsx'
import type { Format } from '../lists/export.ts'
import type { AnyRow } from '../shapes/row.ts'
import { amount, count, day, text } from '../shapes/shapes.tsx'
import type { Shape } from '../shapes/shape.ts'
import type { Text } from '../words/words.ts'
import { words } from './words.ts'

interface Props {
  readonly path: string
  readonly values?: Readonly<Record<string, string>>
  readonly query: QueryValues
  readonly columns: readonly Column<AnyRow>[]
  readonly title: string
}

/** A page of the ledger as a file: its months, as known at the moment that is shown, however long it is. */
export const LedgerExport = ({ query, ...shown }: Props) => {
  const entity = useOneEntity()
  const save = async (format: Format): Promise<void> => {
    // Loaded once something is exported.
    const { exportPage } = await import('../lists/export.ts')
    await exportPage({
      ...shown,
      query: { ...query, entityId: entity?.entityId },
      entity,
      format,
    })
  }
  return <ExportMenu onFormat={format => void save(format)} />
}

const columnOf = (field: string, label: Text, as: Shape, width: number): Column<AnyRow> => ({
  field,
  label,
  as,
  width,
})

/** What a file of the trial balance holds. */
export const balanceColumns = [
  columnOf('account', words.account, text, 80),
  columnOf('label', words.label, text, 240),
  columnOf('opening', words.opening, amount, 110),
  columnOf('debit', words.debit, amount, 110),
  columnOf('credit', words.credit, amount, 110),
  columnOf('closing', words.closing, amount, 110),
]

/** What a file of an account holds. */
export const lineColumns = [
  columnOf('postedOn', words.postedOn, day, 90),
  columnOf('journal', words.journal, text, 70),
  columnOf('number', words.number, count, 70),
  columnOf('documentReference', words.reference, text, 140),
  columnOf('label', words.label, text, 240),
  columnOf('partyCode', words.party, text, 90),
  columnOf('dueOn', words.dueOn, day, 90),
  columnOf('debit', words.debit, amount, 110),
  columnOf('credit', words.credit, amount, 110),
  columnOf('balance', words.balance, amount, 110),
]
