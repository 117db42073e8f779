import type { Answer } from '../../api/client.ts'
import type { Commands } from '../../api/generated.ts'
import { action } from '../../documents/declaration.ts'
import { lastSaid } from '../../documents/last-said.ts'
import { addressValues } from '../../forms/address.ts'
import { given, typedIn, whole } from '../../forms/declaration.ts'
import { count, day, text } from '../../shapes/shapes.tsx'
import { say } from '../../words/words.ts'
import { identityFields, identityIn } from './fields.ts'
import { numbered, regime, words } from './words.ts'

/** What a company's books and documents rest on, in the order in which a new one is set up. */

type Company = Answer<'/api/organisation/legal-entities/{id}'>
type Said<C extends keyof Commands> = Partial<Omit<Commands[C], 'entityId'>>

const always = (): boolean => true
const STORY = '/api/organisation/legal-entities/{id}/story'

/** What no field shows stays as it is: where its e-invoices arrive. */
const change = action<Company, 'organisation.changeLegalEntity'>(always, {
  command: 'organisation.changeLegalEntity',
  title: words.change,
  submit: words.change,
  fields: identityFields,
  begin: async (_, { entityId }) => {
    const said = (await lastSaid(STORY, entityId, [
      'organisation.LegalEntityRegistered',
      'organisation.LegalEntityChanged',
    ])) as Said<'organisation.changeLegalEntity'>
    const { address, electronicAddress, ...identity } = said
    return { ...identity, ...addressValues('address', { ...address }), kept: { electronicAddress } }
  },
  input: (values, { entityId }) => {
    const identity = identityIn(values)
    const kept = values['kept'] as Said<'organisation.changeLegalEntity'>
    return identity && { entityId, ...identity, ...given(kept) }
  },
  done: () => [words.isChanged, {}],
})

const openYear = action<Company, 'organisation.openFiscalYear'>(always, {
  command: 'organisation.openFiscalYear',
  title: words.openYear,
  submit: words.openYear,
  fields: [
    { name: 'year', label: words.year, as: text },
    { name: 'startsOn', label: words.startsOn, as: day },
    { name: 'endsOn', label: words.endsOn, as: day },
  ],
  begin: async ({ today }, { entityId }) => {
    const { year: last } = (await lastSaid(STORY, entityId, [
      'organisation.FiscalYearOpened',
    ])) as Said<'organisation.openFiscalYear'>
    const year = /^\d{4}$/.test(last ?? '') ? String(Number(last) + 1) : today.slice(0, 4)
    return { year, startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }
  },
  input: (values, { entityId }) => {
    const typed = typedIn(values)
    return whole({
      entityId,
      year: typed('year'),
      startsOn: typed('startsOn'),
      endsOn: typed('endsOn'),
    })
  },
  done: () => [words.yearOpened, {}],
})

const openSeries = action<Company, 'organisation.openNumberSeries'>(always, {
  command: 'organisation.openNumberSeries',
  title: words.openSeries,
  submit: words.openSeries,
  note: words.seriesNote,
  fields: [
    { name: 'series', label: words.series, as: text },
    { name: 'documents', label: words.documents, as: numbered },
    { name: 'journal', label: words.journal, as: text },
    { name: 'pattern', label: words.pattern, as: text },
  ],
  begin: () => ({ documents: 'both', journal: 'VE', pattern: 'F{year}-{number:6}' }),
  input: (values, { entityId }) => {
    const typed = typedIn(values)
    const documents = typed('documents') as 'invoice' | 'creditNote' | 'both' | undefined
    return whole({
      entityId,
      series: typed('series'),
      documents: documents === 'both' ? (['invoice', 'creditNote'] as const) : documents && [documents],
      journal: typed('journal'),
      pattern: typed('pattern'),
    })
  },
  done: () => [words.seriesOpened, {}],
})

/** What the law wants on every invoice is proposed (C. com. L441-9, L441-10, D441-5). */
const setTerms = action<Company, 'organisation.setInvoicingTerms'>(always, {
  command: 'organisation.setInvoicingTerms',
  title: words.setTerms,
  submit: words.setTerms,
  fields: [
    { name: 'paymentTermDays', label: words.terms, as: count },
    { name: 'iban', label: words.iban, as: text, optional: true },
    { name: 'bic', label: words.bic, as: text, optional: true },
    { name: 'latePaymentNote', label: words.latePaymentNote, as: text, wide: true },
    { name: 'recoveryNote', label: words.recoveryNote, as: text, wide: true },
    { name: 'discountNote', label: words.discountNote, as: text, wide: true },
  ],
  begin: async (_, { entityId }) => ({
    paymentTermDays: 30,
    latePaymentNote: say(words.usualLate),
    recoveryNote: say(words.usualRecovery),
    discountNote: say(words.usualDiscount),
    ...((await lastSaid(STORY, entityId, [
      'organisation.InvoicingTermsSet',
    ])) as Said<'organisation.setInvoicingTerms'>),
  }),
  input: (values, { entityId }) => {
    const typed = typedIn(values)
    const needed = whole({
      entityId,
      paymentTermDays: values['paymentTermDays'] as number | undefined,
      latePaymentNote: typed('latePaymentNote'),
      recoveryNote: typed('recoveryNote'),
      discountNote: typed('discountNote'),
    })
    const account = { iban: typed('iban')?.replaceAll(' ', ''), bic: typed('bic') }
    return needed && { ...needed, ...given(account) }
  },
  done: () => [words.termsSet, {}],
})

const chooseRegime = action<Company, 'organisation.chooseVatRegime'>(always, {
  command: 'organisation.chooseVatRegime',
  title: words.chooseRegime,
  submit: words.chooseRegime,
  fields: [
    { name: 'from', label: words.from, as: day },
    { name: 'services', label: words.services, as: regime },
  ],
  begin: ({ today }) => ({ from: today, services: 'receipts' }),
  input: (values, { entityId }) =>
    whole({
      entityId,
      from: typedIn(values)('from'),
      services: values['services'] as 'receipts' | 'debits' | undefined,
    }),
  done: () => [words.regimeChosen, {}],
})

export const companyActions = [change, setTerms, openYear, openSeries, chooseRegime]
