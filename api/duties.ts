import type { CommandDescription } from '../commands/registry.ts'
import type { Grant, Role } from '../domain/organisation/user.events.ts'

/** Who could do two duties that are separated: each on another document, as the handler refuses both on the same. */

export interface Combined {
  readonly userId: string
  readonly command: string
  /** The commands it is separated from that this user may send as well. */
  readonly from: readonly string[]
  /** Legal entities in which both may be sent; `all` where it is all of them. */
  readonly entityIds: readonly string[]
}

interface Holder {
  readonly userId: string
  readonly grants: readonly Grant[]
}

/** Where somebody holds one of some roles. */
const placesOf = (grants: readonly Grant[], roles: readonly Role[]): ReadonlySet<string> =>
  new Set(grants.filter(({ role }) => roles.includes(role)).map(({ entityId }) => entityId))

/** Where both hold; a right in all entities holds in each. */
const inBoth = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] => {
  if (a.has('all') && b.has('all')) return ['all']
  if (a.has('all')) return [...b]
  return b.has('all') ? [...a] : [...a].filter(place => b.has(place))
}

const combinedBy = (
  { userId, grants }: Holder,
  command: CommandDescription,
  byName: ReadonlyMap<string, CommandDescription>,
): readonly Combined[] => {
  const places = placesOf(grants, command.roles)
  const shared = command.separatedFrom.map(other => ({
    other,
    entityIds: inBoth(places, placesOf(grants, byName.get(other)?.roles ?? [])),
  }))
  const held = shared.filter(({ entityIds }) => entityIds.length > 0)
  if (held.length === 0) return []
  const entityIds = [...new Set(held.flatMap(each => each.entityIds))]
  return [
    {
      userId,
      command: command.name,
      from: held.map(({ other }) => other),
      entityIds: entityIds.includes('all') ? ['all'] : entityIds,
    },
  ]
}

/** Every user who holds separated duties together, command by command. */
export const combinedDuties = (
  commands: readonly CommandDescription[],
  holders: readonly Holder[],
): readonly Combined[] => {
  const byName = new Map(commands.map(command => [command.name, command]))
  const separated = commands.filter(({ separatedFrom }) => separatedFrom.length > 0)
  return holders.flatMap(holder => separated.flatMap(command => combinedBy(holder, command, byName)))
}
