import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Row } from '../../api/client.ts'
import { useLive } from '../../api/use-live.ts'

const ENTRIES_MAX = 50
const NAME = 'entries-of-events'

/** The entries that events posted, in the order of the log; those of the last events, where there are very many. */
export const useEntriesOf = (eventIds: readonly string[]): readonly Row<'/api/ledger/entries'>[] => {
  const asked = eventIds.slice(-ENTRIES_MAX)
  useLive('ledger', NAME)
  const { data } = useQuery({
    queryKey: [NAME, asked],
    enabled: asked.length > 0,
    queryFn: ({ signal }) =>
      get('/api/ledger/entries', {
        query: { eventId: asked, sort: 'ordinal', limit: String(ENTRIES_MAX) },
        signal,
      }),
  })
  return data?.items ?? []
}
