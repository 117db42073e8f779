import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { same } from '../shared/same.ts'
import { impossible } from '../shared/values.ts'
import { discussionEvents } from './discussion.events.ts'
import type { CommentWritten, DiscussionEvent } from './discussion.events.ts'

/** What people say to each other about one document: comments, each withdrawn by its author alone. */

export type Written = z.output<typeof CommentWritten.data>
export type About = Written['about']

interface Comment {
  readonly written: Written
  /** Of the event that says it: its metadata tell who wrote it. */
  readonly revision: number
  readonly isWithdrawn: boolean
}

export interface Discussion {
  readonly comments: ReadonlyMap<string, Comment>
  /** Events so far. */
  readonly length: number
}

export type DiscussionRejection =
  | { readonly code: 'COMMENT_EMPTY' }
  | { readonly code: 'COMMENT_ALREADY_EXISTS' }
  | { readonly code: 'COMMENT_NOT_FOUND' }

type Decide = Decision<Discussion, DiscussionEvent, DiscussionRejection>

/** The id of the discussion about a document. */
export const discussionIdOf = ({ category, documentId }: About): string => `${category}.${documentId}`

export const decide = {
  write:
    (written: Written): Decide =>
    ({ comments }) => {
      if (written.text.trim() === '') return E.left({ code: 'COMMENT_EMPTY' })
      const known = comments.get(written.commentId)
      if (!known) return E.right([{ type: 'collaboration.CommentWritten', data: written }])
      return same(known.written, written, 'same') ? E.right([]) : E.left({ code: 'COMMENT_ALREADY_EXISTS' })
    },

  /** By its author alone: the command sees to it. */
  withdraw:
    (commentId: string): Decide =>
    ({ comments }) => {
      const known = comments.get(commentId)
      if (!known) return E.left({ code: 'COMMENT_NOT_FOUND' })
      return E.right(
        known.isWithdrawn ? [] : [{ type: 'collaboration.CommentWithdrawn', data: { commentId } }],
      )
    },
}

const evolve = ({ comments, length }: Discussion, { type, data }: DiscussionEvent): Discussion => {
  const known = comments.get(data.commentId)
  const become = (comment: Comment): Discussion => ({
    comments: new Map(comments).set(data.commentId, comment),
    length: length + 1,
  })
  switch (type) {
    case 'collaboration.CommentWritten':
      return known
        ? impossible(`${type} twice`)
        : become({ written: data, revision: length, isWithdrawn: false })
    case 'collaboration.CommentWithdrawn':
      return known && !known.isWithdrawn
        ? become({ ...known, isWithdrawn: true })
        : impossible(`${type} of what is not there`)
  }
}

export const discussion: Aggregate<Discussion, DiscussionEvent> = {
  category: 'discussion',
  events: discussionEvents,
  initial: { comments: new Map(), length: 0 },
  evolve,
}
