import type { Formats } from '../words/formats.ts'
import type { Text, Values } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import type { StoryEvent } from './story.ts'
import { words } from './words.ts'

/** What an event says, in a sentence; `story` tells what it only names. */
export const sentenceOf = (
  { type, data }: StoryEvent,
  eventWords: EventWords,
  formats: Formats,
  story: readonly StoryEvent[] = [],
): readonly [Text, Values?] =>
  (data && eventWords[type]?.(data, formats, story)) || [words.unknownEvent, { type }]
