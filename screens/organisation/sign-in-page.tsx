import { Button, Checkbox } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../api/client.ts'
import { get, send } from '../api/client.ts'
import { maySend, useMe } from '../api/session.ts'
import { newId } from '../forms/ids.ts'
import { Failed, Loading } from '../frame/messages.tsx'
import { roleWords } from '../frame/words.ts'
import { tell } from '../frame/tell.ts'
import { dictionary, useSay } from '../words/words.ts'
import classes from './organisation.module.css'
import { words as organisation } from './words.ts'

const words = dictionary('organisation.signIn', {
  title: { fr: 'Second facteur exigé', en: 'Second factor required' },
  hint: {
    fr: 'Qui tient l’un de ces rôles doit poser un second facteur avant toute autre chose, dès sa prochaine demande.',
    en: 'Who holds one of these roles must set a second factor before anything else, from the next request on.',
  },
  save: { fr: 'Enregistrer', en: 'Save' },
  saved: { fr: 'Règle enregistrée', en: 'Rule saved' },
})

type Role = Answer<'/api/organisation/sign-in-policy'>['secondFactorRoles'][number]
const ROLES = Object.keys(roleWords) as readonly Role[]

/** Which roles need a second factor, in the whole log. */
export default function SignInRulesPage() {
  const say = useSay()
  const { data, error, refetch } = useQuery({
    queryKey: ['sign-in-policy'],
    queryFn: ({ signal }) => get('/api/organisation/sign-in-policy', { signal }),
  })
  if (error) return <Failed error={error} again={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <div className={classes['page']}>
      <h1>{say(organisation.signInRules)}</h1>
      <RequiredRoles key={data.secondFactorRoles.join()} required={data.secondFactorRoles} />
    </div>
  )
}

const RequiredRoles = ({ required }: { readonly required: readonly Role[] }) => {
  const say = useSay()
  const me = useMe()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<readonly string[]>(required)
  const [problem, setProblem] = useState<string>()
  const may = maySend(me, 'organisation.requireSecondFactor')
  const save = async (): Promise<void> => {
    try {
      const roles = ROLES.filter(role => chosen.includes(role))
      await send('organisation.requireSecondFactor', { roles }, { key: newId() })
      tell(say(words.saved))
      await client.invalidateQueries()
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      <Checkbox.Group
        label={say(words.title)}
        description={say(words.hint)}
        error={problem}
        value={[...chosen]}
        onChange={setChosen}
        readOnly={!may}
      >
        <div className={classes['choices']}>
          {ROLES.map(role => (
            <Checkbox key={role} value={role} label={say(roleWords[role])} disabled={!may} />
          ))}
        </div>
      </Checkbox.Group>
      {may && <Button type="submit">{say(words.save)}</Button>}
    </form>
  )
}
