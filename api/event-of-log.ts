import type { RecordedEvent } from '../projections/definition.ts'
import { recorded } from '../projections/engine/recorded.ts'
import type { ApiDependencies } from './dependencies.ts'
import { Problem } from './problems.ts'

/** Where an event stands, as the read models name it. */
export interface Place {
  readonly stream: string
  readonly revision: number
}

/**
 * One event of the log, for routes that show what it says: the read models hold no copy (PROTOCOL 20).
 * @throws Problem UNAVAILABLE where this process was given no log to read
 */
export const eventOfLog = async (
  { replay }: ApiDependencies,
  { stream, revision }: Place,
): Promise<RecordedEvent> => {
  if (!replay)
    throw new Problem('UNAVAILABLE', {
      fr: 'Ce processus ne lit pas le journal.',
      en: 'This process does not read the log.',
    })
  for await (const event of replay.store.readStream(stream, { from: revision, limit: 1 }))
    return recorded(replay.codec, event, 0)
  throw new Error(`a read model names ${stream}@${revision}, which the log does not hold`)
}
