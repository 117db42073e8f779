import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { PreviewSection } from '../documents/preview.tsx'
import { useEntityHere } from '../frame/entity.tsx'
import { Loading } from '../frame/messages.tsx'
import { useSay } from '../words/words.ts'
import type { AnyForm } from './declaration.ts'
import { FormFields } from './form-fields.tsx'
import classes from './forms.module.css'
import { readable } from './input.ts'
import { LinesEditor } from './lines-editor.tsx'
import { ProblemNote, RestoredNote } from './notes.tsx'
import { TemplatesMenu } from './templates-menu.tsx'
import { useForm } from './use-form.ts'
import { words } from './words.ts'

interface Props {
  readonly form: AnyForm
}

/** A form as a page of its own: another one in another legal entity. */
export const FormPage = ({ form }: Props) => <Page key={useEntityHere()?.entityId} form={form} />

const Page = ({ form }: Props) => {
  const say = useSay()
  const work = useForm({ form })
  useSubmitKey(work.submit)
  if (!work.values) return <Loading />
  return (
    // Enter goes on in a form of many fields: what sends it is its button, or Ctrl-Enter.
    <form className={classes['page']} noValidate onSubmit={event => event.preventDefault()}>
      <header>
        <h1>{say(form.title)}</h1>
        <TemplatesMenu form={form} work={work} />
        <Button variant="subtle" onClick={() => window.history.back()}>
          {say(words.cancel)}
        </Button>
        <Button type="button" onClick={work.submit} loading={work.busy}>
          {say(form.submit)}
        </Button>
      </header>
      <RestoredNote work={work} />
      <ProblemNote work={work} form={form} />
      <FormFields fields={form.fields} work={work} autoFocus />
      {form.lines && <LinesEditor lines={form.lines} work={work} />}
      {form.Beside && <form.Beside values={readable(work.values)} set={work.set} />}
      {form.events && <PreviewSection form={form} work={work} words={form.events} />}
    </form>
  )
}

/** Ctrl-Enter sends, from any field. */
export const useSubmitKey = (submit: () => void): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      submit()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}
