import { Button } from '@mantine/core'
import { Suspense, lazy, useState } from 'react'
import { maySendIn, useMe } from '../api/session.ts'
import type { Action } from '../documents/declaration.ts'
import { entityIdOf } from '../shapes/row.ts'
import type { AnyRow } from '../shapes/row.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import classes from './lists.module.css'
import type { Selection } from './selection.ts'
import { words } from './words.ts'

/** Loaded once something is done with many documents. */
const RunDrawer = lazy(async () => ({ default: (await import('./run-drawer.tsx')).RunDrawer }))

interface Props {
  readonly list: AnyList
  /** What this person may do with many documents of the list. */
  readonly acts: readonly Action<AnyRow>[]
  readonly selection: Selection
}

/** What can be done with all rows that were chosen, as they stand now. */
export const ActsBar = ({ list, acts, selection }: Props) => {
  const say = useSay()
  const formats = useFormats()
  const [open, setOpen] = useState<{ readonly act: Action<AnyRow>; readonly rows: readonly AnyRow[] }>()
  const { rows } = selection
  const me = useMe()
  const possible = acts.filter(({ command, when }) =>
    rows.every(row => when(row) && maySendIn(me, command, entityIdOf(row))),
  )
  return (
    <>
      {rows.length > 0 && (
        <div className={classes['acts']} role="toolbar" aria-label={say(words.selection)}>
          <strong aria-live="polite">
            {say(words.selected, { count: rows.length, shown: formats.count(rows.length) })}
          </strong>
          {selection.reading && <span role="status">{say(words.reading)}</span>}
          {possible.map((act, i) => (
            <Button
              key={act.command}
              variant={i === 0 ? 'filled' : 'default'}
              disabled={selection.reading}
              onClick={() => setOpen({ act, rows })}
            >
              {say(act.form.title)}
            </Button>
          ))}
          {possible.length === 0 && <span>{say(words.noActs)}</span>}
          <span className={classes['space']} />
          <Button variant="subtle" onClick={selection.all}>
            {say(words.selectAll)}
          </Button>
          <Button variant="subtle" onClick={selection.none}>
            {say(words.unselect)}
          </Button>
        </div>
      )}
      {open && (
        <Suspense>
          <RunDrawer
            list={list}
            {...open}
            onClose={() => {
              setOpen(undefined)
              selection.none()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
