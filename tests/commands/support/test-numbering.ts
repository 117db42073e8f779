import { z } from 'zod'
import { defineEvent } from '../../../domain/shared/events.ts'
import { EventReference } from '../../../domain/shared/journal-entry.ts'
import { text } from '../../../domain/shared/values.ts'
import type { Numbering } from '../../../commands/registrar/numbering.ts'

/** The smallest documents that a registrar can number. */
export const Requested = defineEvent(
  'tests.Requested',
  z.strictObject({ entityId: text(40), series: text(20) }),
)
export const Numbered = defineEvent(
  'tests.Numbered',
  z.strictObject({
    entityId: text(40),
    series: text(20),
    sequence: z.int().min(1),
    /** The instant of the request, or the last one given when that was later. */
    at: text(30),
    request: EventReference,
  }),
)
export type NumberedData = z.output<typeof Numbered.data>
export const testNumberingEvents = [Requested, Numbered]

const SOME_ID = '00000000-0000-8000-8000-000000000000'

export const SERIES = { entityId: 'e', series: 'F' }

export const testNumbering: Numbering = {
  requestTypes: new Set([Requested.type]),
  requestPrefixes: ['request-'],
  seriesOf: request => request.data as { entityId: string; series: string },
  registerCategory: 'testRegister-',
  registerStream: ({ entityId, series }) => `testRegister-${entityId}.${series}`,
  issue: (request, reference, last) => {
    const { entityId, series } = request.data as { entityId: string; series: string }
    const before = last?.data as NumberedData | undefined
    const at = before && before.at > reference.recordedAt ? before.at : reference.recordedAt
    const sequence = (before?.sequence ?? 0) + 1
    return { type: Numbered.type, data: { entityId, series, sequence, at, request: reference } }
  },
  longest: (request, recordedAt) => {
    const reference = { stream: 'request-1', revision: 0, eventId: SOME_ID, recordedAt }
    return testNumbering.issue(request, reference, undefined)
  },
  tooLarge: (bytes, bytesMax) => ({ code: 'TOO_LARGE', bytes, bytesMax }),
  answered: issued => (issued.data as NumberedData).request,
  numberOf: issued => {
    const { sequence, at } = issued.data as NumberedData
    return { number: String(sequence), issuedOn: at.slice(0, 10) }
  },
}
