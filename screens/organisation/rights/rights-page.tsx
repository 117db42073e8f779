import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api/client.ts'
import { get } from '../../api/client.ts'
import { mayRead, useMe } from '../../api/session.ts'
import { entitiesQuery } from '../../frame/entity.tsx'
import { ScreenLink } from '../../frame/link.tsx'
import { Failed, Loading } from '../../frame/messages.tsx'
import { roleWords } from '../../frame/words.ts'
import { useLanguage, useSay } from '../../words/words.ts'
import classes from '../organisation.module.css'
import { words as organisation } from '../words.ts'
import { exportRights } from './export.ts'
import { areaWords, contextWords, words } from './words.ts'

export type Rights = Answer<'/api/organisation/rights'>

/** Who may do and read what, as the registry has it; which duties are separated; who holds such duties together. */
export default function RightsPage() {
  const say = useSay()
  const { data, error, refetch } = useQuery({
    queryKey: ['rights'],
    queryFn: ({ signal }) => get('/api/organisation/rights', { signal }),
  })
  if (error) return <Failed error={error} again={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(organisation.rights)}</h1>
        <Button variant="default" onClick={() => exportRights(data)}>
          {say(words.export)}
        </Button>
      </div>
      <p className={classes['hint']}>{say(words.hint)}</p>
      <Matrix rights={data} />
      <h2>{say(words.separated)}</h2>
      <Separations rights={data} />
      <h2>{say(words.combined)}</h2>
      <p className={classes['hint']}>{say(words.combinedHint)}</p>
      <Combined rights={data} />
    </div>
  )
}

interface Props {
  readonly rights: Rights
}

const Matrix = ({ rights: { roles, commands, reads } }: Props) => {
  const say = useSay()
  const language = useLanguage()
  const contexts = [...new Set(commands.map(({ context }) => context))]
  return (
    <div className={classes['table']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.what)}</th>
            {roles.map(role => (
              <th key={role} scope="col" className={classes['mark']}>
                {say(roleWords[role])}
              </th>
            ))}
          </tr>
        </thead>
        {contexts.map(context => (
          <tbody key={context}>
            <GroupRow
              label={say(contextWords[context as keyof typeof contextWords])}
              columns={roles.length}
            />
            {commands
              .filter(command => command.context === context)
              .map(command => (
                <MarkRow
                  key={command.name}
                  label={command.summary[language]}
                  note={command.own ? say(words.own) : undefined}
                  all={roles}
                  marked={command.roles}
                />
              ))}
          </tbody>
        ))}
        <tbody>
          <GroupRow label={say(words.reading)} columns={roles.length} />
          {reads.map(({ area, roles: marked }) => (
            <MarkRow key={area} label={say(areaWords[area])} all={roles} marked={marked} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const GroupRow = ({ label, columns }: { readonly label: string; readonly columns: number }) => (
  <tr className={classes['group']}>
    <th scope="colgroup" colSpan={columns + 1}>
      {label}
    </th>
  </tr>
)

const MarkRow = ({
  label,
  note,
  all,
  marked,
}: {
  readonly label: string
  readonly note?: string | undefined
  readonly all: Rights['roles']
  readonly marked: Rights['roles']
}) => {
  const say = useSay()
  return (
    <tr>
      <th scope="row">
        {label}
        {note !== undefined && <span className={classes['note']}> · {note}</span>}
      </th>
      {all.map(role => (
        <td key={role} className={classes['mark']}>
          {marked.includes(role) && (
            <>
              <span aria-hidden="true">●</span>
              <span className="hidden-text">{say(words.yes)}</span>
            </>
          )}
        </td>
      ))}
    </tr>
  )
}

const summariesOf = ({ commands }: Rights, language: 'fr' | 'en') =>
  new Map(commands.map(({ name, summary }) => [name, summary[language]]))

const Separations = ({ rights }: Props) => {
  const say = useSay()
  const language = useLanguage()
  const summaries = summariesOf(rights, language)
  return (
    <div className={classes['table']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.duty)}</th>
            <th scope="col">{say(words.separatedFrom)}</th>
            <th scope="col">{say(words.rule)}</th>
          </tr>
        </thead>
        <tbody>
          {rights.commands
            .filter(({ separatedFrom }) => separatedFrom.length > 0)
            .map(({ name, summary, separatedFrom, duty }) => (
              <tr key={name}>
                <th scope="row">{summary[language]}</th>
                <td>{separatedFrom.map(other => summaries.get(other)).join(' ; ')}</td>
                <td>{duty?.[language]}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}

const Combined = ({ rights }: Props) => {
  const say = useSay()
  const me = useMe()
  const language = useLanguage()
  const { data: entities = [] } = useQuery(entitiesQuery)
  const summaries = summariesOf(rights, language)
  const placeOf = (id: string): string =>
    id === 'all' ? say(words.everywhere) : (entities.find(({ entityId }) => entityId === id)?.name ?? id)
  if (rights.combined.length === 0) return <p className={classes['hint']}>{say(words.nobody)}</p>
  return (
    <div className={classes['table']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(organisation.user)}</th>
            <th scope="col">{say(words.duty)}</th>
            <th scope="col">{say(words.separatedFrom)}</th>
            <th scope="col">{say(words.place)}</th>
          </tr>
        </thead>
        <tbody>
          {rights.combined.map(({ userId, name, command, from, entityIds }) => (
            <tr key={`${userId} ${command}`}>
              <th scope="row">
                {mayRead(me, 'users') ? (
                  <ScreenLink to={`/organisation/users/${userId}`}>{name ?? userId}</ScreenLink>
                ) : (
                  (name ?? userId)
                )}
              </th>
              <td>{summaries.get(command)}</td>
              <td>{from.map(other => summaries.get(other)).join(' ; ')}</td>
              <td>{entityIds.map(placeOf).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
