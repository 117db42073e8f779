import type { ContextCommands } from '../definition.ts'
import { withdrawComment, writeComment } from './comments.ts'
import { collaborationSentences } from './sentences.ts'

/** What people say to each other about documents. */
export const collaboration: ContextCommands = {
  commands: [writeComment, withdrawComment],
  sentences: collaborationSentences,
}
