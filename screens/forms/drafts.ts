import { newId } from './ids.ts'
import type { Values } from './declaration.ts'

/**
 * What is typed into a form is kept by the browser until it was sent, with the key that it is sent under: a closed
 * window, a lost connection or an ended session lose nothing, and sending again repeats nothing.
 */

/** What a form began from: the state of its document that its person has seen. */
export interface Began {
  readonly values: Values
  readonly revision: string | undefined
  /** Of the last event known then. */
  readonly ordinal: number
}

export interface Draft {
  readonly values: Values
  readonly began: Began
  /** Of the command: the same for every try, until it is answered. */
  readonly key: string
}

/** The shape of what is kept: another shape is kept under another name, and never read as if it were this one. */
const SHAPE = 2

const nameOf = (userId: string, form: string): string => `grandlivre.draft.${SHAPE}.${userId}.${form}`

export const keptDraft = (userId: string, form: string): Draft | undefined => {
  const text = localStorage.getItem(nameOf(userId, form))
  return text === null ? undefined : (JSON.parse(text) as Draft)
}

export const keepDraft = (userId: string, form: string, draft: Draft): void =>
  localStorage.setItem(nameOf(userId, form), JSON.stringify(draft))

export const dropDraft = (userId: string, form: string): void => localStorage.removeItem(nameOf(userId, form))

export const newDraft = (began: Began): Draft => ({ values: began.values, began, key: newId() })
