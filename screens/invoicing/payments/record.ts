import { customers } from '../../commerce/references.ts'
import { defineForm, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { amount, day, text } from '../../shapes/shapes.tsx'
import { words as invoicing } from '../words.ts'
import { words } from './words.ts'

/** Money that came in, as the bank's statement tells it. */
export default defineForm({
  command: 'invoicing.recordPayment',
  title: invoicing.newPayment,
  submit: words.record,
  fields: [
    { name: 'customerId', label: invoicing.customer, as: customers },
    { name: 'bankDate', label: words.bankDate, as: day },
    { name: 'amount', label: words.amount, as: amount },
    { name: 'currency', label: invoicing.currency, as: text },
    { name: 'journal', label: words.journal, as: text },
    { name: 'bankReference', label: words.reference, as: text },
  ],
  begin: ({ entity, today }) => ({
    paymentId: newId(),
    entityId: entity?.entityId,
    bankDate: today,
    currency: entity?.currency,
    journal: 'BQ',
  }),
  input: values => {
    const typed = values as Readonly<Record<string, string | undefined>>
    return whole({
      paymentId: values['paymentId'] as string,
      entityId: typed['entityId'],
      customerId: typed['customerId'],
      bankDate: typed['bankDate'],
      amount: values['amount'] as number | undefined,
      currency: typed['currency'] || undefined,
      journal: typed['journal'] || undefined,
      bankReference: typed['bankReference']?.trim() || undefined,
    })
  },
  opens: ({ paymentId }) => `/invoicing/payments/${paymentId}`,
  done: () => [words.isRecorded, {}],
})
