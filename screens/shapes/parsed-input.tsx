import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CSSProperties } from 'react'
import { isScale, writeScaled } from '../words/formats.ts'
import { useFormats, useToday } from '../words/use-formats.ts'
import { useLanguage } from '../words/words.ts'
import { complaintOf } from './complaints.ts'
import type { Shape } from './shape.ts'
import { isUnreadable, parseAs } from './typed.ts'
import type { Typed, Unreadable } from './typed.ts'

interface Common {
  readonly as: Shape
  readonly label: string
  readonly hideLabel?: boolean
  readonly error?: string | undefined
  readonly required?: boolean
  readonly autoFocus?: boolean
  readonly onBlur?: () => void
  readonly style?: CSSProperties
  readonly placeholder?: string
}

interface Props extends Common {
  readonly value: Typed
  readonly onTyped: (value: Typed) => void
  /** Says what is wrong also while one types. */
  readonly insists?: boolean
}

/** A field that is typed in freely and read as a day, an amount, a quantity…; written properly once it is left. */
export const TypedInput = ({
  as,
  label,
  hideLabel,
  value,
  onTyped,
  error,
  onBlur,
  insists = false,
  ...rest
}: Props) => {
  const language = useLanguage()
  const formats = useFormats()
  const today = useToday()
  /** The text, until the field is left. */
  const [typing, setTyping] = useState<string>()
  const written = (): string => {
    if (value === undefined) return ''
    if (isUnreadable(value)) return value.unreadable
    if (as.kind === 'day') return formats.day(value as string)
    return isScale(as.kind) ? writeScaled(value, as.kind, language) : String(value)
  }
  const isTold = isUnreadable(value) && (typing === undefined || insists)
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...rest}
      withAsterisk={false}
      error={isTold ? complaintOf(as.kind, value) : error}
      {...(as.figure && { classNames: { input: 'figure' } })}
      inputMode={as.figure ? 'decimal' : 'text'}
      autoComplete="off"
      value={typing ?? written()}
      onChange={event => {
        const text = event.currentTarget.value
        setTyping(text)
        onTyped(parseAs(as.kind, text, { language, today }))
      }}
      onFocus={event => event.currentTarget.select()}
      onBlur={() => {
        setTyping(undefined)
        onBlur?.()
      }}
    />
  )
}

interface ParsedProps extends Common {
  readonly value: string | number | undefined
  /** Undefined while what is typed is no value, or nothing. */
  readonly onValue: (value: string | number | undefined) => void
}

/** The same, where only what can be read matters: what cannot stays in the field. */
export const ParsedInput = ({ value, onValue, ...rest }: ParsedProps) => {
  const [unreadable, setUnreadable] = useState<Unreadable>()
  return (
    <TypedInput
      {...rest}
      value={unreadable ?? value}
      onTyped={typed => {
        setUnreadable(isUnreadable(typed) ? typed : undefined)
        onValue(isUnreadable(typed) ? undefined : typed)
      }}
    />
  )
}
