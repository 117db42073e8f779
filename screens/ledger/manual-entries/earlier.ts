import { get } from '../../api/client.ts'
import type { StoryEvent } from '../../documents/story.ts'
import { typedOf } from './typed-entry.ts'
import type { DraftInput, TypedLine } from './typed-entry.ts'

/** An entry as it was drafted last: what it is changed from, or used as a model of. */

const STORY = '/api/ledger/manual-entries/{id}/story'
const DRAFTING = /^ledger\.ManualEntryDraft(?:ed|Changed)$/
const PAGE = '500'

const lastDraft = async (id: string): Promise<DraftInput | undefined> => {
  let draft: DraftInput | undefined
  let cursor: string | undefined
  do {
    const page = await get(STORY, { values: { id }, query: { limit: PAGE, cursor } })
    const events = page.items as unknown as readonly StoryEvent[]
    const said = events.findLast(({ type }) => DRAFTING.test(type))?.data
    if (said) draft = said as unknown as DraftInput
    cursor = page.next
  } while (cursor !== undefined)
  return draft
}

/** The kind of third party that each account asks for. */
const askedBy = async (
  entityId: string,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const numbers = [...new Set(accounts)]
  if (numbers.length === 0) return new Map()
  const { items } = await get('/api/ledger/accounts', { query: { entityId, account: numbers, limit: PAGE } })
  return new Map(
    items.flatMap(({ account, auxiliary }) => (auxiliary === null ? [] : [[account, auxiliary]])),
  )
}

interface Earlier {
  readonly draft: DraftInput | undefined
  readonly lines: readonly TypedLine[]
}

export const earlierEntry = async (id: string, entityId: string): Promise<Earlier> => {
  const draft = await lastDraft(id)
  const lines = draft?.lines ?? []
  const asked = await askedBy(
    entityId,
    lines.map(({ account }) => account),
  )
  return { draft, lines: lines.map(line => typedOf(line, asked.get(line.account))) }
}
