import { describe, expect, it } from 'vitest'
import { amountsOf, draftOf, parseAxes, typedOf } from '../../screens/ledger/manual-entries/typed-entry.ts'
import type { DraftLine, TypedLine } from '../../screens/ledger/manual-entries/typed-entry.ts'

const entry = (lines: readonly TypedLine[]) => ({
  journal: 'OD',
  accountingDate: '2026-11-27',
  documentReference: ' OD-1 ',
  label: 'Loyer ',
  lines,
})

const CUSTOMER = '01932f0c-0000-7000-8000-000000000001'

describe('an entry as it is typed', () => {
  it('makes the input of the command; what is not said of a line, the entry says', () => {
    const lines: readonly TypedLine[] = [
      { account: '6132', debit: 120_00, axes: 'site = Nantes; project=ALPHA' },
      {
        ...{ account: '411', asks: 'customer', label: 'Refacturé', credit: 120_00, dueOn: '2026-12-31' },
        ...{ partyId: CUSTOMER, partyCode: 'VINET' },
      },
      {},
    ]
    expect(draftOf(entry(lines))).toEqual({
      journal: 'OD',
      accountingDate: '2026-11-27',
      documentDate: '2026-11-27',
      documentReference: 'OD-1',
      label: 'Loyer',
      lines: [
        {
          ...{ account: '6132', label: 'Loyer', side: 'debit', amount: 120_00 },
          axes: { site: 'Nantes', project: 'ALPHA' },
        },
        {
          ...{ account: '411', label: 'Refacturé', side: 'credit', amount: 120_00, dueOn: '2026-12-31' },
          auxiliary: { kind: 'customer', id: CUSTOMER, code: 'VINET' },
        },
      ],
    })
  })

  it('makes none while a line lacks its account or its amount, or its axes cannot be read', () => {
    expect(draftOf(entry([{ account: '6132' }]))).toBeUndefined()
    expect(draftOf(entry([{ debit: 1 }]))).toBeUndefined()
    expect(draftOf(entry([{ account: '6132', debit: 1, axes: 'ALPHA' }]))).toBeUndefined()
  })

  it('may be unbalanced: its amounts are those typed so far', () => {
    expect(amountsOf([{ debit: 5 }, {}, { account: '512', credit: 3 }])).toEqual([
      { side: 'debit', amount: 5n },
      { side: 'credit', amount: 3n },
    ])
  })

  it('keeps what is not typed here: a changed entry loses nothing', () => {
    const line: DraftLine = {
      ...{ account: '4251', label: 'Avance', side: 'credit', amount: 12_00, axes: { site: 'Nantes' } },
      auxiliary: { kind: 'person', id: CUSTOMER, code: CUSTOMER },
      ...{ quantity: 2_0000, unit: 'C62' },
    }
    const typed = typedOf(line, 'person')
    expect(typed.axes).toBe('site=Nantes')
    expect(draftOf(entry([typed]))?.lines).toEqual([line])
    // Another account has another third party, or none.
    expect(draftOf(entry([{ ...typed, account: '512', asks: undefined }]))?.lines[0]).not.toHaveProperty(
      'auxiliary',
    )
  })
})

describe('axes', () => {
  it('are names and values', () => {
    expect(parseAxes('')).toEqual({})
    expect(parseAxes('projectCode=A B=C ;')).toEqual({ projectCode: 'A B=C' })
    expect(parseAxes('Project=A')).toBeUndefined()
    expect(parseAxes('project=')).toBeUndefined()
  })
})
