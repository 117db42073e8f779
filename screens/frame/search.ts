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

export const useFound = (typed: string): readonly Found[] => {
  const me = useMe()
  const formats = useFormats()
  const { data } = useQuery({
    queryKey: ['found', typed],
    enabled: typed.length >= CHARACTERS_MIN,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const asked = { search: typed, amount: parseScaled(typed, 'amount', language()), formats, signal }
      const finders = (await everyFinder()).filter(({ area }) => mayRead(me, area))
      const found = (await Promise.all(finders.map(({ find }) => find(asked)))).flat()
      // What bears the text may also be of the amount.
      return [...new Map(found.map(one => [one.id, one])).values()]
    },
  })
  return typed.length < CHARACTERS_MIN ? [] : (data ?? [])
}
