import { Spotlight } from '@mantine/spotlight'
import { useDeferredValue, useState } from 'react'
import { mayRead, maySend, useMe } from '../api/session.ts'
import type { Me } from '../api/session.ts'
import { contexts } from '../contexts.ts'
import { useSay } from '../words/words.ts'
import type { Say } from '../words/words.ts'
import { inNavigation } from './declaration.ts'
import { useOpen } from './link.tsx'
import { useFound } from './search.ts'
import { words } from './words.ts'

interface Entry {
  readonly id: string
  readonly label: string
  readonly description?: string | undefined
  readonly to: string
}

/** Every screen and every form of this person, and every document that bears what is typed. */
export const Palette = () => {
  const say = useSay()
  const me = useMe()
  const open = useOpen()
  const [query, setQuery] = useState('')
  const found = useFound(useDeferredValue(query.trim()))
  const matches = matching(query)
  const group = (label: string, entries: readonly Entry[]) =>
    entries.length > 0 && (
      <Spotlight.ActionsGroup label={label}>
        {entries.map(({ id, label, description, to }) => (
          <Spotlight.Action
            key={id}
            label={label}
            {...(description !== undefined && { description })}
            onClick={() => open(to)}
          />
        ))}
      </Spotlight.ActionsGroup>
    )
  const screens = screensOf(me, say).filter(matches)
  const actions = actionsOf(me, say).filter(matches)
  const empty = found.length + screens.length + actions.length === 0
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      scrollable
      maxHeight={420}
      overlayProps={{ backgroundOpacity: 0.35 }}
    >
      <Spotlight.Search placeholder={say(words.palettePlaceholder)} aria-label={say(words.palette)} />
      <Spotlight.ActionsList>
        {group(say(words.found), found)}
        {group(say(words.actions), actions)}
        {group(say(words.screens), screens)}
        {empty && <Spotlight.Empty>{say(words.paletteNothing)}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

const bare = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Every word that is typed begins one of the label. */
const matching = (query: string) => {
  const typed = bare(query).split(/\s+/).filter(Boolean)
  return ({ label }: Entry): boolean => {
    const parts = bare(label).split(/[\s’'()]+/)
    return typed.every(word => parts.some(part => part.startsWith(word)))
  }
}

const screensOf = (me: Me, say: Say): readonly Entry[] =>
  contexts.flatMap(context =>
    context.screens
      .filter(screen => inNavigation(screen) && mayRead(me, screen.area))
      .map(({ path, label }) => ({ id: path, label: say(label), description: say(context.label), to: path })),
  )

const actionsOf = (me: Me, say: Say): readonly Entry[] =>
  contexts.flatMap(context =>
    context.screens
      .filter(screen => screen.kind === 'form' && screen.command !== undefined && maySend(me, screen.command))
      .map(({ path, label }) => ({ id: path, label: say(label), description: say(context.label), to: path })),
  )
