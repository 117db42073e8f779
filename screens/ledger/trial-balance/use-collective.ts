import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { useOneEntity } from '../../frame/entity.tsx'

const ACCOUNTS_MAX = '500'
const KINDS = ['customer', 'person']

/** Accounts that are kept by third party: what stands on them opens by party. Suppliers are not kept as yet. */
export const useCollectiveAccounts = (): ReadonlySet<string> => {
  const entity = useOneEntity()
  const { data } = useQuery({
    queryKey: ['collective-accounts', entity?.entityId],
    enabled: entity !== undefined,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      get('/api/ledger/accounts', {
        query: { entityId: entity?.entityId, auxiliary: KINDS, limit: ACCOUNTS_MAX },
        signal,
      }),
  })
  return new Set(data?.items.map(({ account }) => account))
}
