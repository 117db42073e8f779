import { EntityLink } from '../frame/entity.tsx'
import type { Search } from '../frame/link.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import classes from './documents.module.css'
import { words } from './words.ts'

/** A journal entry as it travels. */
export interface JournalEntry {
  readonly journal: string
  readonly accountingDate: string
  readonly documentReference: string
  readonly currency: string
  readonly lines: readonly EntryLine[]
}
export interface EntryLine {
  readonly account: string
  readonly label: string
  readonly side: 'debit' | 'credit'
  readonly amount: number
  readonly auxiliary?: { readonly code: string }
  readonly vat?: {
    readonly rate: number
    readonly base: number
    readonly tax: number
    readonly taxPoint?: string
  }
}

/** Debits to the left, credits to the right, and their sums, which are one. */
export const EntryTable = ({
  entry,
  accountTo,
}: {
  readonly entry: JournalEntry
  readonly accountTo?: (account: string) => { readonly to: string; readonly search?: Search }
}) => {
  const say = useSay()
  const formats = useFormats()
  const total = (of: EntryLine['side']): number =>
    entry.lines.filter(({ side }) => side === of).reduce((sum, { amount }) => sum + amount, 0)
  return (
    <table className={classes['entry']}>
      <caption>
        {say(words.entryOf, {
          journal: entry.journal,
          day: formats.day(entry.accountingDate),
          reference: entry.documentReference,
        })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{say(words.account)}</th>
          <th scope="col">{say(words.label)}</th>
          <th scope="col" className="figure">
            {say(words.debit)}
          </th>
          <th scope="col" className="figure">
            {say(words.credit)}
          </th>
        </tr>
      </thead>
      <tbody>
        {entry.lines.map((line, i) => (
          <tr key={i}>
            <td>
              {accountTo ? (
                <EntityLink {...accountTo(line.account)}>{line.account}</EntityLink>
              ) : (
                line.account
              )}
              {line.auxiliary && <span className={classes['auxiliary']}> {line.auxiliary.code}</span>}
            </td>
            <td>{line.label}</td>
            <td className="figure">{line.side === 'debit' ? formats.amount(line.amount) : ''}</td>
            <td className="figure">{line.side === 'credit' ? formats.amount(line.amount) : ''}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {say(words.total)}
          </th>
          <td className="figure">{formats.amount(total('debit'))}</td>
          <td className="figure">{formats.amount(total('credit'))}</td>
        </tr>
      </tfoot>
    </table>
  )
}
