import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Problem } from '../api/client.ts'
import { maySendIn, useMe } from '../api/session.ts'
import { EntityHere, useEntityOf } from '../frame/entity.tsx'
import { useActsHere } from '../frame/here.ts'
import { ScreenLink, useAddressPart } from '../frame/link.tsx'
import { Failed, Loading, NoDocument } from '../frame/messages.tsx'
import { PinButton } from '../frame/pinned.tsx'
import { noteRecent } from '../frame/recent.ts'
import { entityIdOf } from '../shapes/row.ts'
import type { AnyRow } from '../shapes/row.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import { ActDrawer } from './act-drawer.tsx'
import { ChangedValue } from './changed-value.tsx'
import type { Before } from './changed-value.tsx'
import { Comments } from './comments.tsx'
import { Company } from './company.tsx'
import type { Action, AnyDocument } from './declaration.ts'
import classes from './documents.module.css'
import { History } from './history.tsx'
import { LinkedDocuments } from './linked.tsx'
import { useMoments } from './moment.ts'
import { PartTable } from './part-table.tsx'
import type { StoryEvent } from './story.ts'
import { TimeSlider } from './time-slider.tsx'
import { useDocument, useRows, useStory } from './use-document.ts'
import { words } from './words.ts'

/** Any document: what it is and how far, what may be done now, what it says, what it comes from and leads to. */
export const DocumentPage = ({ document }: { readonly document: AnyDocument }) => {
  const id = useAddressPart('id')
  const { data, error, refetch } = useDocument(document, id)
  const entity = useEntityOf(data && entityIdOf(data.row))
  if (data)
    return (
      <EntityHere value={entity}>
        <Shown key={id} document={document} id={id} {...data} />
      </EntityHere>
    )
  if (error instanceof Problem && error.status === 404) return <NoDocument />
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />
}

interface ShownProps {
  readonly document: AnyDocument
  readonly id: string
  readonly row: AnyRow
  readonly revision: string | undefined
}

const Shown = ({ document, id, row: present, revision }: ShownProps) => {
  const say = useSay()
  const story = useStory(document, id)
  const moments = useMoments(story.events, id)
  const moment = moments.chosen
  const first = moment !== undefined && moment === moments.events[0]
  const { row, before, waits } = useRows(document, id, present, { moment, first })
  const told = moment ? story.events.filter(({ ordinal }) => ordinal <= moment.ordinal) : story.events
  const { Body } = document
  const { userId } = useMe()
  const kind = say(document.kind)
  const name = document.name(present)
  useEffect(() => {
    window.document.title = `${name ?? kind} · Grandlivre`
    noteRecent(userId, { to: window.location.pathname, label: name ?? kind, kind: document.kind })
  }, [name, kind, document, userId])
  return (
    <article className={classes['page']} aria-busy={waits} data-waits={waits || undefined}>
      <header className={classes['head']}>
        <div>
          <ScreenLink to={document.list} className={classes['kind']}>
            {kind}
          </ScreenLink>
          <PinButton to={window.location.pathname} label={name ?? kind} />
          <h1>
            {name ?? kind}
            {document.state && (
              <span className={classes['state']}>
                <ChangedValue {...document.state} row={row} before={before} />
              </span>
            )}
          </h1>
        </div>
        <Amounts document={document} row={row} before={before} />
        {!moment && <Actions {...{ document, id, row, revision }} story={story.events} />}
      </header>
      <TimeSlider moments={moments} words={document.events} waits={waits} />
      <div className={classes['columns']}>
        <div className={classes['main']}>
          {document.parts.map(part => (
            <PartTable key={part.path} part={part} id={id} row={row} moment={moment} first={first} />
          ))}
          {Body && <Body row={row} story={told} />}
          <Comments document={document} id={id} moment={moment} />
          <History document={document} story={story} moments={moments} />
        </div>
        <aside className={classes['aside']}>
          <Facts document={document} id={id} row={row} before={before} />
          <LinkedDocuments story={story.events} self={window.location.pathname} />
        </aside>
      </div>
    </article>
  )
}

type RowProps = Pick<ShownProps, 'document' | 'row'> & { readonly before: Before | undefined }

const Amounts = ({ document, row, before }: RowProps) => {
  const say = useSay()
  const formats = useFormats()
  const currency = typeof row['currency'] === 'string' ? row['currency'] : undefined
  const shown = document.amounts.filter(({ field }) => typeof row[field] === 'number')
  return (
    <dl className={classes['amounts']}>
      {shown.map(({ field, label, as }) => (
        <div key={field}>
          <dt>{say(label)}</dt>
          <dd className="figure">
            <ChangedValue as={as} field={field} row={row} before={before}>
              {currency
                ? formats.money(row[field] as number, currency)
                : formats.amount(row[field] as number)}
            </ChangedValue>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const Facts = ({ document, id, row, before }: RowProps & Pick<ShownProps, 'id'>) => {
  const say = useSay()
  const facts = document.facts.filter(({ field }) => {
    const value = row[field]
    return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)
  })
  return (
    <section className={classes['box']}>
      <h2>{say(words.facts)}</h2>
      <dl className={classes['facts']}>
        {row['entityId'] !== id && <Company entityId={row['entityId']} />}
        {facts.map(({ field, label, as }) => (
          <div key={field}>
            <dt>{say(label)}</dt>
            <dd>
              <ChangedValue as={as} field={field} row={row} before={before} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What this person may do with the document as it is now, by their rights in its legal entity. */
const Actions = ({
  document,
  id,
  row,
  revision,
  story,
}: ShownProps & { readonly story: readonly StoryEvent[] }) => {
  const say = useSay()
  const me = useMe()
  const [open, setOpen] = useState<Action<AnyRow>>()
  const printed = document.printed?.(row)
  const possible = document.actions.filter(
    ({ command, when }) => maySendIn(me, command, entityIdOf(row)) && when(row),
  )
  useActsHere(
    possible.map(action => ({
      id: action.command,
      label: say(action.form.title),
      run: () => setOpen(action),
    })),
  )
  return (
    <div className={classes['actions']} role="group" aria-label={say(words.actions)}>
      {possible.map((action, i) => (
        <Button key={action.command} variant={i === 0 ? 'filled' : 'default'} onClick={() => setOpen(action)}>
          {say(action.form.title)}
        </Button>
      ))}
      {printed !== undefined && (
        <Button variant="default" component={ScreenLink} to={printed}>
          {say(words.print)}
        </Button>
      )}
      {open && (
        <ActDrawer
          form={open.form}
          subject={row}
          subjectId={id}
          revision={revision}
          events={document.events}
          story={story}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}
