import { useQuery, useQueryClient } from '@tanstack/react-query'
import { change } from '../api/client.ts'
import { newId } from '../forms/ids.ts'
import type { Kept } from './keep-dialog.tsx'

interface KeptAt<K extends Kept> {
  /** Route of one, without its id. */
  readonly path: string
  /** What it is kept for. */
  readonly place: Readonly<Record<string, string>>
  readonly read: (signal: AbortSignal) => Promise<readonly K[]>
}

/** What is kept at a place, one's own and the team's, and how that changes. */
export const useKept = <K extends Kept>({ path, place, read }: KeptAt<K>) => {
  const client = useQueryClient()
  const queryKey = [path, place]
  const { data: all = [] } = useQuery({ queryKey, queryFn: ({ signal }) => read(signal) })
  const changed = async (method: 'PUT' | 'DELETE', id: string, body?: object): Promise<void> => {
    await change(method, `${path}/${id}`, body)
    await client.invalidateQueries({ queryKey })
  }
  return {
    all,
    keep: (content: object, id = newId()) => changed('PUT', id, { ...place, ...content }),
    remove: ({ id }: Pick<Kept, 'id'>) => changed('DELETE', id),
  }
}
