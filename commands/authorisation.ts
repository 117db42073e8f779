import type { Grant } from '../domain/organisation/user.events.ts'
import type { CommandDefinition } from './definition.ts'

/** Who sends a command, with the rights they have now. */
export interface Actor {
  /** The user, or a system actor. */
  readonly userId: string
  readonly grants: readonly Grant[]
}

/** Whether the actor might send the command in some entity: asked before anything is read. */
export const mayEver = (command: CommandDefinition, actor: Actor): boolean =>
  command.actors === undefined
    ? command.own !== undefined || actor.grants.some(g => command.roles.includes(g.role))
    : command.actors.includes(actor.userId)

/**
 * The right that allows a command in an entity, as the metadata of its events say it (`billing@<entityId>`), or
 * undefined where there is none. Without an entity, a right in any of them counts. On one's own record no right is
 * needed, where the command says so.
 */
export const permissionFor = (
  command: CommandDefinition,
  actor: Actor,
  { input, entityId }: { readonly input: unknown; readonly entityId: string | undefined },
): string | undefined => {
  if (command.actors !== undefined)
    return command.actors.includes(actor.userId) ? `system@${entityId ?? 'all'}` : undefined
  if (command.own?.(input as never) === actor.userId) return `own@${entityId ?? 'all'}`
  const roles = command.rolesFor?.(input as never) ?? command.roles
  const grant = actor.grants.find(
    g =>
      roles.includes(g.role) && (entityId === undefined || g.entityId === entityId || g.entityId === 'all'),
  )
  return grant && `${grant.role}@${entityId ?? grant.entityId}`
}
