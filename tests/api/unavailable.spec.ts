import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PROBLEM_TYPE } from '../../api/problems.ts'
import { damagedSentence } from '../../commands/outcome.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { StoreUnavailable, StreamDamaged } from '../../event-store/port.ts'
import { ENTITY, testApi } from './test-api.ts'
import type { TestApi } from './test-api.ts'

/** What is answered where the log is away, or not as it was recorded. */

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(() => {
  api.logLines.length = 0
})
afterAll(() => api.app.close())

const post = async (language: string) => {
  const response = await api.app.inject({
    method: 'POST',
    url: '/api/commands/ledger.postNote',
    headers: { ...api.as('accountant'), 'idempotency-key': 'k1', 'accept-language': language },
    payload: { entityId: ENTITY, day: '2026-01-15', label: 'Loyer', amount: 120_00 },
  })
  expect(response.statusCode).toBe(503)
  expect(response.headers['content-type']).toBe(PROBLEM_TYPE)
  return { response, body: response.json<Record<string, unknown>>() }
}

it('away for the moment, whoever met it: a 503 that says when to come back, and not where the log is', async () => {
  api.answer = async () => {
    throw new StoreUnavailable('no answer from 10.0.0.7')
  }
  const { response, body } = await post('en')
  expect(body).toMatchObject({ code: 'UNAVAILABLE', detail: expect.stringMatching(/try again/) as string })
  expect(response.headers['retry-after']).toBe('2')
  expect(response.body).not.toContain('10.0.0.7')
})

describe('a damaged stream is a 503 with a code of its own, and an alarm', () => {
  const sentence = damagedSentence('invoice-1')
  it.each<[string, () => Promise<Outcome>]>([
    ['thrown', async () => Promise.reject(new StreamDamaged('invoice-1', 'revision 0 is gone'))],
    ['told by the handler', async () => ({ kind: 'unavailable', sentence, damaged: 'invoice-1' })],
  ])('%s', async (_, answer) => {
    api.answer = answer
    const { body: french } = await post('fr')
    const { body: english } = await post('en')
    expect(french).toMatchObject({ code: 'STREAM_DAMAGED', detail: sentence.fr })
    expect(english).toMatchObject({
      code: 'STREAM_DAMAGED',
      detail: sentence.en,
      title: 'The log is damaged',
      data: { stream: 'invoice-1' },
    })
    const alarms = api.logLines.filter(line => line.includes('stream damaged'))
    expect(alarms).toHaveLength(2)
    expect(JSON.parse(alarms[0] ?? '')).toMatchObject({ stream: 'invoice-1', level: 50 })
  })
})
