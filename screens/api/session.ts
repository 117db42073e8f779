import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { get } from './client.ts'
import type { Answer, CommandName } from './client.ts'

/** Who is signed in, and what they may do. */
export type Me = Answer<'/api/me'>
export type Area = Me['areas'][number]

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get('/api/me', { signal }),
  staleTime: 60_000,
})

export const useMe = (): Me => useSuspenseQuery(meQuery).data

export const maySend = (me: Me, command: CommandName): boolean => me.commands.includes(command)
/** Whether an area can be read in one legal entity, or in any where none is named. */
export const mayReadIn = (me: Me, area: Area | undefined, entityId: string | undefined): boolean =>
  area === undefined ||
  me.grants.some(
    grant =>
      grant.areas.includes(area) &&
      (entityId === undefined || grant.entityId === 'all' || grant.entityId === entityId),
  )
export const mayRead = (me: Me, area: Area | undefined): boolean =>
  area === undefined || me.areas.includes(area)
