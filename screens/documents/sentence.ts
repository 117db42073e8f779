import type { KeyKind } from '../../domain/organisation/claim.events.ts'
import type { Formats } from '../words/formats.ts'
import { say } from '../words/words.ts'
import type { Text, Values } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import type { StoryEvent } from './story.ts'
import { keyWords, words } from './words.ts'

const keyOf = ({ kind }: { readonly kind?: KeyKind }): Values => ({
  key: kind === undefined ? '' : say(keyWords[kind]),
})

/** Events that come with those of any document. */
const everywhere: EventWords = {
  'organisation.KeyClaimed': data => [words.keyClaimed, keyOf(data)],
  'organisation.KeyReleased': data => [words.keyReleased, keyOf(data)],
}

/** What an event says, in a sentence; `story` tells what it only names. */
export const sentenceOf = (
  { type, data }: Pick<StoryEvent, 'type' | 'data'>,
  eventWords: EventWords,
  formats: Formats,
  story: readonly StoryEvent[] = [],
): readonly [Text, Values?] => {
  const sentence = eventWords[type] ?? everywhere[type]
  return (data && sentence?.(data, formats, story)) || [words.unknownEvent, { type }]
}
