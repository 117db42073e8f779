import type { Formats, Scale } from '../words/formats.ts'
import { dictionary, useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import type { Shape, Tone } from './shape.ts'
import classes from './shapes.module.css'

/** What a flag is called. */
export const flagWords = dictionary('shapes', {
  yes: { fr: 'oui', en: 'yes' },
  no: { fr: 'non', en: 'no' },
})

const NONE = ''

/** A scalar as it stands. */
const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

export const isNone = (value: unknown): value is null | undefined => value === null || value === undefined

const scaled = (scale: Scale, format: (formats: Formats) => (value: number) => string): Shape => ({
  kind: scale,
  figure: true,
  tell: (value, { formats }) => (isNone(value) ? NONE : format(formats)(value as number)),
})

export const text: Shape = {
  kind: 'text',
  figure: false,
  tell: value => (isNone(value) ? NONE : Array.isArray(value) ? value.join(', ') : plain(value)),
}

/** Minor units of a currency that the row or its heading names. */
export const amount = scaled('amount', formats => formats.amount)
export const quantity = scaled('quantity', formats => formats.quantity)
export const price = scaled('price', formats => formats.price)
export const rate: Shape = {
  ...scaled('rate', formats => formats.rate),
}
export const count: Shape = {
  kind: 'count',
  figure: true,
  tell: (value, { formats }) => (isNone(value) ? NONE : formats.count(value as number)),
}

export const day: Shape = {
  kind: 'day',
  figure: false,
  tell: (value, { formats }) => (isNone(value) ? NONE : formats.day(value as string)),
}
export const month: Shape = {
  kind: 'month',
  figure: false,
  tell: (value, { formats }) => (isNone(value) ? NONE : formats.month(value as string)),
}
export const instant: Shape = {
  kind: 'instant',
  figure: false,
  tell: (value, { formats }) => (isNone(value) ? NONE : formats.instant(value as string)),
}
export const flag: Shape = {
  kind: 'flag',
  figure: false,
  tell: (value, { say }) => (isNone(value) ? NONE : say(value === true ? flagWords.yes : flagWords.no)),
}

export interface Choice extends Shape {
  readonly kind: 'choice'
  readonly options: Readonly<Record<string, { readonly label: Text; readonly tone?: Tone | undefined }>>
}

/** One of a few values, each with what it is called: `choice({ draft: [words.draft, 'quiet'] })`. */
export const choice = (values: Readonly<Record<string, Text | readonly [Text, Tone]>>): Choice => {
  const options: Choice['options'] = Object.fromEntries(
    Object.entries(values).map(([value, said]) => {
      const [label, tone] = typeof said === 'string' ? [said] : said
      return [value, { label, tone }]
    }),
  )
  return {
    kind: 'choice',
    figure: false,
    options,
    tell: (value, { say }) => {
      const known = options[plain(value)]
      return isNone(value) ? NONE : known ? say(known.label) : plain(value)
    },
    Show: ({ value }) => {
      const say = useSay()
      if (isNone(value)) return null
      const known = options[plain(value)]
      return (
        <span className={known?.tone && classes['state']} data-tone={known?.tone}>
          {known ? say(known.label) : plain(value)}
        </span>
      )
    },
  }
}

/** Several values, each as one of them is told. */
export const several = (of: Shape): Shape => ({
  kind: 'text',
  figure: false,
  tell: (value, telling) =>
    Array.isArray(value) ? value.map(each => of.tell(each, telling)).join(', ') : NONE,
})

export const isChoice = (shape: Shape): shape is Choice => shape.kind === 'choice'
