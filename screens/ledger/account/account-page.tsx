import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { useOneEntity } from '../../frame/entity.tsx'
import { ScreenLink, useAddressPart } from '../../frame/link.tsx'
import { Failed, Loading } from '../../frame/messages.tsx'
import { ReadOn } from '../../frame/read-on.tsx'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { LinesTable, useLedgerLines } from '../lines-table.tsx'
import { MonthsChooser, useMonths } from '../months.tsx'
import { words } from '../words.ts'

/** One account line by line, the balance after each; each line opens its entry, and its third party. */
export default function AccountPage() {
  const say = useSay()
  const account = useAddressPart('account')
  const months = useMonths()
  const lines = useLedgerLines('/api/ledger/accounts/{account}/lines', { account })
  const named = useAccount(account)
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.accountTitle, { account })}</h1>
        <span className={classes['subtitle']}>{named?.label}</span>
        <MonthsChooser />
        {named && named.auxiliary !== null && (
          <ScreenLink to="/ledger/parties" search={{ ...months, account }} className={classes['crumb']}>
            {say(words.byParty)}
          </ScreenLink>
        )}
        <ScreenLink to="/ledger/trial-balance" search={months} className={classes['crumb']}>
          {say(words.back)}
        </ScreenLink>
      </div>
      {lines.data ? (
        <LinesTable<'/api/ledger/accounts/{account}/lines'>
          pages={lines.data.pages}
          columns={[
            {
              heading: words.party,
              cell: ({ partyId, partyCode }) =>
                partyId !== null && (
                  <ScreenLink to={`/ledger/parties/${partyId}`} search={{ ...months, account }}>
                    {partyCode}
                  </ScreenLink>
                ),
            },
          ]}
        />
      ) : lines.error ? (
        <Failed error={lines.error} again={() => void lines.refetch()} />
      ) : (
        <Loading />
      )}
      {lines.hasNextPage && (
        <ReadOn key={lines.data?.pages.length} onSeen={() => void lines.fetchNextPage()} />
      )}
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
