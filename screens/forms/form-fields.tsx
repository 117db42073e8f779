import { Textarea, TextInput } from '@mantine/core'
import { ChoiceInput } from '../shapes/choice-input.tsx'
import { ParsedInput } from '../shapes/parsed-input.tsx'
import { isReference, ReferencePicker } from '../shapes/reference.tsx'
import { isChoice } from '../shapes/shapes.tsx'
import { useSay } from '../words/words.ts'
import type { Field } from './declaration.ts'
import classes from './forms.module.css'
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
      <ReferencePicker
        {...common}
        reference={as}
        onWaiting={work.onWaiting}
        value={typeof value === 'string' ? value : undefined}
        within={within?.(work.values ?? {})}
        onPick={(id, row) => work.set({ [name]: id, ...(row && picked?.(row)) })}
      />
    )
  if (isChoice(as))
    return <ChoiceInput {...common} as={as} value={text} onChoose={chosen => work.set({ [name]: chosen })} />
  if (as.kind !== 'text')
    return (
      <ParsedInput
        {...common}
        as={as}
        value={value as string | number | undefined}
        onValue={parsed => work.set({ [name]: parsed })}
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
