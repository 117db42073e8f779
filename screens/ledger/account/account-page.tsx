import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { EntityLink, useOneEntity } from '../../frame/entity.tsx'
import { useAddressPart } from '../../frame/link.tsx'
import { Failed, Loading } from '../../frame/messages.tsx'
import { ReadOn } from '../../frame/read-on.tsx'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { LedgerExport, lineColumns } from '../ledger-export.tsx'
import { LinesTable, useLedgerLines } from '../lines-table.tsx'
import { MomentControl } from '../moment.tsx'
import { MonthsChooser, firstDayOf, lastDayOf, useKept, useMoment, useMonths } from '../months.tsx'
import { words } from '../words.ts'

const PATH = '/api/ledger/accounts/{account}/lines'

/** One account line by line, the balance after each; each line opens its entry, and its third party. */
export default function AccountPage() {
  const say = useSay()
  const account = useAddressPart('account')
  const kept = useKept()
  const months = useMonths()
  const asOf = useMoment()
  const lines = useLedgerLines(PATH, { account }, { asOf })
  const now = useLedgerLines(PATH, { account })
  const named = useAccount(account)
  const readOn = (): void => {
    void lines.fetchNextPage()
    if (asOf !== undefined && now.hasNextPage) void now.fetchNextPage()
  }
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.accountTitle, { account })}</h1>
        <span className={classes['subtitle']}>{named?.label}</span>
        <MonthsChooser />
        <LedgerExport
          path={PATH}
          values={{ account }}
          query={{ from: firstDayOf(months.from), to: lastDayOf(months.to), asOf }}
          columns={lineColumns}
          title={say(words.accountTitle, { account })}
        />
        {named && named.auxiliary !== null && (
          <EntityLink to="/ledger/parties" search={{ ...kept, account }} className={classes['crumb']}>
            {say(words.byParty)}
          </EntityLink>
        )}
        <EntityLink to="/ledger/trial-balance" search={kept} className={classes['crumb']}>
          {say(words.back)}
        </EntityLink>
      </div>
      <MomentControl />
      {lines.data ? (
        <LinesTable<typeof PATH>
          pages={lines.data.pages}
          now={asOf === undefined ? undefined : now.data}
          columns={[
            {
              heading: words.party,
              cell: ({ partyId, partyCode }) =>
                partyId !== null && (
                  <EntityLink to={`/ledger/parties/${partyId}`} search={{ ...kept, account }}>
                    {partyCode}
                  </EntityLink>
                ),
            },
          ]}
        />
      ) : lines.error ? (
        <Failed error={lines.error} again={() => void lines.refetch()} />
      ) : (
        <Loading />
      )}
      {lines.hasNextPage && <ReadOn key={lines.data?.pages.length} onSeen={readOn} />}
    </div>
  )
}

/** What the chart says of the account. */
const useAccount = (account: string) => {
  const entity = useOneEntity()
  const { data } = useQuery({
    queryKey: ['account', entity?.entityId, account],
    enabled: entity !== undefined,
    queryFn: ({ signal }) =>
      get('/api/ledger/accounts', { query: { entityId: entity?.entityId, account }, signal }),
  })
  return data?.items[0]
}
