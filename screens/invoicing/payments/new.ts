import { customers } from '../../commerce/references.ts'
import { defineForm, given, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { journals } from '../../ledger/references.ts'
import { usualJournal } from '../../ledger/usual-journal.ts'
import { amount, day, text } from '../../shapes/shapes.tsx'
import { invoicingEvents } from '../event-words.ts'
import { words as invoicing } from '../words.ts'
import { words } from './words.ts'

const TREASURY = ['bank', 'cash']

/** Money that a customer paid; what it pays is said where it is allocated. */
export default defineForm({
  command: 'invoicing.recordPayment',
  title: invoicing.newPayment,
  submit: words.record,
  fields: [
    { name: 'customerId', label: invoicing.customer, as: customers },
    { name: 'amount', label: words.amount, as: amount },
    { name: 'bankDate', label: words.bankDate, as: day },
    {
      name: 'journal',
      label: words.journal,
      as: journals,
      within: ({ entityId }) => ({ entityId: entityId as string | undefined, kind: TREASURY }),
    },
    { name: 'bankReference', label: words.reference, as: text },
    { name: 'recordedOn', label: words.recordedOn, as: day, optional: true },
  ],
  begin: async ({ entity, today }) => ({
    paymentId: newId(),
    journal: await usualJournal(entity?.entityId, 'bank'),
    entityId: entity?.entityId,
    currency: entity?.currency,
    bankDate: today,
  }),
  input: values => {
    const { paymentId, entityId, customerId, currency, bankDate, journal, bankReference, recordedOn } =
      values as Readonly<Record<string, string | undefined>>
    const needed = whole({
      ...{ paymentId, entityId, customerId, currency, bankDate, journal },
      bankReference: bankReference?.trim() || undefined,
      amount: values['amount'] as number | undefined,
    })
    return needed && { ...needed, ...given({ recordedOn }) }
  },
  events: invoicingEvents,
  opens: ({ paymentId }) => `/invoicing/payments/${paymentId}`,
  done: (_, { bankReference }) => [words.isRecorded, { reference: bankReference }],
})
