import type { Answer } from '../../api/client.ts'
import { mayRead, useMe } from '../../api/session.ts'
import documentClasses from '../../documents/documents.module.css'
import { ScreenLink } from '../../frame/link.tsx'
import { useSay } from '../../words/words.ts'
import { Contacts } from './contacts.tsx'
import { words } from './words.ts'

type Customer = Answer<'/api/commerce/customers/{id}'>

/** Whom to call there, and the way to what the customer owes. */
export const CustomerBody = ({ row: { customerId, kind } }: { readonly row: Customer }) => (
  <>
    {kind === 'company' && <Contacts customerId={customerId} />}
    <Accounts customerId={customerId} />
  </>
)

/** For those who may read it. */
const Accounts = ({ customerId }: Pick<Customer, 'customerId'>) => {
  const say = useSay()
  const me = useMe()
  if (!mayRead(me, 'invoicing')) return null
  return (
    <section className={documentClasses['box']}>
      <h2>{say(words.accounts)}</h2>
      <ul className={documentClasses['ways']}>
        {mayRead(me, 'ledger') && (
          <li>
            <ScreenLink to={`/ledger/parties/${customerId}`}>{say(words.ledgerAccount)}</ScreenLink>
          </li>
        )}
        <li>
          <ScreenLink to="/invoicing/open-items" search={{ customerId }}>
            {say(words.openItems)}
          </ScreenLink>
        </li>
        <li>
          <ScreenLink to="/invoicing/invoices" search={{ customerId }}>
            {say(words.invoices)}
          </ScreenLink>
        </li>
      </ul>
    </section>
  )
}
