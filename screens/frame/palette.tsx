import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useDeferredValue, useEffect, useLayoutEffect, useState } from 'react'
import { plain } from '../../domain/shared/plain-text.ts'
import { mayRead, maySend, useMe } from '../api/session.ts'
import type { Me } from '../api/session.ts'
import { contexts } from '../contexts.ts'
import { useSay } from '../words/words.ts'
import type { Say } from '../words/words.ts'
import { inNavigation } from './declaration.ts'
import { earlyLetters } from './early-letters.ts'
import type { Found } from './finder.ts'
import { actsHere } from './here.ts'
import type { Act } from './here.ts'
import { useOpen } from './link.tsx'
import { makeOpener } from './opener.ts'
import classes from './palette.module.css'
import { recents } from './recent.ts'
import { useFound } from './search.ts'
import { words } from './words.ts'

const palette = makeOpener()
const early = earlyLetters()

export const openPalette = (): void => {
  early.listen()
  palette.open()
}

/** What may be done here, every screen and form of this person, and every document that bears what is typed. */
export const Palette = () => {
  const say = useSay()
  const [opened, setOpened] = palette.useOpened()
  useHotkeys([['mod+K', () => void (opened || openPalette())]], [])
  const close = (): void => setOpened(false)
  return (
    <Modal.Root opened={opened} onClose={close} size={600} padding={0} yOffset={80}>
      <Modal.Overlay />
      <Modal.Content aria-label={say(words.palette)}>
        {/* Made anew each time: what was typed before is over. */}
        <Search onDone={close} />
      </Modal.Content>
    </Modal.Root>
  )
}

/** Done at once, or a place to go to. */
type Entry = Act | Found

const Search = ({ onDone }: { readonly onDone: () => void }) => {
  const say = useSay()
  const me = useMe()
  const open = useOpen()
  const combobox = useCombobox({ opened: true })
  const [query, setQuery] = useState('')
  const [acts] = useState(actsHere)
  // From now on the field takes the letters itself.
  useLayoutEffect(() => setQuery(early.take()), [])
  const matches = matching(query)
  const found = useFound(useDeferredValue(query.trim()))
  const seen = query === '' ? recentOf(me, say) : []
  const groups = [
    { label: say(words.here), entries: acts.filter(matches) },
    { label: say(words.recent), entries: seen },
    { label: say(words.found), entries: found },
    { label: say(words.actions), entries: actionsOf(me, say).filter(matches) },
    { label: say(words.screens), entries: screensOf(me, say).filter(matches) },
  ].filter(({ entries }) => entries.length > 0)
  const { selectFirstOption } = combobox
  const shown = groups.flatMap(({ entries }) => entries.map(({ id }) => id)).join()
  // Enter opens the first, also of what was found a moment later.
  useEffect(() => void selectFirstOption(), [shown])
  const submit = (id: string): void => {
    onDone()
    const entry = groups.flatMap(({ entries }): readonly Entry[] => entries).find(one => one.id === id)
    if (!entry) return
    if ('run' in entry) entry.run()
    else open(entry.to)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit}>
      <Combobox.EventsTarget>
        <TextInput
          size="md"
          variant="unstyled"
          classNames={{ input: classes['input'] ?? '' }}
          autoFocus
          aria-label={say(words.palette)}
          placeholder={say(words.palettePlaceholder)}
          value={query}
          onChange={event => setQuery(event.currentTarget.value)}
          onKeyDown={event => {
            // The list takes this key for itself, and has nothing to close.
            if (event.key === 'Escape') onDone()
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes['options']}>
        {groups.map(({ label, entries }) => (
          <Combobox.Group key={label} label={label}>
            {entries.map(entry => (
              <Combobox.Option key={entry.id} value={entry.id} className={classes['option']}>
                <span>{entry.label}</span>
                <span className={classes['description']}>{'description' in entry && entry.description}</span>
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
        {groups.length === 0 && <Combobox.Empty>{say(words.paletteNothing)}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  )
}

/** Every word that is typed begins one of the label. */
const matching = (query: string) => {
  const typed = plain(query).split(/\s+/).filter(Boolean)
  return ({ label }: Entry): boolean => {
    const parts = plain(label).split(/[\s’'()]+/)
    return typed.every(word => parts.some(part => part.startsWith(word)))
  }
}

const screensOf = (me: Me, say: Say): readonly Found[] =>
  contexts.flatMap(context =>
    context.screens
      .filter(screen => inNavigation(screen) && mayRead(me, screen.area))
      .map(({ path, label }) => ({
        id: path,
        label: say(label),
        description: say(context.label),
        to: path,
      })),
  )

const recentOf = (me: Me, say: Say): readonly Found[] =>
  recents(me.userId).map(({ to, label, kind }) => ({ id: `recent ${to}`, label, description: say(kind), to }))

const actionsOf = (me: Me, say: Say): readonly Found[] =>
  contexts.flatMap(context =>
    context.screens
      .filter(screen => screen.kind === 'form' && screen.command !== undefined && maySend(me, screen.command))
      .map(({ path, label }) => ({
        id: path,
        label: say(label),
        description: say(context.label),
        to: path,
      })),
  )
