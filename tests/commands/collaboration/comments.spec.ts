import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WithdrawalRejection } from '../../../commands/collaboration/comments.ts'
import type { DocumentRejection } from '../../../commands/collaboration/documents.ts'
import { collaborationSentences } from '../../../commands/collaboration/sentences.ts'
import type { DiscussionRejection } from '../../../domain/collaboration/discussion.ts'
import type { Role } from '../../../domain/organisation/user.events.ts'
import { everywhere } from '../../support/command-harness.ts'
import type { CommandHarness } from '../../support/command-harness.ts'
import { expectSentences } from '../../support/sentences.ts'
import type { Samples } from '../../support/sentences.ts'
import {
  chai,
  company,
  customerId,
  draft,
  entityId,
  invoiceId,
  orderId,
  paid,
  paymentId,
  unknown,
} from '../invoicing/company.ts'

const entryId = '01932f0c-0000-7000-8000-0000000000c9'
const documents = {
  customer: customerId,
  product: chai,
  order: orderId,
  invoice: invoiceId,
  payment: paymentId,
  manualEntry: entryId,
}

let house: CommandHarness
beforeAll(async () => {
  house = await company()
  await house.done('invoicing.draftInvoice', draft)
  await house.done('invoicing.recordPayment', paid)
  await house.done('ledger.draftManualEntry', {
    entryId,
    entityId,
    journal: 'OD',
    accountingDate: '2026-11-20',
    documentDate: '2026-11-20',
    documentReference: 'LOYER 11',
    label: 'Loyer',
    lines: [],
  })
})
afterAll(() => house.stop())

let comments = 0
const commentOn = (category: string, documentId: string) => ({
  commentId: `01932f0c-0000-7000-8000-${String(++comments).padStart(12, '0')}`,
  about: { category, documentId },
  text: 'Vu avec le client.',
})
const someone = (role: Role, n: number) => ({
  as: { userId: `01900000-0000-7000-8000-0000000000${n}`, grants: everywhere(role) },
})

describe('a comment', () => {
  it.each(Object.entries(documents))('is written beside a document: %s', async (category, documentId) => {
    const comment = commentOn(category, documentId)
    await house.done('collaboration.writeComment', comment)
    const events = await house.events(`discussion-${category}.${documentId}`)
    expect(events.map(({ data }) => data)).toStrictEqual([comment])
  })
  it.each(Object.keys(documents))('is refused about what is not there: %s', async category =>
    expect(await house.rejection('collaboration.writeComment', commentOn(category, unknown))).toStrictEqual({
      code: 'DOCUMENT_NOT_FOUND',
      category,
    }),
  )
  it('leaves the document as it was', async () => {
    const before = (await house.events(`order-${orderId}`)).length
    await house.done('collaboration.writeComment', commentOn('order', orderId))
    expect(await house.events(`order-${orderId}`)).toHaveLength(before)
  })
  it('on the books is for those who keep them', async () => {
    const comment = commentOn('manualEntry', entryId)
    expect(await house.send('collaboration.writeComment', comment, someone('sales', 21))).toMatchObject({
      kind: 'forbidden',
    })
    await house.done('collaboration.writeComment', comment, someone('accountant', 22))
  })
  it('is withdrawn by its author alone', async () => {
    const { text: _, ...comment } = commentOn('order', orderId)
    const [author, other] = [someone('sales', 21), someone('billing', 23)]
    await house.done('collaboration.writeComment', { ...comment, text: 'À revoir.' }, author)
    expect(await house.rejection('collaboration.withdrawComment', comment, other)).toStrictEqual({
      code: 'COMMENT_OF_ANOTHER',
    })
    await house.done('collaboration.withdrawComment', comment, author)
    expect(await house.send('collaboration.withdrawComment', comment, author)).toMatchObject({
      kind: 'nothing',
    })
  })
  it('that nobody wrote is not withdrawn', async () => {
    const { text: _, ...comment } = commentOn('order', orderId)
    expect(await house.rejection('collaboration.withdrawComment', comment)).toStrictEqual({
      code: 'COMMENT_NOT_FOUND',
    })
  })
})

const samples: Samples<DiscussionRejection | WithdrawalRejection | Omit<DocumentRejection, 'category'>> = {
  DOCUMENT_NOT_FOUND: {},
  COMMENT_EMPTY: {},
  COMMENT_ALREADY_EXISTS: {},
  COMMENT_NOT_FOUND: {},
  COMMENT_OF_ANOTHER: {},
}
describe('what is refused of comments', () => expectSentences(collaborationSentences, samples))
