import { ChoiceInput } from '../shapes/choice-input.tsx'
import { TypedInput } from '../shapes/parsed-input.tsx'
import { ReferenceInput } from '../shapes/reference-picker.tsx'
import { isReference } from '../shapes/reference.tsx'
import { isChoice } from '../shapes/shapes.tsx'
import { isUnreadable } from '../shapes/typed.ts'
import type { Typed, Unreadable } from '../shapes/typed.ts'
import { Value } from '../shapes/value.tsx'
import type { Line, LineColumn, Values } from './declaration.ts'
import type { FormAtWork } from './use-form.ts'

interface Props {
  readonly column: LineColumn
  readonly line: Line
  /** The same without what cannot be read, and so the form. */
  readonly known: Line
  readonly values: Values
  readonly label: string
  readonly error: string | undefined
  readonly insists: boolean
  readonly onChange: (change: (line: Line) => Line) => void
  readonly onBlur: () => void
  readonly onWaiting: FormAtWork['onWaiting']
}

const defined = (line: Line): Line =>
  Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined))

/** A cell of a line, as its shape is typed. */
export const LineCell = ({ column, line, known, values, onChange, ...told }: Props) => {
  const { name, as, fixed, picked, typed, within, when, otherwise } = column
  const value = line[name]
  if (fixed) return <Value as={as} value={value} />
  if (when?.(known) === false) return <>{otherwise?.(known)}</>
  const { label, error, onBlur, insists, onWaiting } = told
  const common = { label, hideLabel: true, error, onBlur }
  if (isReference(as))
    return (
      <ReferenceInput
        {...common}
        reference={as}
        insists={insists}
        onWaiting={onWaiting}
        required
        value={value as string | Unreadable | undefined}
        within={within?.(values)}
        // What was chosen before is chosen no longer, nor what it said of its line.
        onLetters={letters =>
          onChange(present => ({
            ...present,
            ...(!isUnreadable(present[name]) && picked?.({})),
            [name]: letters,
          }))
        }
        onPick={(id, row, late) =>
          onChange(present => {
            const chosen = { ...present, ...picked?.(row ?? {}) }
            return { ...chosen, ...(late && defined(present)), [name]: id }
          })
        }
      />
    )
  if (isChoice(as))
    return (
      <ChoiceInput
        {...common}
        as={as}
        required
        value={typeof value === 'string' ? value : undefined}
        onChoose={chosen => onChange(present => ({ ...present, [name]: chosen }))}
      />
    )
  return (
    <TypedInput
      {...common}
      as={as}
      insists={insists}
      value={value as Typed}
      onTyped={read => onChange(present => ({ ...present, [name]: read, ...typed?.(read) }))}
    />
  )
}
