import { useInfiniteQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { useOneEntity } from '../../frame/entity.tsx'
import { ScreenLink, useAddressPart } from '../../frame/link.tsx'
import { Failed, Loading } from '../../frame/messages.tsx'
import { ReadOn } from '../../frame/read-on.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { firstDayOf, lastDayOf, MonthsChooser, useMonths } from '../months.tsx'
import { words } from '../words.ts'

type Page = Answer<'/api/ledger/accounts/{account}/lines'>

const PAGE_LINES = '200'

/** One account line by line, the balance after each; each line opens its entry. */
export default function AccountPage() {
  const say = useSay()
  const account = useAddressPart('account')
  const entity = useOneEntity()
  const months = useMonths()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['account', entity?.entityId, account, months],
    enabled: entity !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      get('/api/ledger/accounts/{account}/lines', {
        values: { account },
        query: {
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
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.accountTitle, { account })}</h1>
        <MonthsChooser />
        <ScreenLink to="/ledger/trial-balance" search={months} className={classes['crumb']}>
          {say(words.back)}
        </ScreenLink>
      </div>
      {data ? (
        <AccountLines pages={data.pages} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading />
      )}
      {hasNextPage && <ReadOn key={data?.pages.length} onSeen={() => void fetchNextPage()} />}
    </div>
  )
}

const HEADINGS = [words.postedOn, words.journal, words.reference, words.label, words.party] as const
const FIGURES = [words.debit, words.credit, words.balance] as const

const AccountLines = ({ pages }: { readonly pages: readonly Page[] }) => {
  const say = useSay()
  const formats = useFormats()
  return (
    <div className={classes['ledger']}>
      <table>
        <thead>
          <tr>
            {HEADINGS.map(heading => (
              <th key={heading} scope="col">
                {say(heading)}
              </th>
            ))}
            {FIGURES.map(heading => (
              <th key={heading} scope="col" className="figure">
                {say(heading)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={classes['opening']}>
            <td colSpan={HEADINGS.length + 2}>{say(words.opening)}</td>
            <td className="figure">{formats.amount(pages[0]?.opening ?? 0)}</td>
          </tr>
          {pages
            .flatMap(({ items }) => items)
            .map(line => (
              <tr key={`${line.ordinal} ${line.line}`}>
                <td>{formats.day(line.postedOn)}</td>
                <td>
                  {line.journal} {formats.count(line.number)}
                </td>
                <td>
                  <ScreenLink to={`/ledger/entries/${line.ordinal}`}>{line.documentReference}</ScreenLink>
                </td>
                <td>{line.label}</td>
                <td>{line.partyCode}</td>
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
