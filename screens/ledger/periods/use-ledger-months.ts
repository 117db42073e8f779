import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { useLive } from '../../api/use-live.ts'
import { useOneEntity } from '../../frame/entity.tsx'

/** The months of a fiscal year with their journals, read again as the ledger changes. */

export type LedgerMonths = Answer<'/api/ledger/months'>
export type LedgerMonth = LedgerMonths['months'][number]

/** @param year by its name; the one where the work is, where none is named */
export const useLedgerMonths = (year: string | undefined) => {
  const entity = useOneEntity()
  useLive('ledger', 'ledger-months')
  return useQuery({
    queryKey: ['ledger-months', entity?.entityId, year],
    enabled: entity !== undefined,
    queryFn: ({ signal }) =>
      get('/api/ledger/months', { query: { entityId: entity?.entityId, year }, signal }),
  })
}
