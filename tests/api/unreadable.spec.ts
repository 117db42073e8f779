import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROBLEM_TYPE } from '../../api/problems.ts'
import { ENTITY, testApi } from './test-api.ts'
import type { TestApi } from './test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.app.close())

const note = { entityId: ENTITY, day: '2026-01-15', label: 'Loyer', amount: 120_00 }

describe('what cannot be read is refused as a problem', () => {
  it('a body in another encoding than UTF-8: read as UTF-8 it would be recorded falsely, for ever', async () => {
    const send = (payload: Buffer, headers: Record<string, string> = {}) =>
      api.app.inject({
        method: 'POST',
        url: '/api/commands/ledger.postNote',
        headers: {
          ...api.as('accountant'),
          'content-type': 'application/json',
          'idempotency-key': 'k1',
          ...headers,
        },
        payload,
      })
    const latin1 = await send(Buffer.from(JSON.stringify({ ...note, label: 'Société' }), 'latin1'))
    expect(latin1.json<unknown>()).toMatchObject({
      code: 'MALFORMED_BODY',
      errors: [{ field: '', expected: 'un texte JSON en UTF-8' }],
    })
    const plain = Buffer.from(JSON.stringify(note))
    const declared = await send(plain, { 'content-type': 'application/json; charset=iso-8859-1' })
    expect(declared.json<unknown>()).toMatchObject({ status: 415, errors: [{ field: 'Content-Type' }] })
    const compressed = await send(plain, { 'content-encoding': 'gzip' })
    expect(compressed.json<unknown>()).toMatchObject({ status: 415, errors: [{ field: 'Content-Encoding' }] })
    expect(api.commands).toEqual([])
    const utf8 = await send(plain, { 'content-type': 'application/json; charset="UTF-8"' })
    expect(utf8.statusCode).toBe(200)
  })

  it('an address or headers that are too long, or no HTTP at all', async () => {
    const address = await api.app.listen({ host: '127.0.0.1', port: 0 })
    const long = await fetch(`${address}/api/me?x=${'a'.repeat(20_000)}`)
    expect(long.headers.get('content-type')).toBe(PROBLEM_TYPE)
    expect(await long.json()).toMatchObject({ status: 431, code: 'HEADERS_TOO_LARGE' })
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(address).port), '127.0.0.1', () =>
        socket.write('BONJOUR\r\n\r\n'),
      )
      let text = ''
      socket.on('data', chunk => (text += chunk.toString()))
      socket.on('end', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"MALFORMED_REQUEST"/)
  })
})
