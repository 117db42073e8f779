import type { Answer, CommandName } from '../../api/client.ts'
import { mayRead, maySend, useMe } from '../../api/session.ts'
import documentClasses from '../../documents/documents.module.css'
import { ScreenLink } from '../../frame/link.tsx'
import { words as ledger } from '../../ledger/words.ts'
import { useSay } from '../../words/words.ts'
import type { Text } from '../../words/words.ts'
import { words } from './words.ts'

interface Way {
  readonly to: string
  readonly label: Text
  /** Who may take it: readers of the ledger where absent. */
  readonly command?: CommandName
}

/** In the order in which the books of a new company are set up. */
const WAYS: readonly Way[] = [
  { to: '/ledger/chart/adopt', label: ledger.adoptChart, command: 'ledger.adoptChart' },
  { to: '/ledger/journals/new', label: ledger.newJournal, command: 'ledger.openJournal' },
  {
    to: '/ledger/chart/posting-accounts',
    label: ledger.postingAccounts,
    command: 'ledger.setPostingAccounts',
  },
  { to: '/ledger/accounts', label: ledger.chart },
  { to: '/ledger/journals', label: ledger.journals },
  { to: '/ledger/periods', label: ledger.periods },
]

/** The way to a company's books, for those who may take it. */
export const CompanyBody = ({ row }: { readonly row: Answer<'/api/organisation/legal-entities/{id}'> }) => {
  const say = useSay()
  const me = useMe()
  const ways = WAYS.filter(({ command }) => (command ? maySend(me, command) : mayRead(me, 'ledger')))
  if (ways.length === 0) return null
  return (
    <section className={documentClasses['box']}>
      <h2>{say(words.books)}</h2>
      <ul className={documentClasses['ways']}>
        {ways.map(({ to, label }) => (
          <li key={to}>
            <ScreenLink to={to} search={{ entityId: row.entityId }}>
              {say(label)}
            </ScreenLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
