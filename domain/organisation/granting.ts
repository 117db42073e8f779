import type { Grant } from './user.events.ts'

const sameGrant = (a: Grant, b: Grant): boolean => a.role === b.role && a.entityId === b.entityId

/** Whether rights include the administration of a legal entity; that of all of them, where `all` is asked. */
const administers = (rights: readonly Grant[], entityId: string): boolean =>
  rights.some(
    ({ role, entityId: where }) => role === 'administrator' && (where === 'all' || where === entityId),
  )

/**
 * The first right given or taken where the actor does not administer: who administers one legal entity hands out
 * rights there, and nowhere else. Undefined when there is none.
 */
export const grantBeyond = (
  rights: readonly Grant[],
  change: { readonly before: readonly Grant[]; readonly after: readonly Grant[] },
): Grant | undefined =>
  [
    ...change.after.filter(grant => !change.before.some(known => sameGrant(known, grant))),
    ...change.before.filter(grant => !change.after.some(kept => sameGrant(kept, grant))),
  ].find(({ entityId }) => !administers(rights, entityId))
