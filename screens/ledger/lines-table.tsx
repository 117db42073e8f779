import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { get } from '../api/client.ts'
import type { Answer, QueryValues } from '../api/client.ts'
import { useLive } from '../api/use-live.ts'
import { Marked } from '../documents/marked.tsx'
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

/** The lines of an account or a third party, in the months of the address: as known behind an ordinal, or now. */
export const useLedgerLines = <P extends LinesPath>(
  path: P,
  values: Readonly<Record<string, string>>,
  { asOf, ...narrowed }: QueryValues = {},
) => {
  const entity = useOneEntity()
  const months = useMonths()
  useLive('ledger', 'ledger-lines')
  useLive('receivables', 'ledger-lines')
  return useInfiniteQuery({
    queryKey: ['ledger-lines', path, entity?.entityId, values, narrowed, months, asOf],
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
          asOf,
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
  /** The same lines now, and those recorded since, where another moment is shown. */
  readonly now?: Now<P> | undefined
  /** What is shown between the label and the amounts. */
  readonly columns: readonly LedgerColumn<LineOf<P>>[]
}
interface Now<P extends LinesPath> {
  readonly pages: readonly Answer<P>[]
}

const HEADINGS = [words.postedOn, words.journal, words.reference, words.label] as const
const FIGURES = [words.debit, words.credit, words.balance] as const

const keyOf = ({ ordinal, line }: { readonly ordinal: number; readonly line: number }): string =>
  `${ordinal} ${line}`

interface Shown<L> {
  readonly line: L
  /** Now; undefined where now is what is shown. */
  readonly present?: L | undefined
  /** Not known at the moment shown. */
  readonly isSince?: true
}

/** Lines of a moment with those recorded since, in the order of the account, as far as both are read. */
const joined = <P extends LinesPath>(pages: readonly Answer<P>[], now: Now<P> | undefined) => {
  const linesOf = (of: readonly Answer<P>[]) => of.flatMap(({ items }) => items as readonly LineOf<P>[])
  const then = linesOf(pages)
  if (!now) return then.map((line): Shown<LineOf<P>> => ({ line }))
  const present = linesOf(now.pages)
  const byKey = new Map(present.map(line => [keyOf(line), line]))
  const known = new Set(then.map(keyOf))
  const last = pages.at(-1)?.next === undefined ? undefined : then.at(-1)
  const since = present.filter(line => !known.has(keyOf(line)) && (!last || line.postedOn < last.postedOn))
  return [
    ...then.map((line): Shown<LineOf<P>> => ({ line, present: byKey.get(keyOf(line)) })),
    ...since.map((line): Shown<LineOf<P>> => ({ line, isSince: true })),
  ].toSorted(({ line: a }, { line: b }) =>
    a.postedOn === b.postedOn ? a.ordinal - b.ordinal || a.line - b.line : a.postedOn < b.postedOn ? -1 : 1,
  )
}

export const LinesTable = <P extends LinesPath>({ pages, now, columns }: Props<P>) => {
  const say = useSay()
  const formats = useFormats()
  const opening = pages[0]?.opening ?? 0
  const openingNow = now?.pages[0]?.opening ?? opening
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
            <td className="figure">
              <Changed shown={formats.amount(opening)} now={formats.amount(openingNow)} />
            </td>
          </tr>
          {joined(pages, now).map(shown => (
            <LineRow key={keyOf(shown.line)} shown={shown} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What a cell says; undefined where it shows more than words. */
const wordsOf = (shown: ReactNode): string | undefined =>
  typeof shown === 'string' ? shown : shown ? undefined : ''

/** What a cell shows, marked where it says something else now. */
const Changed = ({ shown, now }: { readonly shown: ReactNode; readonly now: ReactNode }) => {
  const say = useSay()
  const [said, saidNow] = [wordsOf(shown), wordsOf(now)]
  if (said === undefined || saidNow === undefined || said === saidNow) return shown
  return <Marked told={say(words.isNow, { now: saidNow || '—' })}>{said || '—'}</Marked>
}

const LineRow = <P extends LinesPath>({
  shown: { line, present = line, isSince },
  columns,
}: {
  readonly shown: Shown<LineOf<P>>
  readonly columns: readonly LedgerColumn<LineOf<P>>[]
}) => {
  const say = useSay()
  const formats = useFormats()
  return (
    <tr className={isSince && classes['since']}>
      <td>{formats.day(line.postedOn)}</td>
      <td>
        {line.journal} {formats.count(line.number)}
      </td>
      <td className={classes['reference']}>
        <ScreenLink to={`/ledger/entries/${line.ordinal}`}>{line.documentReference}</ScreenLink>
      </td>
      <td>{isSince ? <Marked told={say(words.since)}>{line.label}</Marked> : line.label}</td>
      {columns.map(({ heading, figure, cell }) => (
        <td key={heading} className={figure && 'figure'}>
          <Changed shown={cell(line)} now={cell(present)} />
        </td>
      ))}
      <td className="figure">{line.amount > 0 ? formats.amount(line.amount) : ''}</td>
      <td className="figure">{line.amount < 0 ? formats.amount(-line.amount) : ''}</td>
      <td className="figure">{isSince ? say(words.since) : formats.amount(line.balance)}</td>
    </tr>
  )
}
