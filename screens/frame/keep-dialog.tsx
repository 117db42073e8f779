import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../api/session.ts'
import { useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import classes from './dialogs.module.css'
import { Dialog } from './dialogs.tsx'
import { ALL_ENTITIES } from './entity-chosen.ts'
import { roleWords, words } from './words.ts'

/** What is kept under a name, for oneself or for those who have a role. */
export interface Kept {
  readonly id: string
  readonly name: string
  readonly sharedWith: readonly string[]
  readonly mine: boolean
  /** Of another person’s. */
  readonly ownerName?: string | undefined
}

interface KeepProps {
  readonly title: Text
  readonly label: Text
  /** Said where the name is that of another one, which goes. */
  readonly replaces: Text
  /** What is changed. */
  readonly kept?: Kept | undefined
  readonly others: readonly Kept[]
  /** Where it is kept in one legal entity: it is shared with roles that one has there. */
  readonly entityId?: string
  readonly onKeep: (named: Pick<Kept, 'name' | 'sharedWith'>, id?: string) => Promise<void>
  readonly onRemove: (kept: Kept) => Promise<void>
  readonly onClose: () => void
}

/** Names it, new or kept before, and says who sees it. A name one has used is that one, replaced. */
export const KeepDialog = ({
  title,
  label,
  replaces,
  kept,
  others,
  entityId,
  onKeep,
  onRemove,
  onClose,
}: KeepProps) => {
  const say = useSay()
  const [name, setName] = useState(kept?.name ?? '')
  const [sharedWith, setSharedWith] = useState<readonly string[]>(kept?.sharedWith ?? [])
  const [failure, setFailure] = useState<string>()
  const named = name.trim()
  const replaced = kept ?? others.find(other => other.mine && other.name === named)
  const carry = async (step: Promise<void>): Promise<void> => {
    try {
      await step
      onClose()
    } catch (error) {
      setFailure((error as Error).message)
    }
  }
  return (
    <Dialog opened title={say(title)} onClose={onClose}>
      <form
        className={classes['keep']}
        onSubmit={event => {
          event.preventDefault()
          if (named !== '') void carry(onKeep({ name: named, sharedWith }, replaced?.id))
        }}
      >
        <TextInput
          label={say(label)}
          value={name}
          maxLength={80}
          autoComplete="off"
          data-autofocus
          error={failure}
          description={!kept && replaced ? say(replaces) : undefined}
          onChange={event => setName(event.currentTarget.value)}
        />
        <SharedWith among={useRoles(entityId)} roles={sharedWith} set={setSharedWith} />
        <div className={classes['keep-foot']}>
          {kept && (
            <Button variant="subtle" color="red" onClick={() => void carry(onRemove(kept))}>
              {say(words.removeKept)}
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

type Role = keyof typeof roleWords

/** One's roles, all of them or those in a legal entity. */
const useRoles = (entityId: string | undefined): readonly Role[] => {
  const here = useMe().grants.filter(
    grant => entityId === undefined || [entityId, ALL_ENTITIES].includes(grant.entityId),
  )
  return [...new Set(here.map(({ role }) => role as Role))]
}

/** The roles of one's own that see the view too. */
const SharedWith = ({
  among,
  roles,
  set,
}: {
  readonly among: readonly Role[]
  readonly roles: readonly string[]
  readonly set: (roles: readonly string[]) => void
}) => {
  const say = useSay()
  return (
    <fieldset className={classes['shared']}>
      <legend>{say(words.sharedWith)}</legend>
      {among.map(role => (
        <Checkbox
          key={role}
          label={say(roleWords[role])}
          checked={roles.includes(role)}
          onChange={event =>
            set(event.currentTarget.checked ? [...roles, role] : roles.filter(one => one !== role))
          }
        />
      ))}
    </fieldset>
  )
}
