import type { Company } from './import/company.ts'
import type { Player } from './player.ts'

/** Edition of the plan comptable général that the project carries. */
const PCG_EDITION = 2026

/**
 * Brings a company into being: entity, VAT regime, fiscal years, books, series and terms. What is there already stays.
 * @param keyOf the idempotency key of a step by its name
 */
export const setUpCompany = async (
  { play }: Player,
  entityId: string,
  company: Company,
  keyOf: (...step: readonly string[]) => string,
): Promise<void> => {
  const { code, name, legalForm, capital, registration, siren, siret, vatNumber, address } = company
  const { currency, timeZone, servicesVat, fiscalYears, accounts, journals, posting, series, terms } = company
  const from = fiscalYears[0]?.startsOn
  const send = (command: string, input: object, ...step: readonly string[]) =>
    play(command, { entityId, ...input }, keyOf(...step))
  await send(
    'organisation.registerLegalEntity',
    {
      code,
      name,
      legalForm,
      ...(capital !== undefined && { capital }),
      ...(registration !== undefined && { registration }),
      siren,
      ...(siret !== undefined && { siret }),
      vatNumber,
      address,
      currency,
      timeZone,
    },
    'entity',
  )
  await send('organisation.chooseVatRegime', { from, services: servicesVat }, 'vatRegime')
  for (const year of fiscalYears) await send('organisation.openFiscalYear', year, 'fiscalYear', year.year)
  await send('ledger.adoptChart', { edition: PCG_EDITION }, 'chart')
  for (const account of accounts) await send('ledger.openAccount', account, 'account', account.account)
  for (const journal of journals) await send('ledger.openJournal', journal, 'journal', journal.journal)
  await send('ledger.setPostingAccounts', { from, ...posting }, 'postingAccounts')
  const documents = ['invoice', 'creditNote']
  await send('organisation.openNumberSeries', { ...series, documents }, 'series', series.series)
  await send('organisation.setInvoicingTerms', terms, 'terms')
}
