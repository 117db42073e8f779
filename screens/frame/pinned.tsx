import { ActionIcon } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { change, get } from '../api/client.ts'
import type { Answer } from '../api/client.ts'
import { useSay } from '../words/words.ts'
import { ScreenLink } from './link.tsx'
import classes from './shell.module.css'
import { words } from './words.ts'

/** Documents that one keeps at hand: in the navigation of all one's machines. */

type Pin = Answer<'/api/me/pins'>['items'][number]

const PATH = '/api/me/pins'
const pinsQuery = queryOptions({
  queryKey: ['pins'],
  queryFn: async ({ signal }) => (await get(PATH, { signal })).items,
})

/** The pinned documents, where there are any. */
export const Pinned = () => {
  const say = useSay()
  const { data: pins = [] } = useQuery(pinsQuery)
  if (pins.length === 0) return null
  return (
    <section>
      <h2>{say(words.pinned)}</h2>
      <ul>
        {pins.map(({ to, label }) => (
          <li key={to}>
            <ScreenLink to={to}>
              <span className={classes['pin']}>{label}</span>
            </ScreenLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Pins a document, or takes it away. */
export const PinButton = ({ to, label }: Pin) => {
  const say = useSay()
  const client = useQueryClient()
  const { data: pins } = useQuery(pinsQuery)
  const known = pins?.find(pin => pin.to === to)
  const pinned = known !== undefined
  const keep = async (changed: (present: readonly Pin[]) => readonly Pin[]): Promise<void> => {
    // What another window pinned meanwhile is kept.
    const items = changed((await get(PATH)).items)
    client.setQueryData(pinsQuery.queryKey, items)
    await change('PUT', PATH, { items })
  }
  const toggle = (): Promise<void> =>
    keep(present => (pinned ? present.filter(pin => pin.to !== to) : [...present, { to, label }]))
  // A draft that was pinned has a number now.
  const renamed = known !== undefined && known.label !== label
  useEffect(() => {
    if (renamed) void keep(present => present.map(pin => (pin.to === to ? { to, label } : pin)))
  }, [renamed])
  return (
    <ActionIcon
      variant={pinned ? 'light' : 'subtle'}
      size={24}
      className={classes['pin-button']}
      aria-pressed={pinned}
      aria-label={say(words.pin)}
      title={say(words.pin)}
      disabled={!pins}
      onClick={() => void toggle()}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <path
          d="M5.5 1.5h5l-.7 4.8 2.7 2.6v1.2h-9V8.9l2.7-2.6zM8 10.1V15"
          fill={pinned ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.3"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      </svg>
    </ActionIcon>
  )
}
