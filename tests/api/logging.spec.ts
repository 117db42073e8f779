import { describe, expect, it } from 'vitest'
import { createLogger } from '../../api/logging.ts'
import { ENTITY, PASSWORD, cookieOf, testApi, tokenOf } from './test-api.ts'

describe('the log of requests', () => {
  it('tells method, route, status, actor and id; no secret, no name, no address of a document', async () => {
    const api = await testApi()
    const session = cookieOf(await api.signIn())
    await api.signIn('jean.dupont@exemple.fr', 'mot de passe secret')
    const id = '0d9f1e62-6f0c-4b8b-9d55-c1a1f6a1b001'
    const named = await api.app.inject({
      method: 'POST',
      url: '/api/commands/ledger.postNote?dryRun=false',
      headers: { ...api.as('accountant'), 'idempotency-key': 'cle-1', 'x-request-id': id },
      payload: { entityId: ENTITY, day: '2026-01-15', label: 'Frais de Marie Curie', amount: 1 },
    })
    await api.app.inject({ url: '/api/nothing?q=Marie+Curie', cookies: { grandlivre: session } })
    await api.app.close()

    const text = api.logLines.join('')
    for (const secret of [PASSWORD, 'secret', 'dupont', 'Curie', session, tokenOf('accountant'), '?', ENTITY])
      expect(text).not.toContain(secret)
    const lines = api.logLines.map(line => JSON.parse(line) as Record<string, unknown>)
    expect(named.headers['x-request-id']).toBe(id)
    expect(lines.find(line => line['reqId'] === id)).toMatchObject({
      method: 'POST',
      route: '/api/commands/ledger.postNote',
      status: 200,
      actor: expect.any(String) as string,
      commandId: expect.any(String) as string,
    })
  })

  it('does not let a caller write into it', async () => {
    const api = await testApi()
    const response = await api.app.inject({ url: '/health', headers: { 'x-request-id': 'x","level":60' } })
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    await api.app.close()
  })

  it('blanks what somebody logs by mistake', () => {
    const lines: string[] = []
    const logger = createLogger({ level: 'info', write: line => void lines.push(line) })
    logger.info({
      password: 'p1',
      request: { authorization: 'Bearer b1', login: 'l1' },
      body: { name: 'n1' },
    })
    logger.error({ err: Object.assign(new Error('login l2 exists'), { detail: 'd2', code: '23505' }) })
    expect(lines.join('')).not.toMatch(/p1|b1|l1|n1|l2|d2/)
    expect(lines[1]).toContain('"code":"23505"')
  })
})
