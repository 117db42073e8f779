import { afterAll, beforeAll, expect, it } from 'vitest'
import { stateAsOf } from '../../../projections/as-of.ts'
import { comments } from '../../../projections/collaboration/comments.ts'
import { commentList } from '../../../projections/collaboration/comments.queries.ts'
import { appendFacts } from '../support/append-facts.ts'
import { codec, fact, id, opening } from '../support/facts.ts'
import { openReadSide } from '../support/read-side.ts'
import type { ReadSide } from '../support/read-side.ts'
import { stateOf, storedState } from '../support/read-model.ts'

const discussion = (document: string, type: string, data: object) =>
  fact(`discussion-order.${id(document)}`, `collaboration.${type}`, data)
const written = (name: string, document: string) =>
  discussion(document, 'CommentWritten', {
    commentId: id(name),
    about: { category: 'order', documentId: id(document) },
    text: `Dit : ${name}`,
  })
const facts = [
  ...opening(['1996']),
  written('question', 'order 1'),
  written('elsewhere', 'order 2'),
  written('answer', 'order 1'),
  discussion('order 1', 'CommentWithdrawn', { commentId: id('question') }),
]

let side: ReadSide
let count: number
beforeAll(async () => {
  side = await openReadSide([comments])
  count = await appendFacts(side.store, facts)
  await side.reach(count)
})
afterAll(() => side.close())

it('comments stand with their document in the order of the log; of a withdrawn one the text is gone', async () => {
  const { rows } = await commentList.page(side.pool, { filter: { document: `order-${id('order 1')}` } })
  expect(rows.map(({ commentId, text }) => [commentId, text])).toEqual([
    [id('question'), null],
    [id('answer'), 'Dit : answer'],
  ])
  expect(rows[0]?.withdrawnAt).not.toBeNull()
})

it('live rows are the fold of the log', async () => {
  const replayed = await stateAsOf({ store: side.store, codec }, comments, { ordinal: count })
  expect(await storedState(side.url, comments)).toEqual(stateOf(comments, replayed.rows))
})
