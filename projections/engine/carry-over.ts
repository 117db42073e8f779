import type { ClientBase } from 'pg'
import { eventAtPlace } from '../../event-store/checkpoints.ts'
import type { Places } from '../../event-store/checkpoints.ts'
import { readAllCheckpoints, setState } from './checkpoints.ts'
import { createEngineSchema } from './engine-schema.ts'

/**
 * The log was copied to another store. Read models whose place is another one there are built anew when a program runs
 * them, and until then nobody takes a position of the first store for one of the second. How far registrars and
 * reactions had read is forgotten for the same reason.
 */
export const carryOverReadModels = async (client: ClientBase, to: Places): Promise<void> => {
  await createEngineSchema(client)
  for (const { projection: name, version, position, eventId } of await readAllCheckpoints(client)) {
    if (position === undefined) continue
    const event = await eventAtPlace(to, position)
    if (event?.id !== eventId) await setState(client, { name, version }, 'rebuilding')
  }
  await client.query('delete from engine.watermark')
  await client.query('delete from engine.effect')
}
