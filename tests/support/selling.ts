/** Sends a command of a test, and fails unless it was recorded. */
type Done = (name: string, input: object) => Promise<unknown>

/** What an entity with its chart and journals VE and OD still needs to sell: accounts of the rules, series F, terms. */
export const openSelling = async (done: Done, entityId: string, from: string): Promise<void> => {
  await done('ledger.setPostingAccounts', {
    entityId,
    from,
    customers: '411',
    vatCollected: '44571',
    vatCollectedPending: '44574',
    freight: '70851',
    saleJournal: 'VE',
    operationsJournal: 'OD',
  })
  await done('organisation.openNumberSeries', {
    entityId,
    series: 'F',
    documents: ['invoice'],
    journal: 'VE',
    pattern: 'F{year}-{number:6}',
  })
  await done('organisation.setInvoicingTerms', {
    entityId,
    paymentTermDays: 30,
    latePaymentNote: 'Pénalités : trois fois le taux légal.',
    recoveryNote: 'Indemnité forfaitaire : 40 EUR.',
    discountNote: 'Pas d’escompte.',
  })
}
