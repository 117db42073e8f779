import type { Text } from '../words/words.ts'
import { recall, remember } from './remembered.ts'

/** The documents one looked at last, on this machine. */

export interface Recent {
  readonly to: string
  readonly label: string
  readonly kind: Text
}

const KEY = 'recent'
const KEPT = 8

export const recents = (): readonly Recent[] => JSON.parse(recall(KEY) ?? '[]') as readonly Recent[]

export const noteRecent = (document: Recent): void => {
  const others = recents().filter(({ to }) => to !== document.to)
  remember(KEY, JSON.stringify([document, ...others].slice(0, KEPT)))
}
