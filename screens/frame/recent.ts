import type { Text } from '../words/words.ts'
import { recall, remember } from './remembered.ts'

/** The documents one looked at last, on this machine; each person's their own. */

export interface Recent {
  readonly to: string
  readonly label: string
  readonly kind: Text
}

const KEPT = 8
const keyOf = (userId: string): string => `recent.${userId}`

export const recents = (userId: string): readonly Recent[] =>
  JSON.parse(recall(keyOf(userId)) ?? '[]') as readonly Recent[]

export const noteRecent = (userId: string, document: Recent): void => {
  const others = recents(userId).filter(({ to }) => to !== document.to)
  remember(keyOf(userId), JSON.stringify([document, ...others].slice(0, KEPT)))
}
