/** Which legal entity a screen is about. It is pure: what is named, what is allowed, and what is left to ask. */

/** Stands in an address for all of them: what its reader chose before must not narrow it. */
export const ALL_ENTITIES = 'all'

interface Entity {
  readonly entityId: string
}

/** The entity that is named, else the only one; undefined for all of them. */
export const entityFor = <E extends Entity>(entities: readonly E[], named: unknown): E | undefined =>
  entities.find(({ entityId }) => entityId === named) ?? (entities.length === 1 ? entities[0] : undefined)

interface Asked<E> {
  readonly entities: readonly E[]
  /** By the address. */
  readonly named: unknown
  /** By the one who looks, for all screens. */
  readonly chosen: unknown
  readonly may: (entityId: string) => boolean
}

type Settled<E> =
  | { readonly kind: 'one'; readonly entity: E }
  /** Nobody said for which: it is asked, and never guessed. */
  | { readonly kind: 'ask'; readonly offered: readonly E[] }
  | { readonly kind: 'forbidden' }
  /** The log has no entity as yet. */
  | { readonly kind: 'none' }

/**
 * The entity of a screen that needs one. What the address names is never replaced by another; what was chosen for all
 * screens gives way where there is only one in which this screen may be opened.
 */
export const settleEntity = <E extends Entity>({ entities, named, chosen, may }: Asked<E>): Settled<E> => {
  if (entities.length === 0) return { kind: 'none' }
  const offered = entities.filter(({ entityId }) => may(entityId))
  const asked = named === ALL_ENTITIES ? undefined : named
  const entity = offered.find(({ entityId }) => entityId === asked)
  if (offered.length === 0 || (asked !== undefined && !entity)) return { kind: 'forbidden' }
  const usual = entity ?? entityFor(offered, named === ALL_ENTITIES ? undefined : chosen)
  return usual ? { kind: 'one', entity: usual } : { kind: 'ask', offered }
}
