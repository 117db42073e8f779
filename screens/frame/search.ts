import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { mayRead, useMe } from '../api/session.ts'
import { contexts } from '../contexts.ts'
import { parseScaled } from '../words/formats.ts'
import { useFormats } from '../words/use-formats.ts'
import { language } from '../words/words.ts'
import type { Finder, Found } from './finder.ts'

/** Documents of all contexts, found by what is typed. */

const CHARACTERS_MIN = 2

const everyFinder = async (): Promise<readonly Finder[]> => {
  const loaded = await Promise.all(contexts.flatMap(({ finders }) => (finders ? [finders()] : [])))
  return loaded.flatMap(finders => finders.default)
}

/**
 * What bears the text, then what is of the amount that it may be. Amounts are asked for once the texts are answered: a
 * browser asks few questions at once, and a number is looked for more often than a sum.
 */
export const useFound = (typed: string): readonly Found[] => {
  const me = useMe()
  const formats = useFormats()
  const finders = async (): Promise<readonly Finder[]> =>
    (await everyFinder()).filter(({ area }) => mayRead(me, area))
  const enabled = typed.length >= CHARACTERS_MIN
  const byText = useQuery({
    queryKey: ['found', typed],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const asked = { search: typed, formats, signal }
      return (await Promise.all((await finders()).map(({ byText }) => byText(asked)))).flat()
    },
  })
  const amount = parseScaled(typed, 'amount', language())
  const byAmount = useQuery({
    queryKey: ['found of', amount],
    enabled: enabled && amount !== undefined && byText.isSuccess && !byText.isPlaceholderData,
    queryFn: async ({ signal }) => {
      const asked = { amount: amount ?? 0, formats, signal }
      const found = (await finders()).flatMap(({ byAmount }) => (byAmount ? [byAmount(asked)] : []))
      return (await Promise.all(found)).flat()
    },
  })
  if (!enabled) return []
  // What bears the text may also be of the amount.
  const found = [...(byText.data ?? []), ...(byAmount.data ?? [])]
  return [...new Map(found.map(one => [one.id, one])).values()]
}
