import { get } from '../api/client.ts'
import type { CommandName } from '../api/client.ts'
import type { Kept } from '../frame/keep-dialog.tsx'
import { useKept } from '../frame/use-kept.ts'
import type { Values } from './input.ts'

/** A template of a form in one legal entity, one's own or the team's. */
export interface Template extends Kept {
  readonly filledIn: Values
}

export const useTemplates = (command: CommandName, entityId: string) =>
  useKept<Template>({
    path: '/api/me/templates',
    place: { command, entityId },
    read: async signal => {
      const { items } = await get('/api/me/templates', { query: { command, entityId }, signal })
      return items.map(({ templateId: id, ...template }) => ({ id, ...template }))
    },
  })
