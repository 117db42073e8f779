import { EntityLink } from '../../frame/entity.tsx'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { useKept } from '../months.tsx'
import { words } from '../words.ts'
import { useCollectiveAccounts } from './use-collective.ts'

interface Line {
  readonly account: string
  readonly label: string
  /** The result of earlier years, as long as nobody posted it: it has no lines. */
  readonly notPosted: boolean
}

/** Number and label of an account, which opens line by line, and where it is kept so, by third party. */
export const AccountCells = ({ line: { account, label, notPosted } }: { readonly line: Line }) => {
  const say = useSay()
  const kept = useKept()
  const collective = useCollectiveAccounts()
  if (notPosted)
    return (
      <>
        <td>{account}</td>
        <td>{say(words.notPosted, { label })}</td>
      </>
    )
  return (
    <>
      <td>
        <EntityLink to={`/ledger/accounts/${account}`} search={kept}>
          {account}
        </EntityLink>
      </td>
      <td>
        {label}
        {collective.has(account) && (
          <EntityLink to="/ledger/parties" search={{ ...kept, account }} className={classes['beside']}>
            {say(words.byParty)}
          </EntityLink>
        )}
      </td>
    </>
  )
}
