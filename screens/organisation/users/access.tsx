import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { get, send } from '../../api/client.ts'
import { inviteUser, issueToken } from '../../api/account.ts'
import { maySend, useMe } from '../../api/session.ts'
import documents from '../../documents/documents.module.css'
import { RowsTable } from '../../documents/part-table.tsx'
import { newId } from '../../forms/ids.ts'
import { Dialog } from '../../frame/dialogs.tsx'
import type { AnyRow } from '../../shapes/row.ts'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { OnceShown } from '../once-shown.tsx'
import classes from '../organisation.module.css'
import { place } from './places.ts'
import { role, words } from './words.ts'

type User = Answer<'/api/organisation/users/{id}'>

interface Props {
  readonly row: User
}

/** The rights of an account in whole, how its holder comes in, and the tokens of programs. */
export const UserAccess = ({ row }: Props) => {
  const me = useMe()
  const keeps = maySend(me, 'organisation.changeGrants') && row.active
  return (
    <>
      <RowsTable
        title={words.grants}
        rows={row.grants as readonly AnyRow[]}
        columns={[
          { field: 'role', label: words.role, as: role, width: 200 },
          { field: 'entityId', label: words.place, as: place, width: 260 },
        ]}
      />
      {keeps && row.kind === 'human' && <Invitation row={row} />}
      <Tokens row={row} keeps={keeps} />
    </>
  )
}

const INVITATION_DAYS = 3
const DAY_MS = 86_400_000

const Invitation = ({ row: { userId } }: Props) => {
  const say = useSay()
  const client = useQueryClient()
  const [link, setLink] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const invite = async (): Promise<void> => {
    try {
      const expiresAt = new Date(Date.now() + INVITATION_DAYS * DAY_MS).toISOString()
      const { secret } = await inviteUser(userId, expiresAt)
      setLink(`${window.location.origin}/invitation#${secret}`)
      setProblem(undefined)
      await client.invalidateQueries({ queryKey: ['document'] })
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return (
    <section className={documents['box']}>
      <h2>{say(words.access)}</h2>
      <p className={documents['quiet']}>{say(words.inviteHint, { days: INVITATION_DAYS })}</p>
      <Button variant="default" onClick={() => void invite()}>
        {say(words.invite)}
      </Button>
      {problem !== undefined && (
        <p role="alert" className={classes['problem']}>
          {problem}
        </p>
      )}
      {link !== undefined && (
        <OnceShown
          title={say(words.linkTitle)}
          hint={say(words.linkHint)}
          secret={link}
          onClose={() => setLink(undefined)}
        />
      )}
    </section>
  )
}

const TOKENS_MAX = '500'

const Tokens = ({ row: { userId, kind }, keeps }: Props & { readonly keeps: boolean }) => {
  const say = useSay()
  const formats = useFormats()
  const client = useQueryClient()
  const [issuing, setIssuing] = useState(false)
  const path = '/api/organisation/users/{id}/tokens'
  const { data: tokens = [] } = useQuery({
    queryKey: ['document', path, userId],
    queryFn: async ({ signal }) =>
      (await get(path, { values: { id: userId }, query: { limit: TOKENS_MAX }, signal })).items,
  })
  const revoke = async (tokenId: string): Promise<void> => {
    await send('organisation.revokeToken', { userId, tokenId }, { key: newId() })
    await client.invalidateQueries({ queryKey: ['document'] })
  }
  if (kind === 'human' && tokens.length === 0 && !keeps) return null
  return (
    <section className={documents['box']}>
      <h2>{say(words.tokens)}</h2>
      {tokens.length === 0 && <p className={documents['quiet']}>{say(words.noToken)}</p>}
      <ul className={classes['tokens']}>
        {tokens.map(({ tokenId, label, expiresAt, revokedAt }) => (
          <li key={tokenId}>
            <span>{label}</span>
            <span className={documents['quiet']}>
              {revokedAt === null
                ? `${say(words.expiresAt)} ${formats.instant(expiresAt)}`
                : `${say(words.revokedAt)} ${formats.instant(revokedAt)}`}
            </span>
            {keeps && revokedAt === null && (
              <Button variant="subtle" size="compact-xs" onClick={() => void revoke(tokenId)}>
                {say(words.revoke, { label })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {keeps && (
        <Button variant="default" onClick={() => setIssuing(true)}>
          {say(words.issue)}
        </Button>
      )}
      {issuing && <IssueToken userId={userId} onClose={() => setIssuing(false)} />}
    </section>
  )
}

const TOKEN_DAYS = 365

const IssueToken = ({ userId, onClose }: { readonly userId: string; readonly onClose: () => void }) => {
  const say = useSay()
  const client = useQueryClient()
  const [label, setLabel] = useState('')
  const [secret, setSecret] = useState<string>()
  const [problem, setProblem] = useState<string>()
  // One key for the dialog: a second press of the button makes no second token.
  const key = useRef(newId())
  const issue = async (): Promise<void> => {
    try {
      const expiresAt = new Date(Date.now() + TOKEN_DAYS * DAY_MS).toISOString()
      setSecret((await issueToken(userId, { label: label.trim(), expiresAt }, key.current)).secret ?? '')
      await client.invalidateQueries({ queryKey: ['document'] })
    } catch (error) {
      key.current = newId()
      setProblem((error as Error).message)
    }
  }
  if (secret !== undefined)
    return (
      <OnceShown
        title={say(words.tokenTitle)}
        hint={say(words.tokenHint)}
        secret={secret}
        onClose={onClose}
      />
    )
  return (
    <Dialog opened title={say(words.issue)} onClose={onClose}>
      <form
        className={classes['form']}
        onSubmit={event => {
          event.preventDefault()
          void issue()
        }}
      >
        <TextInput
          label={say(words.tokenLabel)}
          value={label}
          maxLength={60}
          error={problem}
          data-autofocus
          onChange={event => setLabel(event.currentTarget.value)}
        />
        <Button type="submit" disabled={label.trim() === ''}>
          {say(words.issue)}
        </Button>
      </form>
    </Dialog>
  )
}
