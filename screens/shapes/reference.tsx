import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { ComponentType } from 'react'
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
}

const bare = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Declares what ids of a list stand for: its address, the field of the id, what a row is called, where it opens. */
export const reference = <P extends ListPath>(
  path: P,
  { key, name, to, code, choosable = () => true, few }: ReferenceDeclaration<P>,
): Reference => {
  const load = bundled(path, key)
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
    search: async (typed, within, signal) => {
      const search = typed === '' || few ? {} : { search: typed.toLowerCase() }
      const { items } = await get(path, { query: { ...within, ...search, limit: OFFERED_MAX }, signal })
      const offered = (items as readonly AnyRow[]).filter(row => choosable(row as Row<P>))
      return few ? offered.filter(row => bare(nameOf(row)).includes(bare(typed))) : offered
    },
    ...(code !== undefined && {
      find: async (typed, within) => {
        const { items } = await get(path, { query: { ...within, [code]: typed } })
        return (items as readonly AnyRow[]).find(row => choosable(row as Row<P>))
      },
    }),
    tell: value => (typeof value === 'string' ? value : ''),
    write: async value => {
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

export interface PickerProps {
  readonly reference: Reference
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: string | undefined
  readonly within?: QueryValues | undefined
  readonly onPick: (id: string | undefined, row: AnyRow | undefined) => void
  readonly error?: string | undefined
  readonly required?: boolean
  readonly onBlur?: () => void
  readonly autoFocus?: boolean
}

const NOWHERE: QueryValues = {}

/** What is typed and what is offered for it. */
const usePicking = ({
  reference: of,
  value,
  within = NOWHERE,
  onPick,
}: Pick<PickerProps, 'reference' | 'value' | 'within' | 'onPick'>) => {
  const [typed, setTyped] = useState('')
  const [typing, setTyping] = useState(false)
  const search = useDeferredValue(typing ? typed.trim() : '')
  const [opened, setOpened] = useState(false)
  const { data: offered = [], isPlaceholderData } = useQuery({
    queryKey: ['offered', of.path, search, within],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => of.search(search, within, signal),
  })
  const chosen = useReferred(of.path, of.load, value)
  const takeCode = async (): Promise<void> => {
    const code = typed.trim()
    if (code === '' || (chosen && of.nameOf(chosen) === code)) return
    const found = await of.find?.(code, within)
    if (!found) return
    setTyping(false)
    setOpened(false)
    onPick(of.idOf(found), found)
  }
  // What is offered may answer what was typed a moment ago: Enter must not choose of that.
  const isLate = isPlaceholderData || search !== typed.trim()
  const rows = chosen && !offered.some(row => of.idOf(row) === value) ? [chosen, ...offered] : offered
  return { rows, chosen, isLate, opened, setOpened, typing, setTyping, typed, setTyped, takeCode }
}

/** Chooses by typing a part of a name or a code; a code typed whole needs no choosing. */
export const ReferencePicker = ({
  reference: of,
  label,
  hideLabel,
  value,
  within,
  onPick,
  error,
  ...rest
}: PickerProps) => {
  const say = useSay()
  const { rows, chosen, isLate, opened, setOpened, typing, setTyping, typed, setTyped, takeCode } =
    usePicking({ reference: of, value, within, onPick })
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...rest}
      withAsterisk={false}
      error={error}
      data={rows.map(row => ({ value: of.idOf(row), label: of.nameOf(row) }))}
      // What the server found is offered as it is.
      filter={({ options }) => options}
      searchable
      nothingFoundMessage={say(words.nothing)}
      clearable={rest.required !== true}
      selectFirstOptionOnChange
      openOnFocus={false}
      value={value ?? null}
      searchValue={typing ? typed : chosen ? of.nameOf(chosen) : typed}
      onSearchChange={setTyped}
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      onKeyDown={() => setTyping(true)}
      onKeyDownCapture={event => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !typing || !isLate) return
        event.preventDefault()
        event.stopPropagation()
        void takeCode()
      }}
      onBlur={() => {
        setTyping(false)
        if (typing) void takeCode()
        rest.onBlur?.()
      }}
      onChange={id => {
        setTyping(false)
        onPick(
          id ?? undefined,
          rows.find(row => of.idOf(row) === id),
        )
      }}
    />
  )
}
