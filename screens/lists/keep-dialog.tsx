import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../api/session.ts'
import { Dialog } from '../frame/dialogs.tsx'
import type { Search } from '../frame/link.tsx'
import { roleWords } from '../frame/words.ts'
import { useSay } from '../words/words.ts'
import classes from './lists.module.css'
import type { useViews, View } from './views.ts'
import { words } from './words.ts'

interface KeepProps {
  readonly view?: View
  readonly search: Search
  readonly work: ReturnType<typeof useViews>
  readonly onClose: () => void
}

/** Names a view, new or kept before, and says who sees it. A name one has used is that view, replaced. */
export const KeepDialog = ({ view, search, work, onClose }: KeepProps) => {
  const say = useSay()
  const [name, setName] = useState(view?.name ?? '')
  const [sharedWith, setSharedWith] = useState<readonly string[]>(view?.sharedWith ?? [])
  const [failure, setFailure] = useState<string>()
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
        <SharedWith roles={sharedWith} set={setSharedWith} />
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

/** The roles of one's own that see the view too. */
const SharedWith = ({
  roles,
  set,
}: {
  readonly roles: readonly string[]
  readonly set: (roles: readonly string[]) => void
}) => {
  const say = useSay()
  const me = useMe()
  return (
    <fieldset className={classes['shared']}>
      <legend>{say(words.sharedWith)}</legend>
      {[...new Set(me.grants.map(({ role }) => role))].map(role => (
        <Checkbox
          key={role}
          label={say(roleWords[role as keyof typeof roleWords])}
          checked={roles.includes(role)}
          onChange={event =>
            set(event.currentTarget.checked ? [...roles, role] : roles.filter(one => one !== role))
          }
        />
      ))}
    </fieldset>
  )
}
