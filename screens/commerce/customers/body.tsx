import type { Answer } from '../../api/client.ts'
import { mayRead, useMe } from '../../api/session.ts'
import documentClasses from '../../documents/documents.module.css'
import { ScreenLink } from '../../frame/link.tsx'
import { useSay } from '../../words/words.ts'
import { words } from './words.ts'

/** The way to what the customer owes, for those who may read it. */
export const CustomerBody = ({ row }: { readonly row: Answer<'/api/commerce/customers/{id}'> }) => {
  const say = useSay()
  const me = useMe()
  const { customerId } = row
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
