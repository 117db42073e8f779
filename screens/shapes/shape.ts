import type { ComponentType } from 'react'
import type { Formats } from '../words/formats.ts'
import type { Say } from '../words/words.ts'
import type { Kind } from './kind.ts'

export interface Telling {
  readonly formats: Formats
  readonly say: Say
}

/**
 * How a value is shown, wherever it stands: in a cell, among the facts of a document, in an export, in a filter. The
 * vocabulary of declarations is made of these.
 */
export interface Shape {
  readonly kind: Kind
  /** Figures stand to the right, their digits below each other. */
  readonly figure: boolean
  /** The value in words. */
  readonly tell: (value: unknown, telling: Telling) => string
  /** The same, where it must be looked up first. */
  readonly lookUp?: (value: unknown) => Promise<string>
  /** Shown instead of the words, where more than words is shown. */
  readonly Show?: ComponentType<{ readonly value: unknown }>
}

/** A choice of values, with what each is called and how much it stands out. */
export type Tone = 'quiet' | 'accent' | 'good' | 'warn' | 'bad'
