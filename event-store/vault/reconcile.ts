import { PersonErased } from '../../domain/organisation/person.events.ts'
import { checkpointAt, standing } from '../checkpoints.ts'
import { StartRefused } from '../errors.ts'
import type { Log } from '../log.ts'
import type { StoredEvent } from '../port.ts'
import { vaultCheckpoints } from './schema.ts'
import type { Vault } from './vault.ts'

const CHECKPOINT = 'reconciled'
const KEY_IDS = /"\$protected":"v1\.([0-9a-f-]{36})\./g

/** Ids of the keys that protect fields of an event. */
export const keyIdsIn = (data: string): readonly string[] =>
  data.includes('"$protected"') ? [...data.matchAll(KEY_IDS)].map(match => match[1] as string) : []

/**
 * Brings the vault in line with the log, at every start and after every restore (PROTOCOL 28): keys that the log
 * says are erased are erased again, and no event may name a key that is neither present nor erased. It goes on from
 * a checkpoint kept in the vault itself: a vault restored from a backup has an old one, and reads again what came
 * after.
 * @throws StartRefused `VAULT_KEYS_MISSING`
 */
export const reconcileVault = async (vault: Vault, log: Log): Promise<void> => {
  const before = await vaultCheckpoints.read(vault.pool, CHECKPOINT)
  const believed = (await standing(log.store, before)) === 'matches' ? before : undefined
  const unknown = new Set<string>()
  let last: StoredEvent | undefined
  for await (const batch of log.store.readAll(believed ? { after: believed.position } : {})) {
    last = batch.events.at(-1) ?? last
    const named = new Set(batch.events.flatMap(event => keyIdsIn(event.data)))
    if (named.size > 0) for (const id of await vault.unknownKeys([...named])) unknown.add(id)
    const erased = batch.events.flatMap(event => erasedIn(log, event))
    if (erased.length > 0) await vault.erase(erased)
    for (const id of erased) unknown.delete(id)
  }
  if (unknown.size > 0) throw keysMissing([...unknown])
  if (!last) return
  // Where another process was quicker, its checkpoint is as good as ours.
  if (before && !believed) await vaultCheckpoints.remove(vault.pool, CHECKPOINT)
  await vaultCheckpoints.move(vault.pool, CHECKPOINT, believed, checkpointAt(last))
}

const erasedIn = (log: Log, event: StoredEvent): readonly string[] =>
  event.type === PersonErased.type ? (log.decode(event).data as { keyIds: readonly string[] }).keyIds : []

const keysMissing = (ids: readonly string[]): StartRefused =>
  new StartRefused(
    'VAULT_KEYS_MISSING',
    { count: ids.length, first: ids[0] ?? '' },
    {
      en: `The log names ${ids.length} key(s) that the vault neither holds nor erased: the vault is older than the log. Restore a vault taken after the log.`,
      fr: `Le journal cite ${ids.length} clé(s) que le coffre ne détient pas et n'a pas détruites : le coffre est plus ancien que le journal. Restaurez un coffre pris après le journal.`,
    },
  )
