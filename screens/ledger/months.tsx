import { Select } from '@mantine/core'
import { useSearchState } from '../frame/link.tsx'
import { today } from '../shapes/parsed-input.tsx'
import { useFormats } from '../words/use-formats.ts'
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

/** The months that a page of the ledger is about: in its address, this year where it names none. */
export const useMonths = (names: Names = USUAL): { readonly from: string; readonly to: string } => {
  const [search] = useSearchState()
  const year = today().slice(0, 4)
  const named = (name: string, otherwise: string): string => {
    const value = search[name]
    return isMonth(value) ? value : otherwise
  }
  const from = named(names.from, `${year}-01`)
  const to = named(names.to, `${year}-12`)
  return from <= to ? { from, to } : { from: to, to: from }
}

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

const YEARS_BACK = 4

/** The months offered: some years back from the later of today and what is chosen. */
const monthsUntil = (last: string): readonly string[] => {
  const until = Math.max(Number(last.slice(0, 4)), Number(today().slice(0, 4)))
  return Array.from({ length: (YEARS_BACK + 1) * 12 }, (_, i) => {
    const year = until - Math.floor(i / 12)
    return `${year}-${String(12 - (i % 12)).padStart(2, '0')}`
  })
}

export const MonthsChooser = ({ names = USUAL }: { readonly names?: Names }) => {
  const say = useSay()
  const formats = useFormats()
  const [search, setSearch] = useSearchState()
  const months = useMonths(names)
  const offered = [...new Set([...monthsUntil(months.to), months.from])].map(value => ({
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
