import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { useLive } from '../../api/use-live.ts'
import { EntityLink, useOneEntity } from '../../frame/entity.tsx'
import { useSearchState } from '../../frame/link.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { MomentControl } from '../moment.tsx'
import { MonthsChooser, useKept, useMoment, useMonths } from '../months.tsx'
import { NO_SUMS, SumCells, SumHeadings } from '../sums.tsx'
import { words } from '../words.ts'
import { PartyName } from './party-name.tsx'

type Page = Answer<'/api/ledger/parties'>
type Party = Page['items'][number]

const PAGE_ROWS = '200'

/** The third parties of the months shown, as known behind an ordinal, or now. */
const useParties = (account: string | undefined, asOf: string | undefined) => {
  const entity = useOneEntity()
  const months = useMonths()
  useLive('ledger', 'parties')
  return useInfiniteQuery({
    queryKey: ['parties', entity?.entityId, months, account, asOf],
    enabled: entity !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      get('/api/ledger/parties', {
        query: {
          ...{ entityId: entity?.entityId, ...months, account, asOf },
          ...{ limit: PAGE_ROWS, cursor: pageParam },
        },
        signal,
      }),
    getNextPageParam: page => page.next,
  })
}

/** The subsidiary ledger: every third party on its account, from opening to balance; each opens line by line. */
export default function PartiesPage() {
  const say = useSay()
  const kept = useKept()
  const asOf = useMoment()
  const [search] = useSearchState()
  const account = typeof search['account'] === 'string' ? search['account'] : undefined
  const { data, error, refetch, hasNextPage, fetchNextPage } = useParties(account, asOf)
  const now = useParties(account, undefined)
  const readOn = (): void => {
    void fetchNextPage()
    if (asOf !== undefined && now.hasNextPage) void now.fetchNextPage()
  }
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.parties)}</h1>
        <MonthsChooser />
        {account !== undefined && (
          <EntityLink to={`/ledger/accounts/${account}`} search={kept} className={classes['crumb']}>
            {say(words.accountTitle, { account })}
          </EntityLink>
        )}
        <EntityLink to="/ledger/trial-balance" search={kept} className={classes['crumb']}>
          {say(words.back)}
        </EntityLink>
      </div>
      <MomentControl />
      {data && now.data ? (
        <PartiesTable pages={data.pages} now={now.data.pages} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading />
      )}
      {hasNextPage && (
        <Button variant="subtle" onClick={readOn}>
          {say(words.more)}
        </Button>
      )}
    </div>
  )
}

const keyOf = ({ partyId, account }: Party): string => `${partyId} ${account}`

/** The third parties of a moment, and those that came since, with nothing on their accounts. */
const rowsOf = (pages: readonly Page[], now: readonly Party[]): readonly Party[] => {
  const then = pages.flatMap(({ items }) => items)
  if (pages.at(-1)?.next !== undefined) return then
  const known = new Set(then.map(keyOf))
  return [...then, ...now.filter(row => !known.has(keyOf(row))).map(row => ({ ...row, ...NO_SUMS }))]
}

const PartiesTable = ({ pages, now }: { readonly pages: readonly Page[]; readonly now: readonly Page[] }) => {
  const say = useSay()
  const kept = useKept()
  const present = now.flatMap(({ items }) => items)
  const byKey = new Map(present.map(row => [keyOf(row), row]))
  const rows = rowsOf(pages, present)
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
            <tr key={keyOf(row)}>
              <td>
                <EntityLink to={`/ledger/parties/${row.partyId}`} search={{ ...kept, account: row.account }}>
                  {row.partyCode}
                </EntityLink>
              </td>
              <td>
                <PartyName id={row.partyId} code={row.partyCode} kind={row.partyKind} />
              </td>
              <td>{row.account}</td>
              <SumCells of={row} now={byKey.get(keyOf(row)) ?? row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {say(words.total)}
            </th>
            <SumCells of={first} now={now[0] ?? first} zeros />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
