import { Button, Checkbox, Menu, TextInput } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useMe } from '../api/session.ts'
import { Dialog } from '../frame/dialogs.tsx'
import type { Search } from '../frame/link.tsx'
import { roleWords } from '../frame/words.ts'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import classes from './lists.module.css'
import { useViews } from './views.ts'
import type { View } from './views.ts'
import { words } from './words.ts'

interface Props {
  readonly list: AnyList
  /** What the address would ask with the columns that are shown. */
  readonly search: Search
}

/** Views that are kept, one's own and the team's, and what keeps the present one. */
export const ViewsMenu = ({ list, search }: Props) => {
  const say = useSay()
  const work = useViews(list)
  const [kept, setKept] = useState<{ readonly view?: View }>()
  const { views, shown } = work
  const groups = [
    { label: words.myViews, views: views.filter(({ mine }) => mine) },
    { label: words.teamViews, views: views.filter(({ mine }) => !mine) },
  ].filter(group => group.views.length > 0)
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button variant={shown ? 'light' : 'default'} className={classes['filter']}>
            {say(words.views)}
            {shown && <span className={classes['filter-value']}>{shown.name}</span>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={shown?.viewId ?? null}>
            {groups.map(group => (
              <Fragment key={group.label}>
                <Menu.Label>{say(group.label)}</Menu.Label>
                {group.views.map(view => (
                  <Menu.RadioItem
                    key={view.viewId}
                    value={view.viewId}
                    closeMenuOnClick
                    rightSection={
                      view.ownerName && <span className={classes['owner']}>{view.ownerName}</span>
                    }
                    onChange={() => work.open(view)}
                  >
                    {view.name}
                  </Menu.RadioItem>
                ))}
              </Fragment>
            ))}
          </Menu.RadioGroup>
          {groups.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setKept({})}>{say(words.keepView)}</Menu.Item>
          {shown?.mine && (
            <Menu.Item onClick={() => setKept({ view: shown })}>
              {say(words.changeView, { name: shown.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {kept && <KeepDialog {...kept} search={search} work={work} onClose={() => setKept(undefined)} />}
    </>
  )
}

interface KeepProps {
  readonly view?: View
  readonly search: Search
  readonly work: ReturnType<typeof useViews>
  readonly onClose: () => void
}

/** Names a view, new or kept before, and says who sees it. A name one has used is that view, replaced. */
const KeepDialog = ({ view, search, work, onClose }: KeepProps) => {
  const say = useSay()
  const me = useMe()
  const [name, setName] = useState(view?.name ?? '')
  const [sharedWith, setSharedWith] = useState<readonly string[]>(view?.sharedWith ?? [])
  const [failure, setFailure] = useState<string>()
  const roles = [...new Set(me.grants.map(({ role }) => role))]
  const named = name.trim()
  const replaced = view ?? work.views.find(other => other.mine && other.name === named)
  const carry = async (step: Promise<void>): Promise<void> => {
    try {
      await step
      onClose()
    } catch (error) {
      setFailure((error as Error).message)
    }
  }
  return (
    <Dialog opened title={say(view ? words.changeViewTitle : words.keepViewTitle)} onClose={onClose}>
      <form
        className={classes['keep']}
        onSubmit={event => {
          event.preventDefault()
          if (named !== '')
            void carry(
              work.keep({ name: named, sharedWith, search: view?.search ?? search }, replaced?.viewId),
            )
        }}
      >
        <TextInput
          label={say(words.viewName)}
          value={name}
          maxLength={80}
          autoComplete="off"
          data-autofocus
          error={failure}
          description={!view && replaced ? say(words.viewReplaced) : undefined}
          onChange={event => setName(event.currentTarget.value)}
        />
        <fieldset className={classes['shared']}>
          <legend>{say(words.sharedWith)}</legend>
          {roles.map(role => (
            <Checkbox
              key={role}
              label={say(roleWords[role as keyof typeof roleWords])}
              checked={sharedWith.includes(role)}
              onChange={event =>
                setSharedWith(
                  event.currentTarget.checked
                    ? [...sharedWith, role]
                    : sharedWith.filter(one => one !== role),
                )
              }
            />
          ))}
        </fieldset>
        <div className={classes['keep-foot']}>
          {view && (
            <Button variant="subtle" color="red" onClick={() => void carry(work.remove(view))}>
              {say(words.removeView)}
            </Button>
          )}
          <span className={classes['space']} />
          <Button variant="default" onClick={onClose}>
            {say(words.cancel)}
          </Button>
          <Button type="submit" disabled={named === ''}>
            {say(words.keep)}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
