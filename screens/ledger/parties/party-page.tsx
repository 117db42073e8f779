import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api/client.ts'
import { mayRead, maySend, useMe } from '../../api/session.ts'
import { customers } from '../../commerce/references.ts'
import { EntityLink } from '../../frame/entity.tsx'
import { ScreenLink, useAddressPart, useSearchState } from '../../frame/link.tsx'
import { Failed, Loading } from '../../frame/messages.tsx'
import { useFormats, useToday } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { LinesTable, useLedgerLines } from '../lines-table.tsx'
import type { LedgerColumn } from '../lines-table.tsx'
import { MomentControl } from '../moment.tsx'
import { MonthsChooser, useKept, useMoment } from '../months.tsx'
import { words } from '../words.ts'

const PATH = '/api/ledger/parties/{id}/lines'
type Line = Answer<typeof PATH>['items'][number]

/** One third party line by line: what is due since when, what is left of it, and how it is lettered. */
export default function PartyPage() {
  const say = useSay()
  const me = useMe()
  const id = useAddressPart('id')
  const kept = useKept()
  const asOf = useMoment()
  const [search] = useSearchState()
  const account = typeof search['account'] === 'string' ? search['account'] : undefined
  const lines = useLedgerLines(PATH, { id }, { account, asOf })
  const now = useLedgerLines(PATH, { id }, { account })
  const columns = useColumns()
  const readOn = (): void => {
    void lines.fetchNextPage()
    if (asOf !== undefined && now.hasNextPage) void now.fetchNextPage()
  }
  const isCustomer = useIsCustomer(id)
  const code = lines.data?.pages[0]?.items[0]?.partyCode
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>
          <customers.Name value={id} />{' '}
          {code !== undefined && <span className={classes['subtitle']}>{code}</span>}
        </h1>
        <MonthsChooser />
        {isCustomer && maySend(me, 'invoicing.allocatePayment') && (
          <EntityLink to="/invoicing/allocation" search={{ customerId: id }} className={classes['crumb']}>
            {say(words.allocate)}
          </EntityLink>
        )}
        {isCustomer && mayRead(me, 'invoicing') && (
          <EntityLink to="/invoicing/open-items" search={{ customerId: id }} className={classes['crumb']}>
            {say(words.openItems)}
          </EntityLink>
        )}
        {isCustomer && (
          <ScreenLink to={`/commerce/customers/${id}`} className={classes['crumb']}>
            {say(words.customerCard)}
          </ScreenLink>
        )}
        <EntityLink to="/ledger/parties" search={{ ...kept, account }} className={classes['crumb']}>
          {say(words.backToParties)}
        </EntityLink>
      </div>
      <MomentControl />
      {lines.data ? (
        <>
          <LinesTable<typeof PATH>
            pages={lines.data.pages}
            now={asOf === undefined ? undefined : now.data}
            columns={columns}
          />
          <p className={classes['hint']}>{say(words.letteringHint)}</p>
        </>
      ) : lines.error ? (
        <Failed error={lines.error} again={() => void lines.refetch()} />
      ) : (
        <Loading />
      )}
      {lines.hasNextPage && (
        <Button variant="subtle" onClick={readOn}>
          {say(words.more)}
        </Button>
      )}
    </div>
  )
}

/** Third parties of other kinds have no list of their own yet: the ledger knows their codes alone. */
const useIsCustomer = (id: string): boolean => {
  const { data } = useQuery({
    queryKey: ['is-customer', id],
    queryFn: async () => (await customers.load(id)) !== undefined,
  })
  return data === true
}

const DAY_MS = 86_400_000

/** How many days a line that something is left of has been due. */
const daysLate = ({ dueOn, leftOpen, amount }: Line, today: string): number => {
  if (dueOn === null || amount < 0 || leftOpen === null || leftOpen === 0) return 0
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(dueOn)) / DAY_MS))
}

const useColumns = (): readonly LedgerColumn<Line>[] => {
  const say = useSay()
  const formats = useFormats()
  const today = useToday()
  return [
    { heading: words.account, cell: ({ account }) => account },
    { heading: words.dueOn, cell: ({ dueOn }) => dueOn !== null && formats.day(dueOn) },
    {
      heading: words.late,
      figure: true,
      cell: line => {
        const days = daysLate(line, today)
        return days > 0 && say(words.lateDays, { days: formats.count(days) })
      },
    },
    {
      heading: words.leftOpen,
      figure: true,
      cell: ({ leftOpen }) => leftOpen !== null && leftOpen !== 0 && formats.amount(leftOpen),
    },
    {
      heading: words.lettering,
      cell: ({ lettering, leftOpen, amount }) =>
        lettering ?? (leftOpen !== null && leftOpen !== amount && say(words.partly)),
    },
  ]
}
