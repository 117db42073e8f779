import type { Answer } from '../../api/client.ts'
import { maySendIn, useMe } from '../../api/session.ts'
import documentClasses from '../../documents/documents.module.css'
import { EntityLink } from '../../frame/entity.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { Allocations } from '../allocation/allocations.tsx'
import { words } from './words.ts'

/** What the payment paid, and what is left of it to allocate. */
export const PaymentBody = ({ row }: { readonly row: Answer<'/api/invoicing/payments/{id}'> }) => {
  const say = useSay()
  const formats = useFormats()
  const { paymentId, entityId, amount, allocated, currency } = row
  const may = maySendIn(useMe(), 'invoicing.allocatePayment', entityId)
  return (
    <>
      {allocated < amount && (
        <section className={documentClasses['box']}>
          <ul className={documentClasses['ways']}>
            <li>{say(words.leftToAllocate, { amount: formats.money(amount - allocated, currency) })}</li>
            {may && (
              <li>
                <EntityLink to="/invoicing/allocation" search={{ paymentId }}>
                  {say(words.allocate)}
                </EntityLink>
              </li>
            )}
          </ul>
        </section>
      )}
      <Allocations of={{ entityId, sourceId: paymentId }} />
    </>
  )
}
