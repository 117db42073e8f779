import { Select } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import type { Row } from '../api/client.ts'
import type { Shape } from '../shapes/shape.ts'
import { useSay } from '../words/words.ts'
import { useSearchState } from './link.tsx'
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

/** The entity that a link names, else the one chosen, else the only one; undefined for all of them. */
export const useEntity = (): LegalEntity | undefined => {
  const { data: entities = [] } = useQuery(entitiesQuery)
  const [chosen] = useRemembered(KEY)
  const [search] = useSearchState()
  const named = search['entityId'] ?? chosen
  return (
    entities.find(({ entityId }) => entityId === named) ?? (entities.length === 1 ? entities[0] : undefined)
  )
}

/** The entity, where one must be: the first of them until one is chosen. */
export const useOneEntity = (): LegalEntity | undefined => {
  const { data: entities = [] } = useQuery(entitiesQuery)
  return useEntity() ?? entities[0]
}

/** A legal entity by its name. */
export const LegalEntityName = ({ value }: { readonly value: unknown }) => {
  const { data: entities = [] } = useQuery(entitiesQuery)
  return <>{entities.find(({ entityId }) => entityId === value)?.name ?? ''}</>
}

/** The entity that an id stands for, by its name. */
export const legalEntity: Shape = {
  kind: 'text',
  figure: false,
  tell: value => (typeof value === 'string' ? value : ''),
  Show: LegalEntityName,
}

export const EntityChooser = () => {
  const say = useSay()
  const { data: entities = [] } = useQuery(entitiesQuery)
  const [, choose] = useRemembered(KEY)
  const [search, setSearch] = useSearchState()
  const entity = useEntity()
  const change = (value: string | null): void => {
    choose(value === '' ? null : value)
    if (search['entityId'] !== undefined) setSearch({ ...search, entityId: value ?? undefined })
  }
  return (
    <Select
      aria-label={say(words.entity)}
      data={[
        ...(entities.length > 1 ? [{ value: '', label: say(words.allEntities) }] : []),
        ...entities.map(({ entityId, name }) => ({ value: entityId, label: name })),
      ]}
      value={entity?.entityId ?? ''}
      onChange={change}
      allowDeselect={false}
      w={230}
    />
  )
}
