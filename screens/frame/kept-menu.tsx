import { Menu } from '@mantine/core'
import { Fragment, Suspense, lazy, useState } from 'react'
import type { ReactElement } from 'react'
import { useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import type { Kept } from './keep-dialog.tsx'
import classes from './dialogs.module.css'

/** Loaded once something is kept. */
const KeepDialog = lazy(async () => ({ default: (await import('./keep-dialog.tsx')).KeepDialog }))

export interface KeptWords {
  readonly mine: Text
  readonly team: Text
  readonly keep: Text
  readonly keepTitle: Text
  /** With its name. */
  readonly change: Text
  readonly changeTitle: Text
  readonly name: Text
  readonly replaced: Text
}

interface Props<K extends Kept> {
  readonly words: KeptWords
  /** The button that opens the menu. */
  readonly target: ReactElement
  readonly all: readonly K[]
  /** The one that can be changed now, if it is one's own. */
  readonly chosen: K | undefined
  /** Whether that one is what is there, and is marked so. */
  readonly isShown?: true
  readonly entityId?: string
  readonly onTake: (kept: K) => void
  /** @param changed what was to be changed; undefined of a new one */
  readonly onKeep: (
    named: Pick<Kept, 'name' | 'sharedWith'>,
    id: string | undefined,
    changed: K | undefined,
  ) => Promise<void>
  readonly onRemove: (kept: Kept) => Promise<void>
}

/** What is kept under names, one's own and the team's, and what keeps what is there. */
export const KeptMenu = <K extends Kept>(props: Props<K>) => {
  const { words, target, all, chosen, isShown, entityId, onTake, onKeep, onRemove } = props
  const say = useSay()
  const [asked, setAsked] = useState<{ readonly changed?: K }>()
  const groups = [
    { label: words.mine, kept: all.filter(({ mine }) => mine) },
    { label: words.team, kept: all.filter(({ mine }) => !mine) },
  ].filter(({ kept }) => kept.length > 0)
  return (
    <>
      <Menu width={300}>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={(isShown && chosen?.id) ?? null}>
            {groups.map(({ label, kept }) => (
              <Fragment key={label}>
                <Menu.Label>{say(label)}</Menu.Label>
                {kept.map(one => (
                  <One key={one.id} kept={one} isChoice={isShown ?? false} onTake={() => onTake(one)} />
                ))}
              </Fragment>
            ))}
          </Menu.RadioGroup>
          {groups.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setAsked({})}>{say(words.keep)}</Menu.Item>
          {chosen?.mine && (
            <Menu.Item onClick={() => setAsked({ changed: chosen })}>
              {say(words.change, { name: chosen.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <Suspense>
          <KeepDialog
            title={asked.changed ? words.changeTitle : words.keepTitle}
            label={words.name}
            replaces={words.replaced}
            kept={asked.changed}
            others={all}
            {...(entityId !== undefined && { entityId })}
            onKeep={(named, id) => onKeep(named, id, asked.changed)}
            onRemove={onRemove}
            onClose={() => setAsked(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}

interface OneProps {
  readonly kept: Kept
  readonly isChoice: boolean
  readonly onTake: () => void
}

const One = ({ kept: { id, name, ownerName }, isChoice, onTake }: OneProps) => {
  const owner = ownerName && <span className={classes['owner']}>{ownerName}</span>
  return isChoice ? (
    <Menu.RadioItem value={id} closeMenuOnClick rightSection={owner} onChange={onTake}>
      {name}
    </Menu.RadioItem>
  ) : (
    <Menu.Item rightSection={owner} onClick={onTake}>
      {name}
    </Menu.Item>
  )
}
