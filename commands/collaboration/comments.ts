import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { decide, discussion, discussionIdOf } from '../../domain/collaboration/discussion.ts'
import type { DiscussionRejection } from '../../domain/collaboration/discussion.ts'
import { CommentWritten } from '../../domain/collaboration/discussion.events.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { Uuid } from '../../domain/shared/values.ts'
import { defineCommand, step } from '../definition.ts'
import { CATEGORIES, ROLES_OF_TRADE, entityOfDocument, rolesAbout } from './documents.ts'

/** Commands on what is said about documents. */

const { commentId, text } = CommentWritten.data.shape
const about = z.strictObject({ category: z.enum(CATEGORIES), documentId: Uuid })

export const writeComment = defineCommand({
  name: 'collaboration.writeComment',
  summary: { fr: 'Commenter un document', en: 'Comment on a document' },
  input: z.strictObject({ commentId, about, text }),
  roles: ROLES_OF_TRADE,
  rolesFor: input => rolesAbout(input.about.category),
  entity: entityOfDocument,
  steps: input => [
    step({ aggregate: discussion, id: discussionIdOf(input.about), decide: decide.write(input) }),
  ],
})

export type WithdrawalRejection =
  Extract<DiscussionRejection, { code: 'COMMENT_NOT_FOUND' }> | { readonly code: 'COMMENT_OF_ANOTHER' }

export const withdrawComment = defineCommand({
  name: 'collaboration.withdrawComment',
  summary: { fr: 'Retirer un commentaire', en: 'Withdraw a comment' },
  input: z.strictObject({ commentId, about }),
  roles: ROLES_OF_TRADE,
  rolesFor: input => rolesAbout(input.about.category),
  entity: entityOfDocument,
  // Who wrote it stands in the metadata of its event, which never changes.
  facts: async (input, read, { actor }): Promise<E.Either<WithdrawalRejection, undefined>> => {
    const id = discussionIdOf(input.about)
    const comment = (await read.state(discussion, id)).comments.get(input.commentId)
    if (!comment) return E.left({ code: 'COMMENT_NOT_FOUND' })
    const { metadata } = await read.event(streamOf(discussion, id), comment.revision)
    return metadata.actor === actor ? E.right(undefined) : E.left({ code: 'COMMENT_OF_ANOTHER' })
  },
  steps: input => [
    step({
      aggregate: discussion,
      id: discussionIdOf(input.about),
      decide: decide.withdraw(input.commentId),
    }),
  ],
})
