import { Select } from '@mantine/core'
import { useSearchState } from '../../frame/link.tsx'
import { useSay } from '../../words/words.ts'
import { words } from '../words.ts'
import type { LedgerMonths } from './use-ledger-months.ts'

/** The fiscal year that the address names, if it names one. */
export const useYear = (): string | undefined => {
  const [search] = useSearchState()
  return typeof search['year'] === 'string' ? search['year'] : undefined
}

export const YearChooser = ({ months: { years, year } }: { readonly months: LedgerMonths }) => {
  const say = useSay()
  const [search, setSearch] = useSearchState()
  return (
    <Select
      aria-label={say(words.year)}
      data={years.map(({ year: name }) => name)}
      value={year ?? null}
      allowDeselect={false}
      w={110}
      onChange={chosen => setSearch({ ...search, year: chosen ?? undefined })}
    />
  )
}
