import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SYSTEM_ACTORS } from '../../../commands/system-actors.ts'
import type { CommandHarness } from '../../support/command-harness.ts'
import { until } from '../../support/wait.ts'
import { everywhere } from '../../support/command-harness.ts'
import { shown } from '../../domain/ledger/books.ts'
import { entryOf } from '../../../domain/ledger/posting.ts'
import { verify } from '../../../replay/verify.ts'
import { customer, customerId } from '../commerce/business.ts'
import { books, draft, emptyCompany, company, entityId, invoiceId, unknown } from '../invoicing/company.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await books(await emptyCompany())
})
afterEach(() => house.stop())

const colleague = {
  as: {
    userId: '01900000-0000-7000-8000-00000000000b',
    grants: everywhere('accountant', 'chiefAccountant'),
  },
}
const typesOf = async (stream: string) => (await house.events(stream)).map(({ type }) => type.split('.')[1])
const period = (month: string) => ({ entityId, period: month })
const periodStream = (month: string) => `period-${entityId}.${month}`

describe('the books', () => {
  it('adopt a chart for an entity that is there', async () => {
    expect(await typesOf(`chart-${entityId}`)).toStrictEqual([
      'ChartAdopted',
      'AccountOpened',
      ...Array<string>(3).fill('JournalOpened'),
      'PostingAccountsSet',
    ])
    expect(await house.rejection('ledger.adoptChart', { entityId: unknown, edition: 2026 })).toStrictEqual({
      code: 'LEGAL_ENTITY_NOT_FOUND',
    })
  })
  it('open and close accounts', async () => {
    await house.done('ledger.openAccount', { entityId, account: '70851', label: 'Port export' })
    await house.done('ledger.closeAccount', { entityId, account: '70851' })
    expect(await house.rejection('ledger.closeAccount', { entityId, account: '7085' })).toStrictEqual({
      code: 'ACCOUNT_IN_USE',
      account: '7085',
      use: 'freight',
    })
  })
})

describe('locks', () => {
  const lock = { ...period('2026-05'), journal: 'VE' }
  const unlock = { ...lock, explanation: 'Facture tardive' }

  it('are taken off by another person than who set them', async () => {
    await house.done('ledger.lockJournal', lock)
    const own = await house.send('ledger.unlockJournal', unlock)
    expect(own).toMatchObject({ kind: 'forbidden' })
    expect(house.refused.at(-1)).toMatchObject({ code: 'SEPARATION_OF_DUTIES' })
    await house.done('ledger.unlockJournal', unlock, colleague)
    // The newest lock counts: the colleague locks now, and the first person may unlock.
    await house.done('ledger.lockJournal', lock, colleague)
    await house.done('ledger.unlockJournal', unlock)
  })
  it('are of journals that are there', async () =>
    expect(await house.rejection('ledger.lockJournal', { ...lock, journal: 'XX' })).toStrictEqual({
      code: 'JOURNAL_NOT_FOUND',
      journal: 'XX',
    }))
})

describe('PROTOCOL 25: cut and close', () => {
  it('goes month by month from the first of the books', async () => {
    expect(await house.rejection('ledger.cutPeriod', period('2026-02'))).toStrictEqual({
      code: 'PERIOD_BEFORE_NOT_CUT',
      period: '2026-02',
      before: '2026-01',
    })
    await house.done('ledger.cutPeriod', period('2026-01'))
    await house.done('ledger.cutPeriod', period('2026-02'))
    expect(await house.rejection('ledger.cutPeriod', period('2026-11'))).toMatchObject({
      code: 'PERIOD_NOT_OVER',
    })
    expect(await house.rejection('ledger.cutPeriod', period('2025-12'))).toStrictEqual({
      code: 'PERIOD_WITHOUT_FISCAL_YEAR',
      period: '2025-12',
    })
  })

  it('of a fiscal year’s last month waits until the next year is open', async () => {
    house.clock.advanceTo('2028-01-02T08:00:00.000Z')
    const months = [2026, 2027].flatMap(y =>
      Array.from({ length: 12 }, (_, m) => `${y}-${String(m + 1).padStart(2, '0')}`),
    )
    for (const month of months.slice(0, -1)) await house.done('ledger.cutPeriod', period(month))
    expect(await house.rejection('ledger.cutPeriod', period('2027-12'))).toStrictEqual({
      code: 'NEXT_FISCAL_YEAR_NOT_OPENED',
      period: '2027-12',
      firstDay: '2028-01-01',
    })
    const year = { entityId, year: '2028', startsOn: '2028-01-01', endsOn: '2028-12-31' }
    await house.done('organisation.openFiscalYear', year)
    await house.done('ledger.cutPeriod', period('2027-12'))
  })

  it('is closed by the reaction alone, after the cut', async () => {
    const cut = {
      stream: periodStream('2026-01'),
      revision: 0,
      eventId: unknown,
      recordedAt: '2026-11-22T08:00:00.000Z',
    }
    const close = { ...period('2026-01'), cut, stageVersion: 1, journals: [] }
    const reactions = { as: { userId: SYSTEM_ACTORS.reactions, grants: [] } }
    expect((await house.send('ledger.closePeriod', close)).kind).toBe('forbidden')
    expect(await house.rejection('ledger.closePeriod', close, reactions)).toStrictEqual({
      code: 'PERIOD_NOT_CUT',
      period: '2026-01',
    })
    await house.done('ledger.cutPeriod', period('2026-01'))
    await house.done('ledger.closePeriod', close, reactions)
    expect(await typesOf(periodStream('2026-01'))).toStrictEqual(['PeriodCut', 'PeriodClosed'])
  })

  it('is refused while a request dated in the period is unanswered', async () => {
    const other = await company()
    try {
      await other.done('invoicing.draftInvoice', draft)
      await other.stop()
      // No registrar answers any more: the request stands and waits, and so does who asked.
      void other.send('invoicing.issueInvoice', { invoiceId })
      await until('the request stands', async () => (await other.events(`invoice-${invoiceId}`)).length === 2)
      other.clock.advanceTo('2026-12-01T08:00:00.000Z')
      for (let month = 1; month <= 10; month++)
        await other.done('ledger.cutPeriod', period(`2026-${String(month).padStart(2, '0')}`))
      expect(await other.rejection('ledger.cutPeriod', period('2026-11'))).toStrictEqual({
        code: 'REQUESTS_UNANSWERED',
        period: '2026-11',
        count: 1,
        series: ['F'],
      })
    } finally {
      await other.stop()
    }
  })
})

describe('entries by hand', () => {
  const entryId = '01932f0c-0000-7000-8000-0000000000c9'
  const content = {
    journal: 'OD',
    accountingDate: '2026-10-31',
    documentDate: '2026-10-28',
    documentReference: 'LOYER 10',
    label: 'Loyer',
    lines: [
      { account: '6132', label: 'Loyer', side: 'debit', amount: 1200_00 },
      { account: '512', label: 'Loyer', side: 'credit', amount: 1200_00 },
    ],
  }
  const entry = { entryId, entityId, ...content }

  it('are drafted by one person, validated by another, reversed', async () => {
    await house.done('ledger.draftManualEntry', { ...entry, lines: [] })
    await house.done('ledger.changeManualEntry', { entryId, ...content }, colleague)
    for (const author of [{}, colleague])
      expect((await house.send('ledger.validateManualEntry', { entryId }, author)).kind).toBe('forbidden')
    const third = { as: { userId: unknown, grants: everywhere('accountant') } }
    await house.done('ledger.validateManualEntry', { entryId }, third)
    await house.done('ledger.reverseManualEntry', {
      entryId,
      reversedOn: '2026-11-01',
      explanation: 'Doublon',
    })
    const entries = (await house.events(`manualEntry-${entryId}`)).flatMap(e => entryOf(e) ?? [])
    expect(entries.map(shown)).toStrictEqual([
      ['OD 2026-10-31 LOYER 10 of 2026-10-28 manual 1', 'D 6132 1200.00', 'C 512 1200.00'],
      [
        'OD 2026-11-01 LOYER 10 of 2026-11-01 reversal 1 corrects LOYER 10 at 2',
        'C 6132 1200.00',
        'D 512 1200.00',
      ],
    ])
  })

  it('are cancelled while drafts', async () => {
    await house.done('ledger.draftManualEntry', entry)
    await house.done('ledger.cancelManualEntry', { entryId, explanation: 'Doublon' })
    expect(
      await house.rejection('ledger.changeManualEntry', { entryId, ...content, lines: [] }),
    ).toStrictEqual({
      code: 'MANUAL_ENTRY_CANCELLED',
    })
  })

  it('PROTOCOL 25: are refused in a closed period by name, with the first open day', async () => {
    await house.done('ledger.draftManualEntry', { ...entry, accountingDate: '2026-01-31' })
    await house.done('ledger.cutPeriod', period('2026-01'))
    await house.done('ledger.lockJournal', { ...period('2026-02'), journal: 'OD' })
    expect(await house.rejection('ledger.validateManualEntry', { entryId }, colleague)).toStrictEqual({
      code: 'PERIOD_CLOSED_FOR_ENTRIES',
      field: 'accountingDate',
      day: '2026-01-31',
      journal: 'OD',
      period: '2026-01',
      firstOpenDay: '2026-03-01',
    })
    const another = { ...entry, entryId: unknown, accountingDate: '2026-01-31' }
    const closed = { code: 'PERIOD_CLOSED_FOR_ENTRIES', period: '2026-01' }
    expect(await house.rejection('ledger.draftManualEntry', another)).toMatchObject(closed)
    await house.done('ledger.draftManualEntry', { ...another, accountingDate: '2026-03-31' })
    const { entityId: _, ...change } = another
    expect(await house.rejection('ledger.changeManualEntry', change)).toMatchObject(closed)
  })

  describe('on an account kept by customer', () => {
    const ofCustomer = (auxiliary: object) => ({
      ...entry,
      lines: [
        { account: '411', auxiliary, label: 'Loyer', side: 'debit', amount: 1200_00 },
        content.lines[1],
      ],
    })
    const named = { kind: 'customer', id: customerId, code: customer.code }

    /** A draft from before the customers of entries were looked up. */
    const draftedBefore = (auxiliary: { kind: string; id: string; code: string }) => {
      const lines = ofCustomer(auxiliary).lines.map(line => ({ ...line, amount: 1200_00n }))
      return house.log.append({
        stream: `manualEntry-${unknown}`,
        expected: 'noStream',
        events: [{ type: 'ledger.ManualEntryDrafted', data: { ...entry, entryId: unknown, lines } }],
        context: {
          commandId: unknown,
          actor: unknown,
          origin: 'api',
          correlationId: unknown,
          recordedAt: house.deps.now(),
        },
      })
    }

    beforeEach(async () => {
      await house.done('commerce.registerCustomer', customer)
    })

    it('name a customer who is there, by his code, and leave the log sound', async () => {
      await house.done('ledger.draftManualEntry', ofCustomer(named))
      await house.done('ledger.validateManualEntry', { entryId }, colleague)
      const { codec } = house.deps.log
      expect(await verify({ store: house.store, codec })).toMatchObject({ sound: true, findings: [] })
    })
    it.each([
      [
        { ...named, id: unknown },
        { code: 'AUXILIARY_CUSTOMER_NOT_FOUND', field: 'lines.0.auxiliary.id', customerId: unknown },
      ],
      [
        { ...named, code: 'OTHER' },
        {
          code: 'AUXILIARY_CODE_NOT_OF_CUSTOMER',
          field: 'lines.0.auxiliary.code',
          customerCode: 'OTHER',
          expected: customer.code,
        },
      ],
    ])('are refused with %o, drafted, changed and validated', async (wrong, rejection) => {
      const { entityId: _, ...change } = ofCustomer(wrong)
      expect(await house.rejection('ledger.draftManualEntry', ofCustomer(wrong))).toStrictEqual(rejection)
      await house.done('ledger.draftManualEntry', entry)
      expect(await house.rejection('ledger.changeManualEntry', change)).toStrictEqual(rejection)
      await draftedBefore(wrong)
      expect(
        await house.rejection('ledger.validateManualEntry', { entryId: unknown }, colleague),
      ).toStrictEqual(rejection)
    })
  })

  describe('on an account kept by person, or of suppliers', () => {
    const onAccount = (account: string, auxiliary?: object) => ({
      ...entry,
      lines: [
        { account, label: 'Loyer', side: 'debit', amount: 1200_00, ...(auxiliary && { auxiliary }) },
        content.lines[1],
      ],
    })
    const employee = { kind: 'person', id: unknown, code: unknown }

    beforeEach(async () => {
      await house.done('ledger.openAccount', {
        entityId,
        account: '4251',
        label: 'Avances',
        auxiliary: 'person',
      })
      await house.done('organisation.registerUser', {
        userId: unknown,
        kind: 'human',
        login: 'nancy',
        name: 'Nancy',
        grants: [],
      })
    })

    it('name a user, by the identifier', async () => {
      await house.done('ledger.draftManualEntry', onAccount('4251', employee))
      await house.done('ledger.validateManualEntry', { entryId }, colleague)
    })
    it('name somebody who left all the same', async () => {
      await house.done('organisation.userLeaves', { userId: unknown, leftOn: '2026-11-20' })
      await house.done('ledger.draftManualEntry', onAccount('4251', employee))
    })
    it('name no supplier: his account is kept as a whole', async () => {
      await house.done('ledger.draftManualEntry', onAccount('401'))
      await house.done('ledger.validateManualEntry', { entryId }, colleague)
    })
    it.each([
      [
        '4251',
        { ...employee, id: customerId },
        { code: 'AUXILIARY_PERSON_NOT_FOUND', field: 'lines.0.auxiliary.id', personId: customerId },
      ],
      [
        '4251',
        { ...employee, code: 'NANCY' },
        {
          code: 'AUXILIARY_CODE_NOT_OF_PERSON',
          field: 'lines.0.auxiliary.code',
          personCode: 'NANCY',
          expected: unknown,
        },
      ],
      [
        '401',
        { ...employee, kind: 'supplier' },
        { code: 'AUXILIARY_SUPPLIER_UNKNOWN', field: 'lines.0.auxiliary', supplierId: unknown },
      ],
    ])('are refused on %s with %o', async (account, wrong, rejection) =>
      expect(await house.rejection('ledger.draftManualEntry', onAccount(account, wrong))).toStrictEqual(
        rejection,
      ),
    )
  })

  it('refuse an entry that is not there', async () => {
    for (const [name, input] of [
      ['changeManualEntry', { entryId, ...content }],
      ['cancelManualEntry', { entryId, explanation: 'x' }],
      ['validateManualEntry', { entryId }],
      ['reverseManualEntry', { entryId, reversedOn: '2026-11-01', explanation: 'x' }],
    ] as const)
      expect(await house.rejection(`ledger.${name}`, input)).toStrictEqual({ code: 'MANUAL_ENTRY_NOT_FOUND' })
  })
})

it('only accountants touch the books', async () => {
  const seller = { as: { userId: unknown, grants: everywhere('sales', 'billing') } }
  for (const [name, input] of [
    ['openAccount', { entityId, account: '70851', label: 'X' }],
    ['lockJournal', { ...period('2026-05'), journal: 'VE' }],
    ['cutPeriod', period('2026-01')],
  ] as const)
    expect((await house.send(`ledger.${name}`, input, seller)).kind).toBe('forbidden')
})
