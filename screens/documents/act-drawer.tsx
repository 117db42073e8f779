import { Button } from '@mantine/core'
import { SideDialog } from '../frame/dialogs.tsx'
import { useOneEntity, useWithCompany } from '../frame/entity.tsx'
import { Loading } from '../frame/messages.tsx'
import type { AnyForm } from '../forms/declaration.ts'
import { FormFields } from '../forms/form-fields.tsx'
import { useSubmitKey } from '../forms/form-page.tsx'
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
import { PreviewedEvents } from './preview.tsx'
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
  // A refusal that no field has stands above: nothing will happen.
  const isRefused = work.problem !== undefined && !standsBeside(work.problem, form)
  const ready = work.input !== undefined && work.problem === undefined && work.previewed !== undefined
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (ready) work.submit()
      }}
    >
      {form.note && <p>{say(form.note, { entity: entity?.name ?? '' })}</p>}
      <RestoredNote work={work} />
      <ProblemNote work={work} form={form} />
      <FormFields fields={form.fields} work={work} autoFocus />
      {form.lines && <LinesEditor lines={form.lines} work={work} />}
      {form.Beside && work.values && <form.Beside values={work.values} set={work.set} />}
      {!isRefused && (
        <section className={classes['preview']} aria-live="polite">
          <h2>{say(formWords.whatWillHappen)}</h2>
          <Previewed work={work} events={events} story={story} />
        </section>
      )}
      <div className={classes['act-foot']}>
        <Button variant="default" onClick={onClose}>
          {say(formWords.cancel)}
        </Button>
        <Button type="submit" loading={work.busy} disabled={!ready} data-autofocus={form.fields.length === 0}>
          {say(form.submit)}
        </Button>
      </div>
    </form>
  )
}

const Previewed = ({
  work,
  events,
  story,
}: {
  readonly work: FormAtWork
  readonly events: EventWords
  readonly story: readonly StoryEvent[]
}) => {
  const say = useSay()
  const { previewed, problem } = work
  if (problem) return <p className={classes['quiet']}>{problem.message}</p>
  if (!previewed) return <p className={classes['quiet']}>{say(formWords.previewWaits)}</p>
  if (previewed.outcome === 'nothing')
    return <p className={classes['quiet']}>{say(formWords.previewNothing)}</p>
  return <PreviewedEvents events={previewed.events} story={story} words={events} />
}
