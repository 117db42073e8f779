import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { useLive } from '../../api/use-live.ts'
import { useOneEntity } from '../../frame/entity.tsx'
import { ScreenLink, useSearchState } from '../../frame/link.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { MonthsChooser, useMonths } from '../months.tsx'
import { SumCells, SumHeadings } from '../sums.tsx'
import { words } from '../words.ts'
import { PartyName } from './party-name.tsx'

type Page = Answer<'/api/ledger/parties'>

const PAGE_ROWS = '200'

/** The subsidiary ledger: every third party on its account, from opening to balance; each opens line by line. */
export default function PartiesPage() {
  const say = useSay()
  const entity = useOneEntity()
  const months = useMonths()
  const [search] = useSearchState()
  const account = typeof search['account'] === 'string' ? search['account'] : undefined
  useLive('ledger', 'parties')
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['parties', entity?.entityId, months, account],
    enabled: entity !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      get('/api/ledger/parties', {
        query: { entityId: entity?.entityId, ...months, account, limit: PAGE_ROWS, cursor: pageParam },
        signal,
      }),
    getNextPageParam: page => page.next,
  })
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.parties)}</h1>
        <MonthsChooser />
        {account !== undefined && (
          <ScreenLink to={`/ledger/accounts/${account}`} search={months} className={classes['crumb']}>
            {say(words.accountTitle, { account })}
          </ScreenLink>
        )}
        <ScreenLink to="/ledger/trial-balance" search={months} className={classes['crumb']}>
          {say(words.back)}
        </ScreenLink>
      </div>
      {data ? (
        <PartiesTable pages={data.pages} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading />
      )}
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()}>
          {say(words.more)}
        </Button>
      )}
    </div>
  )
}

const PartiesTable = ({ pages }: { readonly pages: readonly Page[] }) => {
  const say = useSay()
  const months = useMonths()
  const rows = pages.flatMap(({ items }) => items)
  const [first] = pages
  if (first === undefined || rows.length === 0) return <Message title={say(words.noParties)} />
  return (
    <div className={classes['ledger']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.party)}</th>
            <th scope="col">{say(words.label)}</th>
            <th scope="col">{say(words.account)}</th>
            <SumHeadings />
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={`${row.partyId} ${row.account}`}>
              <td>
                <ScreenLink
                  to={`/ledger/parties/${row.partyId}`}
                  search={{ ...months, account: row.account }}
                >
                  {row.partyCode}
                </ScreenLink>
              </td>
              <td>
                <PartyName id={row.partyId} code={row.partyCode} kind={row.partyKind} />
              </td>
              <td>{row.account}</td>
              <SumCells of={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {say(words.total)}
            </th>
            <SumCells of={first} zeros />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
