import { Button } from '@mantine/core'
import { SideDialog } from '../frame/dialogs.tsx'
import { useOneEntity, useWithCompany } from '../frame/entity.tsx'
import { Loading } from '../frame/messages.tsx'
import { isAnswered, isTaken } from '../forms/answers.ts'
import type { AnyForm } from '../forms/declaration.ts'
import { FormFields } from '../forms/form-fields.tsx'
import { useSubmitKey } from '../forms/form-page.tsx'
import { readable } from '../forms/input.ts'
import { LinesEditor } from '../forms/lines-editor.tsx'
import { ProblemNote, RestoredNote, standsBeside } from '../forms/notes.tsx'
import { useForm } from '../forms/use-form.ts'
import type { FormAtWork } from '../forms/use-form.ts'
import { words as formWords } from '../forms/words.ts'
import type { AnyRow } from '../shapes/row.ts'
import { useSay } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import classes from './documents.module.css'
import { MeanwhileNote } from './meanwhile-note.tsx'
import { useTheirs } from './meanwhile.ts'
import { PreviewSection } from './preview.tsx'
import type { StoryEvent } from './story.ts'

interface Props {
  readonly form: AnyForm
  readonly subject: AnyRow
  readonly subjectId: string
  readonly revision: string | undefined
  readonly events: EventWords
  /** What happened to the document, where it has a history. */
  readonly story?: readonly StoryEvent[]
  readonly onClose: () => void
}

/** A line of many cells takes the window. */
const CELLS_NARROW_MAX = 5

const widthOf = ({ lines }: AnyForm): number => {
  if (!lines) return 560
  return lines.columns.length > CELLS_NARROW_MAX ? 1180 : 760
}

/** An act on a document: what it needs to know, and below it exactly what it would record, before it does. */
export const ActDrawer = ({ form, subject, subjectId, revision, events, story = [], onClose }: Props) => {
  const say = useSay()
  const ordinal = story.at(-1)?.ordinal ?? 0
  const work = useForm({ form, subject, subjectId, revision, ordinal, onDone: onClose })
  const { began, done } = work
  const isNew = began !== undefined && began.revision !== revision && !form.makesAnother && !done
  const title = useWithCompany(say(form.title))
  const theirs = useTheirs(form, subject, { revision, isNew })
  return (
    <SideDialog opened onClose={onClose} width={widthOf(form)} title={title}>
      {began && theirs && (
        <MeanwhileNote
          {...{ form, work, theirs, events }}
          before={began.values}
          since={story.filter(event => event.ordinal > began.ordinal)}
          onSeen={() => work.see({ values: theirs, revision, ordinal })}
        />
      )}
      {work.values ? <Act {...{ form, work, events, story, onClose }} /> : <Loading />}
    </SideDialog>
  )
}

const Act = ({
  form,
  work,
  events,
  story,
  onClose,
}: Pick<Props, 'form' | 'events' | 'onClose'> & {
  readonly work: FormAtWork
  readonly story: readonly StoryEvent[]
}) => {
  const say = useSay()
  const entity = useOneEntity()
  useSubmitKey(work.submit)
  const { problem } = work
  const isRefused =
    problem !== undefined && !standsBeside(problem, form) && isAnswered(problem) && !isTaken(problem)
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        work.submit()
      }}
    >
      {form.note && <p>{say(form.note, { entity: entity?.name ?? '' })}</p>}
      <RestoredNote work={work} />
      <ProblemNote work={work} form={form} />
      <FormFields fields={form.fields} work={work} autoFocus />
      {form.lines && <LinesEditor lines={form.lines} work={work} />}
      {form.Beside && work.values && <form.Beside values={readable(work.values)} set={work.set} />}
      <PreviewSection form={form} work={work} words={events} story={story} />
      <div className={classes['act-foot']}>
        <Button variant="default" onClick={onClose}>
          {say(formWords.cancel)}
        </Button>
        <Button
          type="submit"
          loading={work.busy}
          disabled={isRefused}
          data-autofocus={form.fields.length === 0}
        >
          {say(form.submit)}
        </Button>
      </div>
    </form>
  )
}
