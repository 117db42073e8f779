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

type Grant = Me['grants'][number]

/** Whether a right holds in a legal entity; in some, where none is named. */
const reaches = (grant: Grant, entityId: string | undefined): boolean =>
  entityId === undefined || grant.entityId === 'all' || grant.entityId === entityId

/** Whether a command may be sent in some legal entity. */
export const maySend = (me: Me, command: CommandName): boolean => me.commands.includes(command)
/** Whether a command may be sent in one legal entity, or in any where none is named. */
export const maySendIn = (me: Me, command: CommandName, entityId: string | undefined): boolean =>
  entityId === undefined
    ? maySend(me, command)
    : me.grants.some(grant => grant.commands.includes(command) && reaches(grant, entityId))
/** Whether an area can be read in one legal entity, or in any where none is named. */
export const mayReadIn = (me: Me, area: Area | undefined, entityId: string | undefined): boolean =>
  area === undefined || me.grants.some(grant => grant.areas.includes(area) && reaches(grant, entityId))
export const mayRead = (me: Me, area: Area | undefined): boolean =>
  area === undefined || me.areas.includes(area)
