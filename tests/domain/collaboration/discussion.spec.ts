import { describe, expect, it } from 'vitest'
import { decide, discussion, discussionIdOf } from '../../../domain/collaboration/discussion.ts'
import type { DiscussionEvent } from '../../../domain/collaboration/discussion.events.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(discussion)
const commentId = '01932f0c-0000-7000-8000-0000000000c1'
const about = { category: 'order', documentId: '01932f0c-0000-7000-8000-000000000101' }
const comment = { commentId, about, text: 'Livrer avant le 15.\nPeux-tu confirmer ?' }
const written: DiscussionEvent = { type: 'collaboration.CommentWritten', data: comment }
const withdrawn: DiscussionEvent = { type: 'collaboration.CommentWithdrawn', data: { commentId } }

describe('a comment', () => {
  it('is written once, whoever repeats it', () => {
    given().when(decide.write(comment)).then(written)
    given(written).when(decide.write(comment)).thenNothing()
    given(written, withdrawn).when(decide.write(comment)).thenNothing()
  })
  it('says something', () =>
    given()
      .when(decide.write({ ...comment, text: ' \n ' }))
      .thenRejects({ code: 'COMMENT_EMPTY' }))
  it('is never another one of the same id', () =>
    given(written)
      .when(decide.write({ ...comment, text: 'Autre chose' }))
      .thenRejects({ code: 'COMMENT_ALREADY_EXISTS' }))
  it('is withdrawn once', () => {
    given(written).when(decide.withdraw(commentId)).then(withdrawn)
    given(written, withdrawn).when(decide.withdraw(commentId)).thenNothing()
    given().when(decide.withdraw(commentId)).thenRejects({ code: 'COMMENT_NOT_FOUND' })
  })
})

it('a discussion knows behind which of its events each comment stands', () => {
  const other: DiscussionEvent = {
    type: 'collaboration.CommentWritten',
    data: { ...comment, commentId: '01932f0c-0000-7000-8000-0000000000c2' },
  }
  const { comments } = given(written, withdrawn, other).state()
  expect([...comments.values()].map(({ revision, isWithdrawn }) => [revision, isWithdrawn])).toStrictEqual([
    [0, true],
    [2, false],
  ])
  expect(discussionIdOf(about)).toBe(`order.${about.documentId}`)
})

it('a history that cannot have happened is none', () => {
  expect(() => given(written, written).state()).toThrow('impossible')
  expect(() => given(withdrawn).state()).toThrow('impossible')
  expect(() => given(written, withdrawn, withdrawn).state()).toThrow('impossible')
})
