import { Select } from '@mantine/core'
import { useSearchState } from '../../frame/link.tsx'
import { useSay } from '../../words/words.ts'
import { isMonth, MonthsChooser, shiftMonth, useMonths } from '../months.tsx'
import { words } from '../words.ts'

/** What the months shown are compared with. */
export interface Against {
  readonly from: string
  readonly to: string
  readonly basis: 'closing' | 'movement'
}

/** As the address says; undefined where nothing is compared. */
export const useAgainst = (): Against | undefined => {
  const [search] = useSearchState()
  const { againstFrom, againstTo, basis } = search
  if (!isMonth(againstFrom) || !isMonth(againstTo) || againstFrom > againstTo) return undefined
  return { from: againstFrom, to: againstTo, basis: basis === 'movement' ? 'movement' : 'closing' }
}

const MONTHS_OF_YEAR = 12

/** How many months two months and those between them are. */
const countOf = ({ from, to }: { readonly from: string; readonly to: string }): number => {
  const [fromYear = 0, fromMonth = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0] = to.split('-').map(Number)
  return (toYear - fromYear) * MONTHS_OF_YEAR + toMonth - fromMonth + 1
}

const OFFERS = {
  none: words.compareNone,
  before: words.compareBefore,
  yearBefore: words.compareYearBefore,
  other: words.compareOther,
} as const

/** The comparison: with what came before, with the year before, or with any months; of balances or of movements. */
export const ComparisonChooser = () => {
  const say = useSay()
  const [search, setSearch] = useSearchState()
  const months = useMonths()
  const against = useAgainst()
  const shifted = (by: number) => ({
    againstFrom: shiftMonth(months.from, -by),
    againstTo: shiftMonth(months.to, -by),
  })
  const offers = { before: countOf(months), yearBefore: MONTHS_OF_YEAR } as const
  const isOffer = (name: keyof typeof offers): boolean => {
    const { againstFrom, againstTo } = shifted(offers[name])
    return against?.from === againstFrom && against.to === againstTo
  }
  const chosen = !against
    ? 'none'
    : isOffer('yearBefore')
      ? 'yearBefore'
      : isOffer('before')
        ? 'before'
        : 'other'
  const choose = (value: string | null): void => {
    const offer = value === 'before' || value === 'yearBefore' ? shifted(offers[value]) : undefined
    const none = { againstFrom: undefined, againstTo: undefined, basis: undefined }
    setSearch({ ...search, ...months, ...(offer ?? (value === 'none' ? none : {})) })
  }
  const choices = [
    'none',
    'before',
    'yearBefore',
    ...(chosen === 'other' ? (['other'] as const) : []),
  ] as const
  return (
    <>
      <Select
        aria-label={say(words.compare)}
        data={choices.map(value => ({ value, label: say(OFFERS[value]) }))}
        value={chosen}
        allowDeselect={false}
        w={165}
        onChange={choose}
      />
      {against && (
        <>
          <MonthsChooser names={{ from: 'againstFrom', to: 'againstTo' }} />
          <Select
            aria-label={say(words.basis)}
            data={(['closing', 'movement'] as const).map(value => ({
              value,
              label: say(value === 'closing' ? words.basisClosing : words.basisMovement),
            }))}
            value={against.basis}
            allowDeselect={false}
            w={120}
            onChange={value => setSearch({ ...search, basis: value ?? undefined })}
          />
        </>
      )}
    </>
  )
}
