import { Textarea, TextInput } from '@mantine/core'
import { ChoiceInput } from '../shapes/choice-input.tsx'
import { TypedInput } from '../shapes/parsed-input.tsx'
import { ReferenceInput } from '../shapes/reference-picker.tsx'
import { isReference } from '../shapes/reference.tsx'
import { isChoice } from '../shapes/shapes.tsx'
import type { Typed, Unreadable } from '../shapes/typed.ts'
import { useSay } from '../words/words.ts'
import type { Field } from './declaration.ts'
import classes from './forms.module.css'
import { readable } from './input.ts'
import type { FormAtWork } from './use-form.ts'
import { words } from './words.ts'

/** The fields of a form, each as its shape is typed, with what is wrong beside it. */
export const FormFields = ({
  fields,
  work,
  autoFocus = false,
}: {
  readonly fields: readonly Field[]
  readonly work: FormAtWork
  readonly autoFocus?: boolean
}) => (
  <div className={classes['fields']}>
    {fields.map((field, i) => (
      <div key={field.name} data-wide={field.wide}>
        <OneField field={field} work={work} autoFocus={autoFocus && i === 0} />
      </div>
    ))}
  </div>
)

interface Props {
  readonly field: Field
  readonly work: FormAtWork
  readonly autoFocus: boolean
}

const OneField = ({ field, work, autoFocus }: Props) => {
  const say = useSay()
  const { name, as, optional, wide, picked, within } = field
  const label = optional ? say(words.optional, { label: say(field.label) }) : say(field.label)
  const value = work.values?.[name]
  const error = work.errorOf(name)
  const common = { label, error, autoFocus, required: !optional, onBlur: () => work.touch(name) }
  const text = typeof value === 'string' ? value : ''
  if (isReference(as))
    return (
      <ReferenceInput
        {...common}
        reference={as}
        insists={work.insists}
        onWaiting={work.onWaiting}
        value={value as string | Unreadable | undefined}
        within={within?.(readable(work.values ?? {}))}
        onLetters={letters => work.set({ [name]: letters })}
        onPick={(id, row) => work.set({ [name]: id, ...(row && picked?.(row)) })}
      />
    )
  if (isChoice(as))
    return <ChoiceInput {...common} as={as} value={text} onChoose={chosen => work.set({ [name]: chosen })} />
  if (as.kind !== 'text')
    return (
      <TypedInput
        {...common}
        as={as}
        insists={work.insists}
        value={value as Typed}
        onTyped={typed => work.set({ [name]: typed })}
      />
    )
  const Input = wide ? Textarea : TextInput
  return (
    <Input
      {...common}
      withAsterisk={false}
      value={text}
      autoComplete="off"
      {...(wide && { autosize: true, minRows: 2 })}
      onChange={event => work.set({ [name]: event.currentTarget.value })}
    />
  )
}
