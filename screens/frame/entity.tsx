import { Select } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect } from 'react'
import { get } from '../api/client.ts'
import type { ReactNode } from 'react'
import type { Row } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import type { Shape } from '../shapes/shape.ts'
import { InTimeZone } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import { ALL_ENTITIES, entityFor } from './entity-chosen.ts'
import { ScreenLink, useSearchState } from './link.tsx'
import type { LinkProps } from './link.tsx'
import { useRemembered } from './remembered.ts'
import { words } from './words.ts'

/** The legal entity one works in: chosen once, kept, and named by links to what was seen in it. */

export type LegalEntity = Row<'/api/organisation/legal-entities'>

export const entitiesQuery = queryOptions({
  queryKey: ['legal-entities'],
  queryFn: async ({ signal }) => (await get('/api/organisation/legal-entities', { signal })).items,
  staleTime: 5 * 60_000,
})

const KEY = 'entity'

export const useEntities = (): readonly LegalEntity[] => useQuery(entitiesQuery).data ?? []

/** The id of the entity that one chose for all screens, on this machine. */
export const useChosenEntity = (): string | null => useRemembered(KEY)[0]

/** The entity that a link names, else the one chosen, else the only one; undefined for all of them. */
export const useEntity = (): LegalEntity | undefined => {
  const entities = useEntities()
  const chosen = useChosenEntity()
  const [search] = useSearchState()
  return entityFor(entities, search['entityId'] ?? chosen)
}

/**
 * Whether addresses name the entity: where there are several, and by one who sees a single one of them for all others to
 * follow their links.
 */
const useNaming = (): boolean => {
  const several = useEntities().length > 1
  return useMe().grants.some(({ entityId }) => entityId !== ALL_ENTITIES) || several
}

/** How an address names what is looked at now, so that it shows the same to whoever opens it. */
export const useEntityNamed = (): string | undefined => {
  const naming = useNaming()
  const entity = useEntity()
  return naming ? (entity?.entityId ?? ALL_ENTITIES) : undefined
}

const Here = createContext<LegalEntity | undefined>(undefined)

interface EntityHereProps {
  readonly value: LegalEntity | undefined
  readonly children: ReactNode
}

/** Around a screen that is about one legal entity: a page of its books, a form that it sends, a document of it. */
export const EntityHere = ({ value, children }: EntityHereProps) => {
  const chosen = useEntity()
  return (
    <Here value={value}>
      <InTimeZone value={(value ?? chosen)?.timeZone}>{children}</InTimeZone>
    </Here>
  )
}
export const useEntityHere = (): LegalEntity | undefined => useContext(Here)

/** The entity of this screen, else the one chosen. It is never taken from several without being asked for. */
export const useOneEntity = (): LegalEntity | undefined => {
  const chosen = useEntity()
  return useEntityHere() ?? chosen
}

/** The entity of a row, where rows of its kind have one. */
export const useEntityOf = (entityId: unknown): LegalEntity | undefined =>
  useEntities().find(entity => entity.entityId === entityId)

/** A title that says for which company, where there are several. */
export const useWithCompany = (title: string): string => {
  const several = useEntities().length > 1
  const here = useEntityHere()
  return several && here ? `${title} · ${here.name}` : title
}

/** Writes into the address which entity is shown, so that it shows the same to whoever opens it. */
export const useEntityInAddress = (entityId: string | undefined): void => {
  const naming = useNaming()
  const [search, setSearch] = useSearchState()
  const lacks = naming && entityId !== undefined && search['entityId'] === undefined
  useEffect(() => {
    if (lacks) setSearch({ ...search, entityId })
  }, [lacks, entityId])
}

/** A link that stays in the legal entity of the screen it stands on. */
export const EntityLink = ({ search, ...rest }: LinkProps) => {
  const naming = useNaming()
  const entity = useOneEntity()
  return <ScreenLink search={{ ...(naming && { entityId: entity?.entityId }), ...search }} {...rest} />
}

const EntityName = ({ value }: { readonly value: unknown }) => <>{useEntityOf(value)?.name ?? ''}</>

/** The entity that an id stands for, by its name. */
export const legalEntity: Shape = {
  kind: 'text',
  figure: false,
  tell: value => (typeof value === 'string' ? value : ''),
  Show: EntityName,
}

export const EntityChooser = () => {
  const say = useSay()
  const entities = useEntities()
  const [, choose] = useRemembered(KEY)
  const [search, setSearch] = useSearchState()
  const entity = useEntity()
  const change = (value: string): void => {
    choose(value === ALL_ENTITIES ? null : value)
    if (search['entityId'] !== undefined) setSearch({ ...search, entityId: value })
  }
  return (
    <Select
      aria-label={say(words.entity)}
      data={[
        ...(entities.length > 1 ? [{ value: ALL_ENTITIES, label: say(words.allEntities) }] : []),
        ...entities.map(({ entityId, name }) => ({ value: entityId, label: name })),
      ]}
      value={entity?.entityId ?? ALL_ENTITIES}
      onChange={value => change(value ?? ALL_ENTITIES)}
      allowDeselect={false}
    />
  )
}
