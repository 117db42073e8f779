import { get } from '../api/client.ts'

/** The first journal of a kind: what a form begins with. */
export const usualJournal = async (
  entityId: string | undefined,
  kind: 'operations' | 'bank',
): Promise<string | undefined> => {
  const { items } = await get('/api/ledger/journals', { query: { entityId, kind } })
  return items[0]?.journal
}
