import { Button } from '@mantine/core'
import { useState } from 'react'
import { useEntityHere } from '../frame/entity.tsx'
import { KeptMenu } from '../frame/kept-menu.tsx'
import { useSay } from '../words/words.ts'
import type { AnyForm, Templates } from './declaration.ts'
import { readable } from './input.ts'
import { useTemplates } from './templates.ts'
import type { FormAtWork } from './use-form.ts'
import { templateWords, words } from './words.ts'

interface Props {
  readonly form: AnyForm
  readonly work: FormAtWork
}

/** Templates of a form of one legal entity: what fills it in, and what keeps what it is filled in with. */
export const TemplatesMenu = ({ form, work }: Props) => {
  const entity = useEntityHere()
  if (!form.templates || !entity) return null
  return <OfEntity {...{ form, work }} of={form.templates} entityId={entity.entityId} />
}

const OfEntity = ({
  form,
  work,
  of,
  entityId,
}: Props & { readonly of: Templates; readonly entityId: string }) => {
  const say = useSay()
  const { all, keep, remove } = useTemplates(form.command, entityId)
  const [taken, setTaken] = useState<string>()
  return (
    <KeptMenu
      words={templateWords}
      target={<Button variant="default">{say(words.templates)}</Button>}
      all={all}
      chosen={all.find(({ id }) => id === taken)}
      entityId={entityId}
      onTake={({ id, filledIn }) => {
        setTaken(id)
        work.set(known => of.fill(readable(known), filledIn))
      }}
      onKeep={(named, id) => keep({ ...named, filledIn: of.keep(readable(work.values ?? {})) }, id)}
      onRemove={remove}
    />
  )
}
