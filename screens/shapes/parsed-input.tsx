import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CSSProperties } from 'react'
import { parseDay, parseScaled, writeScaled } from '../words/formats.ts'
import { useFormats } from '../words/use-formats.ts'
import { dictionary, useLanguage, useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import type { Shape } from './shape.ts'
import { isScale } from './shapes.tsx'

const words = dictionary('parsed', {
  notADay: { fr: 'Attendu : un jour, par exemple 27/11/2026', en: 'Expected a day, for example 27/11/2026' },
  notAnAmount: {
    fr: 'Attendu : un montant, 2 décimales au plus',
    en: 'Expected an amount, 2 decimals at most',
  },
  notAQuantity: {
    fr: 'Attendu : une quantité, 4 décimales au plus',
    en: 'Expected a quantity, 4 decimals at most',
  },
  notAPrice: { fr: 'Attendu : un prix, 6 décimales au plus', en: 'Expected a price, 6 decimals at most' },
  notACount: { fr: 'Attendu : un nombre entier', en: 'Expected a whole number' },
  notARate: {
    fr: 'Attendu : un pourcentage, 2 décimales au plus',
    en: 'Expected a percentage, 2 decimals at most',
  },
})

const COMPLAINTS: Partial<Record<Shape['kind'], Text>> = {
  day: words.notADay,
  amount: words.notAnAmount,
  quantity: words.notAQuantity,
  price: words.notAPrice,
  rate: words.notARate,
  count: words.notACount,
}

export const today = (): string => {
  const now = new Date()
  return new Date(now.valueOf() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** 100 %, in hundredths of a percent. */
const RATE_MAX = 10_000

/** What was typed, as the value of a shape: undefined where it is none. */
export const parseAs = (kind: Shape['kind'], typed: string): string | number | undefined => {
  if (kind === 'day') return parseDay(typed, today())
  if (kind === 'rate') {
    const rate = parseScaled(typed, kind)
    return rate !== undefined && rate >= 0 && rate <= RATE_MAX ? rate : undefined
  }
  if (isScale(kind)) return parseScaled(typed, kind)
  if (kind === 'count') return /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : undefined
  return typed.trim()
}

interface Props {
  readonly as: Shape
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: string | number | undefined
  /** Undefined while what is typed is no value, or nothing. */
  readonly onValue: (value: string | number | undefined) => void
  readonly error?: string | undefined
  readonly required?: boolean
  readonly autoFocus?: boolean
  readonly onBlur?: () => void
  readonly style?: CSSProperties
  readonly placeholder?: string
}

/** A field that is typed in freely and read as a day, an amount, a quantity…; written properly once it is left. */
export const ParsedInput = ({ as, label, hideLabel, value, onValue, error, onBlur, ...rest }: Props) => {
  const say = useSay()
  const language = useLanguage()
  const formats = useFormats()
  const [typed, setTyped] = useState<string>()
  const written = (): string => {
    if (value === undefined) return ''
    if (as.kind === 'day') return formats.day(value as string)
    return isScale(as.kind) ? writeScaled(value, as.kind, language) : String(value)
  }
  const wrong = typed !== undefined && typed.trim() !== '' && parseAs(as.kind, typed) === undefined
  const complaint = COMPLAINTS[as.kind]
  const [left, setLeft] = useState(false)
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...rest}
      withAsterisk={false}
      error={wrong && left && complaint ? say(complaint) : error}
      {...(as.figure && { classNames: { input: 'figure' } })}
      inputMode={as.figure ? 'decimal' : 'text'}
      autoComplete="off"
      value={typed ?? written()}
      onChange={event => {
        const text = event.currentTarget.value
        setTyped(text)
        const parsed = parseAs(as.kind, text)
        onValue(parsed === '' ? undefined : parsed)
      }}
      onFocus={event => event.currentTarget.select()}
      onBlur={() => {
        setLeft(true)
        if (!wrong) setTyped(undefined)
        onBlur?.()
      }}
    />
  )
}
