import { Select } from '@mantine/core'
import { useSearchState } from '../frame/link.tsx'
import { today } from '../shapes/parsed-input.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import classes from './ledger.module.css'
import { words } from './words.ts'

/** The months that a page of the ledger is about: in its address, this year where it names none. */
export const useMonths = (): { readonly from: string; readonly to: string } => {
  const [search] = useSearchState()
  const year = today().slice(0, 4)
  const named = (name: string, otherwise: string): string => {
    const value = search[name]
    return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value) ? value : otherwise
  }
  const from = named('from', `${year}-01`)
  const to = named('to', `${year}-12`)
  return from <= to ? { from, to } : { from: to, to: from }
}

export const firstDayOf = (month: string): string => `${month}-01`
export const lastDayOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`
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

export const MonthsChooser = () => {
  const say = useSay()
  const formats = useFormats()
  const [search, setSearch] = useSearchState()
  const months = useMonths()
  const offered = [...new Set([...monthsUntil(months.to), months.from])].map(value => ({
    value,
    label: formats.month(value),
  }))
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
          w={190}
          onChange={value => setSearch({ ...search, ...months, [end]: value ?? months[end] })}
        />
      ))}
    </div>
  )
}
