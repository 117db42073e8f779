import { newId } from './ids.ts'
import type { Values } from './input.ts'

/**
 * What is typed into a form is kept by the browser until it was sent, with the key that it is sent under: a closed
 * window, a lost connection or an ended session lose nothing, and sending again repeats nothing. Each beginning is kept
 * by itself: two windows on one form are two beginnings.
 */

/** What a form began from: the state of its document that its person has seen. */
export interface Began {
  readonly values: Values
  readonly revision: string | undefined
  /** Of the last event known then. */
  readonly ordinal: number
}

export interface Draft {
  /** Later beginnings have greater ones. */
  readonly id: string
  readonly values: Values
  readonly began: Began
  /** Of the command: the same for every try, until it is answered. */
  readonly key: string
}

/** What the browser keeps: of all its windows, or of this one. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** The shape of what is kept: another shape is kept under another name, and never read as if it were this one. */
const SHAPE = 3

/**
 * The drafts of one form of one person.
 * @param place whose it is, and of which form, entity or document
 */
export const draftsOf = (place: string, all: Shelf = localStorage, ofWindow: Shelf = sessionStorage) => {
  const own = `grandlivre.draft.${SHAPE}.${place}`
  const nameOf = (id: string): string => `${own}/${id}`
  const read = (id: string | null): Draft | undefined => {
    const text = id === null ? null : all.getItem(nameOf(id))
    return text === null ? undefined : (JSON.parse(text) as Draft)
  }
  return {
    /** What was begun in this window. */
    own: (): Draft | undefined => read(ofWindow.getItem(own)),
    /** What was begun last in any other. */
    other: (): Draft | undefined => {
      const names = Array.from({ length: all.length }, (_, i) => all.key(i) ?? '')
      const ids = names.flatMap(name => (name.startsWith(nameOf('')) ? [name.slice(nameOf('').length)] : []))
      return read(
        ids
          .filter(id => id !== ofWindow.getItem(own))
          .toSorted()
          .at(-1) ?? null,
      )
    },
    keep: (draft: Draft): void => {
      all.setItem(nameOf(draft.id), JSON.stringify(draft))
      ofWindow.setItem(own, draft.id)
    },
    drop: ({ id }: Draft): void => {
      all.removeItem(nameOf(id))
      if (ofWindow.getItem(own) === id) ofWindow.removeItem(own)
    },
  }
}

export const newDraft = (began: Began): Draft => ({ id: newId(), values: began.values, began, key: newId() })

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The draft under another key, and under other ids where the form made them itself.
 * @param fresh what the form would begin with now
 */
export const renewed = (draft: Draft, fresh: Values = {}): Draft => {
  const began = draft.began.values
  const ids = Object.entries(fresh).filter(
    ([name, id]) =>
      typeof id === 'string' && ID.test(id) && id !== began[name] && draft.values[name] === began[name],
  )
  const anew = Object.fromEntries(ids)
  return {
    ...draft,
    key: newId(),
    values: { ...draft.values, ...anew },
    began: { ...draft.began, values: { ...began, ...anew } },
  }
}
