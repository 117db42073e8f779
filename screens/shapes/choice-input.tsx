import { Select } from '@mantine/core'
import { useSay } from '../words/words.ts'
import type { Choice } from './shapes.tsx'

interface Props {
  readonly as: Choice
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: string | undefined
  readonly onChoose: (value: string | undefined) => void
  readonly error?: string | undefined
  readonly required?: boolean
  readonly autoFocus?: boolean
  readonly onBlur?: () => void
}

/** One of a few values, by what each is called. */
export const ChoiceInput = ({ as, label, hideLabel, value, onChoose, error, ...rest }: Props) => {
  const say = useSay()
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...rest}
      withAsterisk={false}
      error={error}
      data={Object.entries(as.options).map(([key, option]) => ({ value: key, label: say(option.label) }))}
      value={value === undefined || value === '' ? null : value}
      allowDeselect={rest.required !== true}
      onChange={chosen => onChoose(chosen ?? undefined)}
    />
  )
}
