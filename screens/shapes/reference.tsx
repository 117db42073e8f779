import { Select } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import type { ComponentType, KeyboardEvent } from 'react'
import { plain } from '../../domain/shared/plain-text.ts'
import { get } from '../api/client.ts'
import type { ListPath, QueryValues, Row } from '../api/client.ts'
import { ScreenLink } from '../frame/link.tsx'
import { dictionary, useSay } from '../words/words.ts'
import type { AnyRow } from './row.ts'
import type { Shape } from './shape.ts'

const words = dictionary('reference', {
  nothing: { fr: 'Rien ne correspond', en: 'Nothing matches' },
})

/** What an id stands for: read in bundles, shown by name, chosen by typing. */

export interface Reference extends Shape {
  readonly kind: 'reference'
  readonly load: (id: string) => Promise<AnyRow | undefined>
  /** @param within narrows what is offered: the rows of one legal entity, for instance */
  readonly search: (typed: string, within: QueryValues, signal: AbortSignal) => Promise<readonly AnyRow[]>
  /** What a text names exactly: whoever knows the code need not choose. */
  readonly find?: (typed: string, within: QueryValues) => Promise<AnyRow | undefined>
  readonly idOf: (row: AnyRow) => string
  readonly nameOf: (row: AnyRow) => string
  readonly path: string
  /** Its name alone, where a link stands around it. */
  readonly Name: ComponentType<{ readonly value: unknown }>
}

const GATHER_MS = 8
const BUNDLE_MAX = 50
const OFFERED_MAX = '20'

/** Gathers the ids asked for in one moment, and asks for all of them at once. */
const bundled = (path: ListPath, key: string): ((id: string) => Promise<AnyRow | undefined>) => {
  let waiting = new Map<string, Promise<AnyRow | undefined>>()
  let bundle: Promise<ReadonlyMap<string, AnyRow>> | undefined
  const ask = async (): Promise<ReadonlyMap<string, AnyRow>> => {
    await new Promise(resolve => setTimeout(resolve, GATHER_MS))
    const ids = [...waiting.keys()]
    waiting = new Map()
    bundle = undefined
    const page = await get(path, { query: { [key]: ids, limit: String(BUNDLE_MAX) } })
    return new Map((page.items as readonly AnyRow[]).map(row => [String(row[key]), row]))
  }
  return id => {
    if (waiting.size >= BUNDLE_MAX && !waiting.has(id)) {
      waiting = new Map()
      bundle = undefined
    }
    bundle ??= ask()
    const found = waiting.get(id) ?? bundle.then(rows => rows.get(id))
    waiting.set(id, found)
    return found
  }
}

interface ReferenceDeclaration<P extends ListPath> {
  readonly key: keyof Row<P> & string
  readonly name: (row: Row<P>) => string
  readonly to?: string
  /** The field with what people call a row by: typed whole, it is chosen. */
  readonly code?: keyof Row<P> & string
  /** Rows that can be chosen; all of them where absent. */
  readonly choosable?: (row: Row<P>) => boolean
  /** The API does not search these: they are few, and searched here. */
  readonly few?: true
  /** How rows are read, where the list alone does not hold them all. */
  readonly load?: Reference['load']
  readonly search?: Reference['search']
}

/** Declares what ids of a list stand for: its address, the field of the id, what a row is called, where it opens. */
export const reference = <P extends ListPath>(
  path: P,
  {
    key,
    name,
    to,
    code,
    choosable = () => true,
    few,
    load = bundled(path, key),
    search,
  }: ReferenceDeclaration<P>,
): Reference => {
  const nameOf = (row: AnyRow): string => name(row as Row<P>)
  const Name = ({ value }: { readonly value: unknown }) => {
    const row = useReferred(path, load, value)
    return <>{row ? nameOf(row) : ''}</>
  }
  return {
    kind: 'reference',
    figure: false,
    path,
    load,
    nameOf,
    idOf: row => String(row[key]),
    search:
      search ??
      (async (typed, within, signal) => {
        const asked = typed === '' || few ? {} : { search: typed }
        const { items } = await get(path, { query: { ...within, ...asked, limit: OFFERED_MAX }, signal })
        const offered = (items as readonly AnyRow[]).filter(row => choosable(row as Row<P>))
        return few ? offered.filter(row => plain(nameOf(row)).includes(plain(typed))) : offered
      }),
    ...(code !== undefined && {
      find: async (typed, within) => {
        const { items } = await get(path, { query: { ...within, [code]: typed } })
        return (items as readonly AnyRow[]).find(row => choosable(row as Row<P>))
      },
    }),
    tell: value => (typeof value === 'string' ? value : ''),
    lookUp: async value => {
      const row = typeof value === 'string' ? await load(value) : undefined
      return row ? nameOf(row) : ''
    },
    Name,
    Show: ({ value }) =>
      typeof value !== 'string' || to === undefined ? (
        <Name value={value} />
      ) : (
        <ScreenLink to={`${to}/${value}`} tabIndex={-1}>
          <Name value={value} />
        </ScreenLink>
      ),
  }
}

const useReferred = (path: string, load: Reference['load'], id: unknown): AnyRow | undefined => {
  const { data } = useQuery({
    queryKey: ['reference', path, id],
    enabled: typeof id === 'string',
    staleTime: 5 * 60_000,
    queryFn: async () => (await load(id as string)) ?? null,
  })
  return data ?? undefined
}

export const isReference = (shape: Shape): shape is Reference => shape.kind === 'reference'

/** Told once something is chosen, or nothing any more; `late` where other fields may have been typed meanwhile. */
export type OnPick = (id: string | undefined, row: AnyRow | undefined, late?: 'late') => void

export interface PickerProps {
  readonly reference: Reference
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: string | undefined
  /** Narrows what is offered. */
  readonly within?: QueryValues | undefined
  readonly onPick: OnPick
  readonly error?: string | undefined
  readonly required?: boolean
  readonly onBlur?: () => void
  readonly autoFocus?: boolean
  /** Told while a choice waits for the server: plus one when it begins to, minus one when it is made or given up. */
  readonly onWaiting?: (by: 1 | -1) => void
}

const NOWHERE: QueryValues = {}

/** Chooses by typing a part of a name or a code; a code typed whole needs no choosing. */
export const ReferencePicker = ({
  reference: of,
  label,
  hideLabel,
  value,
  within = NOWHERE,
  onPick,
  error,
  onWaiting,
  ...rest
}: PickerProps) => {
  const say = useSay()
  const pick = useKnownPick(of, onPick)
  const [typed, setTyped] = useState('')
  const [typing, setTyping] = useState(false)
  const [open, setOpen] = useState(false)
  const ahead = useTypedAhead(of, within, pick, onWaiting)
  const { rows, chosen, settled } = useOffered({ of, within, value, typed: typing ? typed.trim() : '' })
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    setTyping(true)
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !open) return
    // This key chooses. It never sends the form around the field, and never chooses from a list for other letters.
    event.preventDefault()
    const input = event.target as HTMLElement
    if (settled && input.hasAttribute('aria-activedescendant')) return
    event.stopPropagation()
    if (typed.trim() === '') return
    setOpen(false)
    ahead.choose(typed.trim())
  }
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...rest}
      withAsterisk={false}
      error={ahead.missed ? say(words.nothing) : error}
      data={rows.map(row => ({ value: of.idOf(row), label: of.nameOf(row) }))}
      // What the server found is offered as it is.
      filter={({ options }) => options}
      searchable
      nothingFoundMessage={say(words.nothing)}
      clearable={rest.required !== true}
      allowDeselect={false}
      selectFirstOptionOnChange
      openOnFocus={false}
      dropdownOpened={open}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      value={value ?? null}
      searchValue={ahead.text ?? (typing ? typed : chosen ? of.nameOf(chosen) : typed)}
      onSearchChange={setTyped}
      onInput={ahead.forget}
      wrapperProps={{ onKeyDownCapture: press }}
      onBlur={() => {
        setTyping(false)
        const code = typed.trim()
        if (typing && of.find && code !== '' && value === undefined && ahead.text === undefined)
          ahead.choose(code)
        rest.onBlur?.()
      }}
      onChange={id => {
        setTyping(false)
        pick(
          id ?? undefined,
          rows.find(row => of.idOf(row) === id),
        )
      }}
    />
  )
}

/** Chooses a row, whose name is then shown at once. */
const useKnownPick = (of: Reference, onPick: OnPick): OnPick => {
  const client = useQueryClient()
  return (id, row, late) => {
    if (id !== undefined) client.setQueryData(['reference', of.path, id], row)
    onPick(id, row, late)
  }
}

/** What is offered for what is typed, and the row chosen already; settled once it is not what was offered before. */
interface Asked {
  readonly of: Reference
  readonly within: QueryValues
  readonly value: string | undefined
  readonly typed: string
}

const useOffered = ({ of, within, value, typed }: Asked) => {
  const search = useDeferredValue(typed)
  const { data: offered = [], isPlaceholderData } = useQuery({
    queryKey: ['offered', of.path, search, within],
    queryFn: ({ signal }) => of.search(search, within, signal),
    placeholderData: keepPreviousData,
  })
  const chosen = useReferred(of.path, of.load, value)
  return {
    rows: chosen && !offered.some(row => of.idOf(row) === value) ? [chosen, ...offered] : offered,
    chosen,
    settled: !isPlaceholderData && search === typed,
  }
}

/** A choice whose letters and Enter came before the server's answer: made when it arrives, while typing goes on. */
const useTypedAhead = (
  of: Reference,
  within: QueryValues,
  onPick: OnPick,
  onWaiting: PickerProps['onWaiting'],
) => {
  const [text, setText] = useState<string>()
  const [missed, setMissed] = useState(false)
  const asked = useRef(new AbortController())
  const forget = (): void => {
    asked.current.abort()
    setText(undefined)
    setMissed(false)
  }
  const waiting = text !== undefined && !missed
  useEffect(() => {
    if (!waiting) return
    onWaiting?.(1)
    return () => onWaiting?.(-1)
    // Whom it is told to does not change while a field stands.
  }, [waiting])
  useEffect(() => () => asked.current.abort(), [])
  const choose = async (typed: string): Promise<void> => {
    forget()
    const { signal } = (asked.current = new AbortController())
    setText(typed)
    onPick(undefined, undefined)
    // The code itself, else the first that would be offered.
    const exact = await of.find?.(typed, within).catch(() => undefined)
    const [first] = exact ? [exact] : await of.search(typed, within, signal).catch(() => [])
    if (signal.aborted) return
    // What was found takes the place of the letters; what was not leaves them to be mended.
    if (!first) return setMissed(true)
    setText(undefined)
    onPick(of.idOf(first), first, 'late')
  }
  return { text, missed, forget, choose: (typed: string) => void choose(typed) }
}
