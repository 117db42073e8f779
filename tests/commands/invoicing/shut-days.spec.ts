import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everywhere } from '../../support/command-harness.ts'
import type { CommandHarness } from '../../support/command-harness.ts'
import {
  allocationId,
  company,
  customerId,
  draft,
  entityId,
  invoiceId,
  paid,
  paymentId,
  unknown,
} from './company.ts'

/** PROTOCOL 25: every command that posts, into a month that is locked for its journal, and into one that is cut. */

let house: CommandHarness
beforeEach(async () => {
  house = await company()
  await house.done('invoicing.draftInvoice', draft)
})
afterEach(() => house.stop())

const entryId = '01932f0c-0000-7000-8000-0000000000c9'
const allocation = { allocationId, entityId, customerId, currency: 'EUR' }
const allocate = { ...allocation, paymentId, settlements: [{ invoiceId, amount: 100_00 }] }
const entry = {
  entryId,
  entityId,
  journal: 'OD',
  accountingDate: '2026-11-20',
  documentDate: '2026-11-20',
  documentReference: 'LOYER 11',
  label: 'Loyer',
  lines: [
    { account: '6132', label: 'Loyer', side: 'debit', amount: 1200_00 },
    { account: '512', label: 'Loyer', side: 'credit', amount: 1200_00 },
  ],
}
const another = { as: { userId: unknown, grants: everywhere('accountant') } }

type Prepare = () => Promise<unknown>
const issued: Prepare = () => house.done('invoicing.issueInvoice', { invoiceId })
const paidToo: Prepare = async () => {
  await issued()
  await house.done('invoicing.recordPayment', paid)
}
const allocated: Prepare = async () => {
  await paidToo()
  await house.done('invoicing.allocatePayment', allocate)
}
const drafted: Prepare = () => house.done('ledger.draftManualEntry', entry)
const validated: Prepare = async () => {
  await drafted()
  await house.done('ledger.validateManualEntry', { entryId }, another)
}

/** Command, journal, the day it posts on, what stands before. */
const PATHS: readonly [string, object, string, string, Prepare][] = [
  ['invoicing.issueInvoice', { invoiceId }, 'VE', '2026-11-22', () => Promise.resolve()],
  ['invoicing.recordPayment', paid, 'BQ', '2026-11-21', issued],
  ['invoicing.allocatePayment', allocate, 'OD', '2026-11-22', paidToo],
  ['invoicing.allocatePayment', { ...allocate, allocatedOn: '2026-11-22' }, 'OD', '2026-11-22', paidToo],
  ['invoicing.reverseAllocation', { ...allocation, explanation: 'x' }, 'OD', '2026-11-22', allocated],
  ['ledger.validateManualEntry', { entryId }, 'OD', '2026-11-20', drafted],
  [
    'ledger.reverseManualEntry',
    { entryId, reversedOn: '2026-11-21', explanation: 'x' },
    'OD',
    '2026-11-21',
    validated,
  ],
]

/** The field that names the day; none where it is today's. */
const named = (command: string, input: object): object => {
  if (command === 'ledger.validateManualEntry') return { field: 'accountingDate' }
  const field = ['bankDate', 'allocatedOn', 'reversedOn'].find(name => name in input)
  return field === undefined ? {} : { field }
}

describe.each(PATHS)('%s', (command, input, journal, day, prepare) => {
  const shut = { day, ...named(command, input), journal, period: '2026-11', firstOpenDay: '2026-12-01' }

  it('PROTOCOL 25: is refused in a locked journal by name, with the first open day, and records nothing', async () => {
    await prepare()
    await house.done('ledger.lockJournal', { entityId, period: '2026-11', journal })
    const before = await house.store.head()
    expect(await house.rejection(command, input, sentBy(command))).toStrictEqual({
      code: 'JOURNAL_LOCKED_FOR_ENTRIES',
      ...shut,
    })
    expect(await house.store.head()).toStrictEqual(before)
  })

  it('PROTOCOL 25: is not refused where another journal is locked', async () => {
    await prepare()
    await house.done('ledger.lockJournal', { entityId, period: '2026-11', journal: otherThan(journal) })
    await house.done(command, input, sentBy(command))
  })
})

const otherThan = (journal: string): string => (journal === 'VE' ? 'BQ' : 'VE')
const sentBy = (command: string): object => (command === 'ledger.validateManualEntry' ? another : {})

describe.each(PATHS.filter(([command]) => command !== 'invoicing.issueInvoice'))(
  '%s',
  (command, input, journal, day, prepare) => {
    it('PROTOCOL 25: is refused in a month that is cut', async () => {
      await prepare()
      house.clock.advanceTo('2026-12-02T08:00:00.000Z')
      for (let month = 1; month <= 11; month++)
        await house.done('ledger.cutPeriod', { entityId, period: `2026-${String(month).padStart(2, '0')}` })
      const dated = { ...input, ...datedIn(command, day) }
      expect(await house.rejection(command, dated, sentBy(command))).toStrictEqual({
        code: 'PERIOD_CLOSED_FOR_ENTRIES',
        day,
        ...named(command, dated),
        journal,
        period: '2026-11',
        firstOpenDay: '2026-12-01',
      })
    })
  },
)

/** Where a command posts today unless told otherwise, the day in the month that is cut. */
const datedIn = (command: string, day: string): object => {
  if (command === 'invoicing.allocatePayment') return { allocatedOn: day }
  return command === 'invoicing.reverseAllocation' ? { reversedOn: day } : {}
}
