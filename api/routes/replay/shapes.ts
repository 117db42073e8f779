import { z } from 'zod'
import { Period, Uuid } from '../../../domain/shared/values.ts'
import { MonthOrYear } from '../../../replay/named-figures.ts'
import { sum } from '../fields.ts'

/** What the auditor's routes take and answer. */

const at = z
  .string()
  .max(40)
  .optional()
  .describe('An instant with its offset, or the ordinal of an event; absent: the end of the log')
export const AsOfQuery = z.strictObject({ at })
export const BalanceQuery = z.strictObject({ entityId: Uuid, from: Period, to: Period, at })
export const AccountQuery = z.strictObject({
  entityId: Uuid,
  account: z
    .string()
    .regex(/^\d{1,14}\*?$/)
    .describe('Number; `44*` for all that begin so'),
  period: MonthOrYear.optional().describe('Month YYYY-MM, or year YYYY'),
  at,
})
const several = z.union([z.string().max(200), z.array(z.string().max(200)).max(20)])
export const FigureQuery = z.strictObject({
  table: z.string().max(80).describe('projection.table'),
  key: several.describe('column=value, of columns of its key'),
  measure: several.optional(),
  at,
})

const Resolved = {
  ordinal: z.int().describe('Place of the last event counted'),
  eventId: z.string().optional(),
  provisional: z.boolean().describe('Nothing later than the instant is recorded yet'),
}
export const AsOf = z.strictObject({ ...Resolved, answer: z.looseObject({}) })
const Act = {
  ordinal: z.int(),
  eventId: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.int(),
  recordedAt: z.string(),
  actor: z.string(),
  permission: z.string().optional(),
  origin: z.string(),
  commandId: z.string(),
  correlationId: z.string(),
  causationId: z.string().optional(),
  reason: z.string().optional(),
  documentReference: z.string().optional().describe('Number or reference of the document'),
  label: z.string().optional().describe('Code of the customer, else label of the entry'),
  amount: z.int().optional().describe('Amount of the document, payment or allocation, minor units'),
}
export const Explained = z.strictObject({
  ...Resolved,
  values: z.record(z.string(), sum()).describe('The figure, by measure'),
  rows: z.int(),
  events: z.int(),
  contributions: z.array(
    z.strictObject({
      ...Act,
      measures: z.record(z.string(), z.strictObject({ before: sum(), after: sum() })),
      causes: z.array(z.strictObject(Act)).describe('Back to the act of a person'),
      effects: z.array(z.strictObject(Act)),
      documents: z.array(z.string()).describe('Streams of the documents it names'),
    }),
  ),
})
const Sentence = z.strictObject({ fr: z.string(), en: z.string() })
export const VerificationBody = z.strictObject({
  state: z.enum(['none', 'running', 'done', 'failed']),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  events: z.int().optional(),
  result: z
    .strictObject({
      events: z.int(),
      lastEventId: z.string().optional(),
      lastEventHash: z.string().optional().describe('With the id, what organisation.resumeLog is told'),
      sound: z.boolean(),
      checks: z.array(
        z.strictObject({ name: z.string(), title: Sentence, examined: z.int(), found: z.int() }),
      ),
      findings: z.array(
        z.strictObject({
          check: z.string(),
          code: z.string(),
          severity: z.enum(['error', 'warning']),
          where: z.looseObject({}),
          found: z.string(),
          expected: z.string(),
          sentence: Sentence,
        }),
      ),
    })
    .optional(),
})
