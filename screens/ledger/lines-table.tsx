import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { get } from '../api/client.ts'
import type { Answer, QueryValues } from '../api/client.ts'
import { useLive } from '../api/use-live.ts'
import { useOneEntity } from '../frame/entity.tsx'
import { ScreenLink } from '../frame/link.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import { Headings } from './headings.tsx'
import classes from './ledger.module.css'
import { firstDayOf, lastDayOf, useMonths } from './months.tsx'
import { words } from './words.ts'

/** Lines of the ledger with their running balance, page after page. */

type LinesPath = '/api/ledger/accounts/{account}/lines' | '/api/ledger/parties/{id}/lines'
type LineOf<P extends LinesPath> = Answer<P>['items'][number]

const PAGE_LINES = '200'

/** The lines of an account or a third party, in the months of the address. */
export const useLedgerLines = <P extends LinesPath>(
  path: P,
  values: Readonly<Record<string, string>>,
  narrowed: QueryValues = {},
) => {
  const entity = useOneEntity()
  const months = useMonths()
  useLive('ledger', 'ledger-lines')
  useLive('receivables', 'ledger-lines')
  return useInfiniteQuery({
    queryKey: ['ledger-lines', path, entity?.entityId, values, narrowed, months],
    enabled: entity !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      get(path, {
        values,
        query: {
          ...narrowed,
          entityId: entity?.entityId,
          from: firstDayOf(months.from),
          to: lastDayOf(months.to),
          limit: PAGE_LINES,
          cursor: pageParam,
        },
        signal,
      }),
    getNextPageParam: page => page.next,
  })
}

export interface LedgerColumn<L> {
  readonly heading: Text
  readonly figure?: true
  readonly cell: (line: L) => ReactNode
}

interface Props<P extends LinesPath> {
  readonly pages: readonly Answer<P>[]
  /** What is shown between the label and the amounts. */
  readonly columns: readonly LedgerColumn<LineOf<P>>[]
}

const HEADINGS = [words.postedOn, words.journal, words.reference, words.label] as const
const FIGURES = [words.debit, words.credit, words.balance] as const

export const LinesTable = <P extends LinesPath>({ pages, columns }: Props<P>) => {
  const say = useSay()
  const formats = useFormats()
  const lines = pages.flatMap(({ items }) => items as readonly LineOf<P>[])
  return (
    <div className={classes['ledger']}>
      <table>
        <thead>
          <tr>
            <Headings plain={HEADINGS} />
            {columns.map(({ heading, figure }) => (
              <th key={heading} scope="col" className={figure && 'figure'}>
                {say(heading)}
              </th>
            ))}
            <Headings figures={FIGURES} />
          </tr>
        </thead>
        <tbody>
          <tr className={classes['opening']}>
            <td colSpan={HEADINGS.length + columns.length + 2}>{say(words.opening)}</td>
            <td className="figure">{formats.amount(pages[0]?.opening ?? 0)}</td>
          </tr>
          {lines.map(line => (
            <tr key={`${line.ordinal} ${line.line}`}>
              <td>{formats.day(line.postedOn)}</td>
              <td>
                {line.journal} {formats.count(line.number)}
              </td>
              <td className={classes['reference']}>
                <ScreenLink to={`/ledger/entries/${line.ordinal}`}>{line.documentReference}</ScreenLink>
              </td>
              <td>{line.label}</td>
              {columns.map(({ heading, figure, cell }) => (
                <td key={heading} className={figure && 'figure'}>
                  {cell(line)}
                </td>
              ))}
              <td className="figure">{line.amount > 0 ? formats.amount(line.amount) : ''}</td>
              <td className="figure">{line.amount < 0 ? formats.amount(-line.amount) : ''}</td>
              <td className="figure">{formats.amount(line.balance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
