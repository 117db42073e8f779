import { useQuery, useQueryClient } from '@tanstack/react-query'
import { change, get } from '../api/client.ts'
import type { CommandName } from '../api/client.ts'
import type { Kept } from '../frame/keep-dialog.tsx'
import { newId } from './ids.ts'
import type { Values } from './input.ts'

/** Templates of a form in one legal entity, one's own and the team's. */

export interface Template extends Kept {
  readonly ownerName?: string | undefined
  readonly filledIn: Values
}

export const useTemplates = (command: CommandName, entityId: string) => {
  const client = useQueryClient()
  const queryKey = ['templates', command, entityId]
  const { data: templates = [] } = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<readonly Template[]> => {
      const { items } = await get('/api/me/templates', { query: { command, entityId }, signal })
      return items.map(({ templateId: id, ...template }) => ({ id, ...template }))
    },
  })
  const changed = async (method: 'PUT' | 'DELETE', id: string, body?: object): Promise<void> => {
    await change(method, `/api/me/templates/${id}`, body)
    await client.invalidateQueries({ queryKey })
  }
  return {
    templates,
    keep: (template: Pick<Template, 'name' | 'sharedWith' | 'filledIn'>, id = newId()) =>
      changed('PUT', id, { command, entityId, ...template }),
    remove: ({ id }: Pick<Template, 'id'>) => changed('DELETE', id),
  }
}
