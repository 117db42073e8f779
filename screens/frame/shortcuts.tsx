import { Kbd } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { mayRead, maySend, useMe } from '../api/session.ts'
import { contexts } from '../contexts.ts'
import { useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import { Dialog } from './dialogs.tsx'
import { useOpen } from './link.tsx'
import { makeOpener } from './opener.ts'
import classes from './shortcuts.module.css'
import { words } from './words.ts'

/** Keys that work everywhere, and the list of them. */

const SEQUENCE_MS = 1_200
const shortcuts = makeOpener()
export const openShortcuts = shortcuts.open

/** Letters typed into a field are letters. */
export const isTyping = ({ target }: Event): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** The screens with a shortcut that this person may open. */
const useSequences = (): readonly {
  readonly keys: string
  readonly path: string
  readonly label: Text
}[] => {
  const me = useMe()
  return contexts
    .flatMap(({ screens }) => screens)
    .filter(({ area, command }) => mayRead(me, area) && (command === undefined || maySend(me, command)))
    .flatMap(({ shortcut, path, label }) => (shortcut === undefined ? [] : [{ keys: shortcut, path, label }]))
}

export const Shortcuts = () => {
  const say = useSay()
  const open = useOpen()
  const [shown, setShown] = shortcuts.useOpened()
  const sequences = useSequences()
  const last = useRef<{ readonly key: string; readonly at: number }>(undefined)
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '?') return setShown(true)
      const before = last.current
      const began = before && event.timeStamp - before.at < SEQUENCE_MS ? before.key : undefined
      const found = sequences.find(({ keys }) => keys === `${began} ${event.key}`)
      last.current = { key: event.key, at: event.timeStamp }
      if (!found) return
      event.preventDefault()
      open(found.path)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
  const rows: readonly (readonly [string, string])[] = [
    ['Ctrl K', say(words.shortcutPalette)],
    ['?', say(words.shortcutHelp)],
    ['/', say(words.shortcutSearch)],
    ['↓ ↑', say(words.shortcutRows)],
    ['Enter', say(words.shortcutOpen)],
    ['Space ⇧', say(words.shortcutChoose)],
    ['Ctrl A', say(words.shortcutChooseAll)],
    ['n', say(words.shortcutNew)],
    ['Ctrl Enter', say(words.shortcutSend)],
    ...sequences.map(({ keys, label }) => [keys, say(label)] as const),
  ]
  return (
    <Dialog opened={shown} onClose={() => setShown(false)} title={say(words.shortcuts)}>
      <dl className={classes['keys']}>
        {rows.map(([keys, label]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map(key => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
