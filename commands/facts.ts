import type { DomainEvent } from '../domain/shared/events.ts'
import type { PersonalKey } from '../domain/organisation/person.ts'
import type { Log, RecordedEvent } from '../event-store/log.ts'
import type { CommandIndex } from './command-index.ts'
import type { FactReader } from './definition.ts'
import { answeringCommand } from './registrar/answers.ts'
import type { Answers } from './registrar/answers.ts'
import type { NumberRequests } from './registrar/requests.ts'
import type { StreamReader } from './streams.ts'

export interface FactSources {
  readonly log: Log
  readonly streams: StreamReader
  readonly index: CommandIndex
  readonly answers: Answers
  readonly requests: NumberRequests
  readonly personalKeys: (personId: string) => Promise<readonly PersonalKey[]>
  readonly reveal: FactReader['reveal']
}

const eventAt = async (log: Log, stream: string, revision: number): Promise<RecordedEvent | undefined> => {
  for await (const stored of log.store.readStream(stream, { from: revision, limit: 1 }))
    return log.decode(stored)
  return undefined
}

/** Where an answer stands: in memory while it is recent, else in the index under the registrar's command. */
const placeOfAnswer = async (
  { answers, index }: FactSources,
  requestEventId: string,
): Promise<{ stream: string; revision: number } | undefined> => {
  const commandId = answeringCommand(requestEventId)
  const known = answers.known(commandId)
  if (known) return known.issued
  const append = (await index.find(commandId))?.appends[0]
  return append && { stream: append.stream, revision: append.first }
}

const answerTo = async (sources: FactSources, requestEventId: string): Promise<DomainEvent | undefined> => {
  const place = await placeOfAnswer(sources, requestEventId)
  return place && eventAt(sources.log, place.stream, place.revision)
}

/** Reads what decisions need from other streams. What it says may be a moment old: no invariant rests on it. */
export const createFactReader = (sources: FactSources): FactReader => ({
  state: async (aggregate, id) => (await sources.streams.read(aggregate, id)).state,
  event: async (stream, revision) => {
    const event = await eventAt(sources.log, stream, revision)
    if (!event) throw new Error(`${stream} has no event ${revision}`)
    return event
  },
  issued: requestEventId => answerTo(sources, requestEventId),
  answered: async stream => {
    for await (const stored of sources.log.store.readStream(stream))
      if (sources.requests.isRequest(stored.type)) return answerTo(sources, stored.id)
    return undefined
  },
  unanswered: entityId => sources.requests.unanswered(entityId),
  personalKeys: personId => sources.personalKeys(personId),
  reveal: (field, value) => sources.reveal(field, value),
})
