import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import type { QueryValues } from '../api/client.ts'
import { useReferred } from './reference.tsx'
import type { Reference } from './reference.tsx'
import type { AnyRow } from './row.ts'
import { meantBy } from './typed.ts'
import type { Unreadable } from './typed.ts'

/** How letters become a choice: what is offered for them, and what is chosen once the server has answered. */

/** Told once something is chosen, or nothing any more; `late` where other fields may have been typed meanwhile. */
export type OnPick = (id: string | undefined, row: AnyRow | undefined, late?: 'late') => void

/** Chooses a row, whose name is then shown at once. */
export const useKnownPick = (of: Reference, onPick: OnPick): OnPick => {
  const client = useQueryClient()
  return (id, row, late) => {
    if (id !== undefined && row) client.setQueryData(['reference', of.path, id], row)
    onPick(id, row, late)
  }
}

interface Asked {
  readonly of: Reference
  readonly within: QueryValues
  readonly value: string | undefined
  readonly typed: string
}

/** What is offered for what is typed, and the row chosen already; settled once it is not what was offered before. */
export const useOffered = ({ of, within, value, typed }: Asked) => {
  const search = useDeferredValue(typed)
  const {
    data: offered = [],
    isPlaceholderData,
    isError,
  } = useQuery({
    queryKey: ['offered', of.path, search, within],
    queryFn: ({ signal }) => of.search(search, within, signal),
    placeholderData: keepPreviousData,
  })
  const chosen = useReferred(of.path, of.load, value)
  return {
    rows: chosen && !offered.some(row => of.idOf(row) === value) ? [chosen, ...offered] : offered,
    chosen,
    settled: !isPlaceholderData && !isError && search === typed,
    failed: isError,
  }
}

interface Told {
  readonly onPick: OnPick
  readonly onLetters: (letters: Unreadable) => void
  readonly onWaiting: ((by: 1 | -1) => void) | undefined
}

/** A choice whose letters came before the server's answer: made when it arrives, while typing goes on. */
export const useChoosing = (of: Reference, within: QueryValues, { onPick, onLetters, onWaiting }: Told) => {
  const [waits, setWaits] = useState(false)
  const asked = useRef<AbortController>(undefined)
  const end = (): void => {
    if (!asked.current) return
    asked.current = undefined
    setWaits(false)
    onWaiting?.(-1)
  }
  const forget = (): void => {
    asked.current?.abort()
    end()
  }
  // Whoever leaves the screen waits for nothing.
  useEffect(() => forget, [])
  const choose = async (typed: string): Promise<void> => {
    forget()
    const { signal } = (asked.current = new AbortController())
    setWaits(true)
    onWaiting?.(1)
    const told = await meant(of, typed, within, signal)
    if (signal.aborted) return
    if (typeof told === 'string') onLetters({ unreadable: typed, because: told })
    else onPick(of.idOf(told), told, 'late')
    end()
  }
  return { waits, forget, choose: (typed: string) => void choose(typed) }
}

const meant = async (of: Reference, typed: string, within: QueryValues, signal: AbortSignal) => {
  try {
    const exact = (await of.findAll?.([typed], within))?.get(typed)
    return meantBy(exact, exact ? [] : await of.search(typed, within, signal))
  } catch {
    return 'failed'
  }
}
