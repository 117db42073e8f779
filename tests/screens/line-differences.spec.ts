import { describe, expect, it } from 'vitest'
import { joinedOf, lineDifferencesOf, partnersOf } from '../../screens/documents/line-differences.ts'
import type { LineDifference } from '../../screens/documents/line-differences.ts'

const columns = [{ name: 'account' }, { name: 'amount' }]
const byPlace = { name: 'lines', columns }
const byId = { ...byPlace, id: 'lineId' }

const [rent, bank] = [
  { account: '6132', amount: 100 },
  { account: '512', amount: 100 },
]
const theirsUnlessBoth = ({ both }: LineDifference): boolean => !both

describe('lines that two people changed', () => {
  it('are joined where each cell has one hand, and shown cell by cell where it has two', () => {
    const versions = {
      before: [rent, bank],
      theirs: [
        { ...rent, amount: 120 },
        { ...bank, amount: 120 },
      ],
      mine: [{ ...rent, account: '6135', amount: 110 }, bank],
    }
    expect(lineDifferencesOf(byPlace, versions)).toEqual([
      { name: 'lines.0.amount', row: 0, column: 'amount', before: 100, theirs: 120, mine: 110, both: true },
      { name: 'lines.1.amount', row: 1, column: 'amount', before: 100, theirs: 120, mine: 100, both: false },
    ])
    expect(joinedOf(byPlace, versions, theirsUnlessBoth)).toEqual([
      { account: '6135', amount: 110 },
      { account: '512', amount: 120 },
    ])
    expect(joinedOf(byPlace, versions, () => true)[0]).toEqual({ account: '6135', amount: 120 })
  })

  it('keep what either of them added, and lose what either removed', () => {
    const [fee, tax] = [
      { account: '627', amount: 1 },
      { account: '4456', amount: 2 },
    ]
    const versions = { before: [rent, bank], theirs: [rent, fee, bank], mine: [bank, tax] }
    expect(joinedOf(byPlace, versions, theirsUnlessBoth)).toEqual([fee, bank, tax])
    expect(lineDifferencesOf(byPlace, versions)).toMatchObject([
      { name: 'lines.1', theirs: fee, both: false },
    ])
  })

  it('are both shown where one changed what the other removed', () => {
    const versions = { before: [rent, bank], theirs: [bank], mine: [{ ...rent, amount: 5 }, bank] }
    expect(lineDifferencesOf(byPlace, versions)).toMatchObject([
      { name: 'lines.0', before: rent, theirs: undefined, mine: { amount: 5 }, both: true },
    ])
    expect(joinedOf(byPlace, versions, theirsUnlessBoth)).toEqual(versions.mine)
    expect(joinedOf(byPlace, versions, () => true)).toEqual([bank])
  })

  it('are found again in a list of ten thousand, where one was changed and one is new', () => {
    const before = Array.from({ length: 10_000 }, (_, i) => ({ account: String(i), amount: i }))
    const now = before.with(5_000, { account: '5000', amount: 1 }).toSpliced(5_001, 0, rent)
    const partners = partnersOf(before, now)
    expect(partners).toEqual(before.map((_, i) => i).toSpliced(5_001, 0, undefined as never))
  })

  it('are told apart where equal ones stand side by side', () => {
    expect(partnersOf([rent, rent], [rent])).toEqual([0])
    expect(partnersOf([rent], [rent, rent])).toEqual([0, undefined])
    expect(partnersOf([rent, bank, rent], [rent, rent])).toEqual([0, 2])
  })

  it('are known by their ids where they have any, and take along what nobody types', () => {
    const line = (lineId: string, amount: number, left: number) => ({ lineId, account: lineId, amount, left })
    const versions = {
      before: [line('a', 5, 5), line('b', 2, 2)],
      theirs: [line('b', 1, 1)],
      mine: [line('a', 5, 5), line('b', 2, 2)],
    }
    expect(joinedOf(byId, versions, theirsUnlessBoth)).toEqual([line('b', 1, 1)])
  })
})
