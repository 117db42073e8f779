import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { Uuid, multiline } from '../shared/values.ts'

/**
 * Stream `discussion-<category>.<documentId>`: what people say to each other about one document. Beside the document's
 * own stream, so that a comment never changes the revision that a command is sent against.
 */

/** The document: its stream is `<category>-<documentId>`. */
const About = z.strictObject({ category: z.string().regex(/^[a-z][A-Za-z]{0,39}$/), documentId: Uuid })

/** Who wrote it, and when, its metadata say. */
export const CommentWritten = defineEvent(
  'collaboration.CommentWritten',
  z.strictObject({ commentId: Uuid, about: About, text: multiline(2_000) }),
)
/** By its author: it is shown no more. What was written stays in the log. */
export const CommentWithdrawn = defineEvent(
  'collaboration.CommentWithdrawn',
  z.strictObject({ commentId: Uuid }),
)

export const discussionEvents = [CommentWritten, CommentWithdrawn] as const
export type DiscussionEvent = EventOf<typeof discussionEvents>
