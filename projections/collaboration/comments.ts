import { CommentWithdrawn, CommentWritten } from '../../domain/collaboration/discussion.events.ts'
import { column, table } from '../definition.ts'
import type { Projection } from '../definition.ts'
import { present } from '../shared.ts'

export const commentTable = table({
  name: 'comment',
  comment: 'What people say to each other about documents',
  columns: {
    comment_id: column.uuid('Identifier of the comment'),
    document: column.text('Stream of the document it is about'),
    ordinal: column.bigint('The event that says it'),
    text: column.optional(column.text('What it says; null once it was withdrawn')),
    written_by: column.uuid('Who wrote it: only they withdraw it'),
    written_at: column.instant('Instant it was written'),
    withdrawn_at: column.optional(column.instant('Instant it was withdrawn')),
  },
  key: ['comment_id'],
  indexes: [{ columns: ['document', 'ordinal', 'comment_id'] }],
  on: on => [
    on(
      CommentWritten,
      e => [{ comment_id: e.data.commentId }],
      (_, { data: { commentId, about, text }, ordinal, actor, recordedAt }) => ({
        comment_id: commentId,
        document: `${about.category}-${about.documentId}`,
        ordinal: BigInt(ordinal),
        text,
        written_by: actor,
        written_at: recordedAt,
        withdrawn_at: null,
      }),
    ),
    on(
      CommentWithdrawn,
      e => [{ comment_id: e.data.commentId }],
      (row, { recordedAt }) => ({ ...present(row), text: null, withdrawn_at: recordedAt }),
    ),
  ],
})

export const comments: Projection = {
  name: 'comments',
  version: 1,
  comment: 'Comments on documents',
  tables: [commentTable],
}
