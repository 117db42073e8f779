import { Button, Menu } from '@mantine/core'
import { Fragment, Suspense, lazy, useState } from 'react'
import { useEntityHere } from '../frame/entity.tsx'
import { useSay } from '../words/words.ts'
import type { AnyForm, Templates } from './declaration.ts'
import classes from './forms.module.css'
import { readable } from './input.ts'
import { useTemplates } from './templates.ts'
import type { Template } from './templates.ts'
import type { FormAtWork } from './use-form.ts'
import { words } from './words.ts'

/** Loaded once a template is kept. */
const KeepDialog = lazy(async () => ({ default: (await import('../frame/keep-dialog.tsx')).KeepDialog }))

interface Props {
  readonly form: AnyForm
  readonly work: FormAtWork
}

/** Templates of a form of one legal entity: what fills it in, and what keeps what it is filled in with. */
export const TemplatesMenu = ({ form, work }: Props) => {
  const entity = useEntityHere()
  if (!form.templates || !entity) return null
  return <Menus {...{ form, work }} of={form.templates} entityId={entity.entityId} />
}

const Menus = ({
  form,
  work,
  of,
  entityId,
}: Props & { readonly of: Templates; readonly entityId: string }) => {
  const say = useSay()
  const { templates, keep, remove } = useTemplates(form.command, entityId)
  const [kept, setKept] = useState<{ readonly template?: Template }>()
  const [taken, setTaken] = useState<string>()
  const mine = templates.filter(template => template.mine)
  const groups = [
    { label: words.myTemplates, templates: mine },
    { label: words.teamTemplates, templates: templates.filter(template => !template.mine) },
  ].filter(group => group.templates.length > 0)
  const last = mine.find(({ id }) => id === taken)
  return (
    <>
      <Menu width={300}>
        <Menu.Target>
          <Button variant="default">{say(words.templates)}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {groups.map(group => (
            <Fragment key={group.label}>
              <Menu.Label>{say(group.label)}</Menu.Label>
              {group.templates.map(template => (
                <Menu.Item
                  key={template.id}
                  rightSection={
                    template.ownerName && <span className={classes['owner']}>{template.ownerName}</span>
                  }
                  onClick={() => {
                    setTaken(template.id)
                    work.set(known => of.fill(readable(known), template.filledIn))
                  }}
                >
                  {template.name}
                </Menu.Item>
              ))}
            </Fragment>
          ))}
          {groups.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setKept({})}>{say(words.keepTemplate)}</Menu.Item>
          {last && (
            <Menu.Item onClick={() => setKept({ template: last })}>
              {say(words.changeTemplate, { name: last.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {kept && (
        <Suspense>
          <KeepDialog
            title={kept.template ? words.changeTemplateTitle : words.keepTemplateTitle}
            label={words.templateName}
            replaces={words.templateReplaced}
            kept={kept.template}
            others={templates}
            entityId={entityId}
            onKeep={(named, id) => keep({ ...named, filledIn: of.keep(readable(work.values ?? {})) }, id)}
            onRemove={remove}
            onClose={() => setKept(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}
