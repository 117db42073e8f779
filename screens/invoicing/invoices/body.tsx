import { lineNet } from '../../../domain/shared/money.ts'
import type { Answer } from '../../api/client.ts'
import type { StoryEvent } from '../../documents/story.ts'
import { EntryTable } from '../../documents/entry-table.tsx'
import type { JournalEntry } from '../../documents/entry-table.tsx'
import { RowsTable } from '../../documents/part-table.tsx'
import classes from '../../documents/documents.module.css'
import { useSay } from '../../words/words.ts'
import { billedColumns, netColumn } from './line-columns.ts'
import { words } from './words.ts'

interface DraftLine {
  readonly productCode?: string
  readonly name: string
  readonly quantity: number
  readonly unit: string
  readonly unitPrice: number
  readonly discountRate: number
}

interface Props {
  readonly row: Answer<'/api/invoicing/invoices/{id}'>
  readonly story: readonly StoryEvent[]
}

/** The lines of a draft, which are not yet lines of an invoice; of an issued one, the entry it was posted with. */
export const InvoiceBody = ({ row, story }: Props) => {
  const say = useSay()
  const entry = story.find(({ data }) => data?.['journalEntry'] && data['number'] === row.number)?.data?.[
    'journalEntry'
  ] as JournalEntry | undefined
  if (entry)
    return (
      <section className={classes['box']}>
        <h2>{say(words.entry)}</h2>
        <EntryTable entry={entry} accountTo={account => ({ to: `/ledger/accounts/${account}` })} />
      </section>
    )
  return row.state === 'issued' ? null : <DraftLines story={story} />
}

const DraftLines = ({ story }: Pick<Props, 'story'>) => {
  const said = story.findLast(({ type }) => /InvoiceDraft(?:ed|Changed)$/.test(type))?.data
  const lines = ((said?.['lines'] ?? []) as readonly DraftLine[]).map(line => ({
    ...line,
    net: Number(lineNet(BigInt(line.quantity), BigInt(line.unitPrice), BigInt(line.discountRate))),
  }))
  return <RowsTable title={words.lines} rows={lines} columns={[...billedColumns, netColumn]} />
}
