import { z } from 'zod'
import type { Rejection } from '../../domain/shared/aggregate.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import { NumberSeriesOpened } from '../../domain/organisation/legal-entity.events.ts'
import { EventNotEncodable } from '../../event-store/codec.ts'
import type { Log, RecordedEvent } from '../../event-store/log.ts'
import { MAX_BYTES_PER_APPEND } from '../../event-store/port.ts'
import type { UnansweredRequest } from '../definition.ts'
import { outOfBounds } from '../house-rejections.ts'
import type { PreviewedEvent } from '../outcome.ts'
import { weightOf } from '../weight.ts'
import type { Numbering, Series } from './numbering.ts'
import type { NumberRequests } from './requests.ts'

/** Where a request that is not in the log yet would stand. */
const NOWHERE = {
  stream: 'invoice-00000000-0000-8000-8000-000000000000',
  revision: 0,
  eventId: '00000000-0000-8000-8000-000000000000',
}

const ANSWER_BYTES_MAX = MAX_BYTES_PER_APPEND / 2

/** Requests for numbers, as commands see them. */
export const numberRequests = (log: Log, numbering: Numbering): NumberRequests => {
  const isRequest = (type: string): boolean => numbering.requestTypes.has(type)

  const refusal = (request: DomainEvent, recordedAt: string): Rejection | undefined => {
    if (!isRequest(request.type)) return undefined
    try {
      const bytes = weightOf(log.codec, [numbering.longest(request, recordedAt)])
      return bytes > ANSWER_BYTES_MAX ? numbering.tooLarge(bytes, ANSWER_BYTES_MAX) : undefined
    } catch (error) {
      if (!(error instanceof EventNotEncodable)) throw error
      return outOfBounds(error)
    }
  }

  const preview = async (request: DomainEvent, recordedAt: string): Promise<PreviewedEvent> => {
    const stream = numbering.registerStream(numbering.seriesOf(request))
    const last = await log.lastEvent(stream)
    const { type, data } = numbering.issue(request, { ...NOWHERE, recordedAt }, last)
    const definition = log.codec.definitions.find(d => d.type === type)
    if (!definition) throw new Error(`${type} is not declared`)
    const revision = (last?.revision ?? -1) + 1
    return { type, stream, revision, data: z.encode(definition.data, data), provisional: true }
  }

  const unanswered = async (entityId: string): Promise<UnansweredRequest[]> => {
    const { events } = await log.load(`legalEntity-${entityId}`)
    const opened = events
      .filter(event => event.type === NumberSeriesOpened.type)
      .map(event => (event.data as Series).series)
    const waiting = await Promise.all(opened.map(series => waitingIn(log, numbering, { entityId, series })))
    return waiting.flat()
  }
  return { isRequest, refusal, preview, unanswered }
}

/** Requests of a series behind the one that its register answered last. */
const waitingIn = async (log: Log, numbering: Numbering, series: Series): Promise<UnansweredRequest[]> => {
  const last = await log.lastEvent(numbering.registerStream(series))
  const answered = last && (await placeOf(log, numbering.answered(last)))
  const waiting: UnansweredRequest[] = []
  for await (const { events } of log.store.readAll(answered === undefined ? {} : { after: answered })) {
    for (const stored of events) {
      if (!numbering.requestTypes.has(stored.type)) continue
      const request = log.decode(stored)
      const asked = numbering.seriesOf(request)
      if (asked.entityId === series.entityId && asked.series === series.series)
        waiting.push(unansweredOf(request, series.series))
    }
  }
  return waiting
}

const unansweredOf = ({ stream, metadata, data }: RecordedEvent, series: string): UnansweredRequest => ({
  series,
  stream,
  recordedAt: metadata.recordedAt,
  timeZone: (data as { timeZone: string }).timeZone,
})

const placeOf = async (
  log: Log,
  { stream, revision }: { readonly stream: string; readonly revision: number },
): Promise<string> => {
  for await (const stored of log.store.readStream(stream, { from: revision, limit: 1 }))
    return stored.position
  throw new Error(`${stream} has no event ${revision}, which its register answered`)
}
