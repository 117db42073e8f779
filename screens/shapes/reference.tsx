import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { plain } from '../../domain/shared/plain-text.ts'
import { get } from '../api/client.ts'
import type { ListPath, QueryValues, Row } from '../api/client.ts'
import { ScreenLink } from '../frame/link.tsx'
import { bundled, findingAll } from './bundles.ts'
import type { FindAll } from './bundles.ts'
import type { AnyRow } from './row.ts'
import type { Shape } from './shape.ts'

/** What an id stands for: read in bundles, shown by name, chosen by typing. */

export interface Reference extends Shape {
  readonly kind: 'reference'
  readonly load: (id: string) => Promise<AnyRow | undefined>
  /** @param within narrows what is offered: the rows of one legal entity, for instance */
  readonly search: (typed: string, within: QueryValues, signal: AbortSignal) => Promise<readonly AnyRow[]>
  /** What texts name exactly: whoever knows the code need not choose. */
  readonly findAll?: FindAll
  readonly idOf: (row: AnyRow) => string
  readonly nameOf: (row: AnyRow) => string
  readonly path: string
  /** Its name alone, where a link stands around it. */
  readonly Name: ComponentType<{ readonly value: unknown }>
}

const OFFERED_MAX = '20'

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
    ...(code !== undefined && { findAll: findingAll(path, code, row => choosable(row as Row<P>)) }),
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

/** The row that an id stands for. */
export const useReferred = (path: string, load: Reference['load'], id: unknown): AnyRow | undefined => {
  const { data } = useQuery({
    queryKey: ['reference', path, id],
    enabled: typeof id === 'string',
    staleTime: 5 * 60_000,
    queryFn: async () => (await load(id as string)) ?? null,
  })
  return data ?? undefined
}

export const isReference = (shape: Shape): shape is Reference => shape.kind === 'reference'
