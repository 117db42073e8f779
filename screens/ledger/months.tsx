import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import { useOneEntity } from '../frame/entity.tsx'
import { useSearchState } from '../frame/link.tsx'
import type { Search } from '../frame/link.tsx'
import { useFormats, useToday } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import classes from './ledger.module.css'
import { words } from './words.ts'

export const isMonth = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value)

/** The parameters of the address that hold the first month and the last. */
interface Names {
  readonly from: string
  readonly to: string
}
const USUAL: Names = { from: 'from', to: 'to' }

/** The fiscal years of the entity, in the order of their days. */
const useFiscalYears = () => {
  const entity = useOneEntity()
  const { data } = useQuery({
    queryKey: ['fiscal-years', entity?.entityId],
    enabled: entity !== undefined,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      get('/api/ledger/fiscal-years', { query: { entityId: entity?.entityId }, signal }),
  })
  return data?.items ?? []
}

/**
 * The months that a page of the ledger is about: in its address; where it names none, the fiscal year of today, or the
 * last one there is.
 */
export const useMonths = (names: Names = USUAL): { readonly from: string; readonly to: string } => {
  const [search] = useSearchState()
  const years = useFiscalYears()
  const day = useToday()
  const usual = years.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn) ?? years.at(-1)
  const named = (name: string, otherwise: string): string => {
    const value = search[name]
    return isMonth(value) ? value : otherwise
  }
  const year = day.slice(0, 4)
  const from = named(names.from, usual?.startsOn.slice(0, 7) ?? `${year}-01`)
  const to = named(names.to, usual?.endsOn.slice(0, 7) ?? `${year}-12`)
  return from <= to ? { from, to } : { from: to, to: from }
}

/** The moment that a page of the ledger is shown at, in its address: behind the event of an ordinal, or now. */
export const useMoment = (): string | undefined => {
  const [search] = useSearchState()
  const asked = search['asOf']
  return typeof asked === 'string' && /^\d{1,15}$/.test(asked) ? asked : undefined
}

/** What a link to another page of the ledger keeps: its months, and the moment it is shown at. */
export const useKept = (): Search => ({ ...useMonths(), asOf: useMoment() })

export const firstDayOf = (month: string): string => `${month}-01`
export const lastDayOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`
}

/** The month so many months later. */
export const shiftMonth = (month: string, by: number): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** The months of all fiscal years and those that are chosen, the last first. */
const offeredMonths = (
  years: readonly { readonly startsOn: string; readonly endsOn: string }[],
  chosen: readonly string[],
): readonly string[] => {
  const months = new Set(chosen)
  for (const { startsOn, endsOn } of years)
    for (let month = startsOn.slice(0, 7); month <= endsOn.slice(0, 7); month = shiftMonth(month, 1))
      months.add(month)
  return [...months].toSorted().toReversed()
}

export const MonthsChooser = ({ names = USUAL }: { readonly names?: Names }) => {
  const say = useSay()
  const formats = useFormats()
  const [search, setSearch] = useSearchState()
  const months = useMonths(names)
  const offered = offeredMonths(useFiscalYears(), [months.from, months.to]).map(value => ({
    value,
    label: formats.month(value),
  }))
  const named = { [names.from]: months.from, [names.to]: months.to }
  return (
    <div className={classes['months']}>
      {(['from', 'to'] as const).map(end => (
        <Select
          key={end}
          aria-label={say(words[end])}
          leftSection={<span className={classes['end']}>{say(words[end])}</span>}
          leftSectionWidth={44}
          data={offered}
          value={months[end]}
          allowDeselect={false}
          searchable
          w={172}
          onChange={value => setSearch({ ...search, ...named, [names[end]]: value ?? months[end] })}
        />
      ))}
    </div>
  )
}
