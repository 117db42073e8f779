import { Link, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** What an address asks, as it stands behind the question mark: a name may be repeated. */
export type Search = Readonly<Record<string, string | readonly string[] | undefined>>

export const parseSearch = (text: string): Search => {
  const search: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const known = search[name]
    search[name] = known === undefined ? value : [...[known].flat(), value]
  }
  return search
}

export const stringifySearch = (search: Search): string => {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(search))
    for (const one of [value ?? []].flat()) if (one !== '') parameters.append(name, one)
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

export interface LinkProps {
  readonly to: string
  readonly search?: Search
  readonly className?: string | undefined
  readonly children: ReactNode
  /** What it is called while it shows nothing yet. */
  readonly title?: string
  readonly tabIndex?: number
  readonly 'aria-current'?: 'page'
}

/** An address and its question, which may stand in the address; a question alone is one to the present screen. */
const targetOf = (address: string, search: Search = {}) => {
  const [path = '', question = ''] = address.split('?')
  return { to: path === '' ? '.' : path, search: { ...parseSearch(question), ...search } }
}

/** A link to a screen. Addresses come from declarations, so that the router's own types cannot know them. */
export const ScreenLink = ({ to, search, ...rest }: LinkProps) => <Link {...targetOf(to, search)} {...rest} />

/** The parts of the present address. */
export const useAddressParts = (): Readonly<Record<string, string | undefined>> =>
  useParams({ strict: false })

/** A part of the present address, as its route names it: `$id`. */
export const useAddressPart = (name: string): string => useAddressParts()[name] ?? ''

export const useOpen = (): ((to: string, search?: Search) => void) => {
  const navigate = useNavigate()
  return (to, search) => void navigate(targetOf(to, search))
}

/** The question of the present address, and how to replace it in place. */
export const useSearchState = (): readonly [Search, (next: Search) => void] => {
  const search = useRouterState({ select: state => state.location.search as Search })
  const path = useRouterState({ select: state => state.location.pathname })
  const navigate = useNavigate()
  return [search, next => void navigate({ to: path, search: next, replace: true })]
}
