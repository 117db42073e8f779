import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { get, Problem, send } from '../api/client.ts'
import type { GetPath } from '../api/client.ts'
import { onChange } from '../api/live.ts'
import { maySend, useMe } from '../api/session.ts'
import { FormFields } from '../forms/form-fields.tsx'
import { newId } from '../forms/ids.ts'
import { ProblemNote, RestoredNote } from '../forms/notes.tsx'
import { useForm } from '../forms/use-form.ts'
import { tell } from '../frame/tell.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import classes from './comments.module.css'
import { aboutOf, writeForm } from './comment-form.ts'
import type { About } from './comment-form.ts'
import type { AnyDocument } from './declaration.ts'
import documentClasses from './documents.module.css'
import type { StoryEvent } from './story.ts'
import { words } from './words.ts'

interface Comment {
  readonly commentId: string
  readonly ordinal: number
  /** Null once it was withdrawn. */
  readonly text: string | null
  readonly writtenBy: string
  readonly authorName: string | null
  readonly writtenAt: string
}

interface Props {
  readonly document: AnyDocument
  readonly id: string
  /** Behind which event the document is shown; undefined is now. */
  readonly moment: StoryEvent | undefined
}

/** What people say to each other about a document, whatever kind it is: read with it, written below it. */
export const Comments = ({ document, id, moment }: Props) => {
  const about = aboutOf(document, id)
  return about && <Discussion path={document.path} about={about} moment={moment} />
}

const LIMIT = '500'

/** All that was said, read again as somebody else says something. */
const useComments = (path: string, id: string): readonly Comment[] => {
  const client = useQueryClient()
  useEffect(
    () => onChange('comments', () => void client.invalidateQueries({ queryKey: ['comments'] })),
    [client],
  )
  const { data } = useQuery({
    queryKey: ['comments', path, id],
    queryFn: async ({ signal }) => {
      const comments = `${path}/comments` as GetPath
      return (await get(comments, { values: { id }, query: { limit: LIMIT }, signal })) as unknown as {
        readonly items: readonly Comment[]
      }
    },
  })
  return data?.items ?? []
}

const Discussion = ({
  path,
  about,
  moment,
}: Pick<Props, 'moment'> & { readonly path: string; readonly about: About }) => {
  const say = useSay()
  const me = useMe()
  const [written, setWritten] = useState(0)
  const comments = useComments(path, about.documentId).filter(
    ({ ordinal }) => moment === undefined || ordinal <= moment.ordinal,
  )
  return (
    <section className={documentClasses['box']}>
      <h2>{say(words.comments)}</h2>
      {comments.length > 0 && (
        <ol className={classes['comments']} aria-live="polite">
          {comments.map(comment => (
            <Said key={comment.commentId} comment={comment} about={about} />
          ))}
        </ol>
      )}
      {moment === undefined && maySend(me, 'collaboration.writeComment') ? (
        <Write key={written} about={about} again={written > 0} onWritten={() => setWritten(written + 1)} />
      ) : (
        comments.length === 0 && <p className={documentClasses['quiet']}>{say(words.noComments)}</p>
      )}
    </section>
  )
}

const Said = ({ comment, about }: { readonly comment: Comment; readonly about: About }) => {
  const say = useSay()
  const formats = useFormats()
  const { userId } = useMe()
  const { commentId, text, authorName, writtenBy, writtenAt } = comment
  return (
    <li>
      <p className={classes['who']}>
        <strong>{authorName ?? say(words.byProgram)}</strong>
        <time dateTime={writtenAt}>{formats.instant(writtenAt)}</time>
        {text !== null && writtenBy === userId && <Withdraw {...{ commentId, about }} />}
      </p>
      {text === null ? (
        <p className={documentClasses['quiet']}>{say(words.commentWithdrawn)}</p>
      ) : (
        <p className={classes['text']}>{text}</p>
      )}
    </li>
  )
}

/** Takes back what one wrote: it says so from then on, to everybody. */
const Withdraw = (input: { readonly commentId: string; readonly about: About }) => {
  const say = useSay()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [key] = useState(newId)
  const withdraw = async (): Promise<void> => {
    setBusy(true)
    try {
      await send('collaboration.withdrawComment', input, { key })
      await client.invalidateQueries({ queryKey: ['comments'] })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      tell(error.message, 'wrong')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="subtle" size="compact-xs" loading={busy} onClick={() => void withdraw()}>
      {say(words.withdrawComment)}
    </Button>
  )
}

interface WriteProps {
  readonly about: About
  /** One was just written: whoever goes on need not come back to the field. */
  readonly again: boolean
  readonly onWritten: () => void
}

const Write = ({ about, again, onWritten }: WriteProps) => {
  const say = useSay()
  const work = useForm({
    form: writeForm,
    subject: about,
    subjectId: `${about.category}.${about.documentId}`,
    onDone: onWritten,
  })
  if (!work.values) return null
  return (
    <form
      className={classes['write']}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        work.submit()
      }}
      onKeyDown={event => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        work.submit()
      }}
    >
      <RestoredNote work={work} />
      <ProblemNote work={work} form={writeForm} />
      {/* While a comment is on its way nothing is typed that the next one would not have. */}
      <fieldset className={classes['typed']} disabled={work.busy || work.done}>
        <FormFields fields={writeForm.fields} work={work} autoFocus={again} />
      </fieldset>
      <Button type="submit" variant="default" loading={work.busy}>
        {say(writeForm.submit)}
      </Button>
    </form>
  )
}
