import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createApi } from '../../api/app.ts'
import { IdentityProvider } from '../../api/sign-in/identity-provider.ts'
import { testApi, testDependencies } from './test-api.ts'
import type { TestApi } from './test-api.ts'

/** Routes open to everybody: adding one here is a decision. */
const OPEN = [
  'GET /health',
  'HEAD /health',
  'GET /ready',
  'HEAD /ready',
  'GET /api/welcome',
  'HEAD /api/welcome',
  'POST /api/session',
  'POST /api/invitation',
  'POST /api/invitation/password',
  'POST /api/sign-in/provider',
  'GET /api/sign-in/callback',
  'HEAD /api/sign-in/callback',
]

/** Nobody answers there: what is asked for here is who may ask. */
const provider = new IdentityProvider({
  issuer: 'http://127.0.0.1:9',
  clientId: 'grandlivre',
  clientSecret: 'secret',
  groups: {},
  createsUsers: false,
})

interface Route {
  readonly method: string
  readonly url: string
}

let api: TestApi
const routes: Route[] = []
beforeAll(async () => {
  api = await testApi({}, { provider })
  const listed = createApi({ ...testDependencies(), provider })
  listed.addHook('onRoute', route => {
    for (const method of [route.method].flat()) routes.push({ method, url: route.url })
  })
  await listed.ready()
  await listed.close()
})
afterAll(() => api.app.close())

const address = (url: string): string => url.replaceAll(/:[a-zA-Z]+/g, '01932f0c-5a00-7000-8000-000000000001')

describe('every route', () => {
  it('is among those listed here', () => {
    expect(routes.length).toBeGreaterThan(10)
    expect(routes.some(route => route.url === '/api/commands/ledger.postNote')).toBe(true)
  })

  it('is closed to who is not signed in, but for those that are open on purpose', async () => {
    const open: string[] = []
    for (const { method, url } of routes) {
      const name = `${method} ${url}`
      for (const headers of [
        {},
        { authorization: 'Bearer wrong-token-wrong' },
        { authorization: 'Basic YTpi' },
      ]) {
        const response = await api.app.inject({ method: method as 'GET', url: address(url), headers })
        if (response.statusCode !== 401) open.push(name)
        else if (method !== 'HEAD') expect(response.json()).toMatchObject({ code: 'NOT_SIGNED_IN' })
      }
    }
    expect([...new Set(open)].sort()).toEqual([...OPEN].sort())
    expect(api.commands).toEqual([])
  })

  it('answers HEAD and OPTIONS without an error of the server', async () => {
    for (const { url } of routes)
      for (const method of ['HEAD', 'OPTIONS'] as const)
        expect((await api.app.inject({ method, url: address(url) })).statusCode).toBeLessThan(500)
  })
})

describe('/metrics', () => {
  const lag = 'grandlivre_projection_lag_events{projection="customers_v1",state="running"} 2'

  it('tells the lag of each projection, and commands by outcome', async () => {
    await api.app.inject({
      method: 'POST',
      url: '/api/commands/organisation.greet',
      headers: { ...api.as('sales'), 'idempotency-key': 'm1' },
      payload: { name: 'Camille' },
    })
    const response = await api.app.inject({ url: '/metrics', headers: api.as('administrator') })
    expect(response.statusCode).toBe(200)
    expect(response.body).toContain(lag)
    expect(response.body).toContain(
      'grandlivre_command_seconds_count{command="organisation.greet",outcome="done"} 1',
    )
  })

  it('counts what endangers the log, by its code, as long as it does', async () => {
    const dangers = ['STREAM_LIMITED', 'STREAM_LIMITED', 'STREAM_METADATA']
    const endangered = await testApi({}, { logDangers: () => dangers })
    const ask = async () =>
      (await endangered.app.inject({ url: '/metrics', headers: endangered.as('auditor') })).body
    expect(await ask()).toContain('grandlivre_log_dangers{code="STREAM_LIMITED"} 2')
    expect(await ask()).toContain('grandlivre_log_dangers{code="STREAM_METADATA"} 1')
    dangers.length = 0
    expect(await ask()).not.toContain('grandlivre_log_dangers{')
    await endangered.app.close()
  })

  it('is for those who may read what is done here: a collector has the token of such an account', async () => {
    const ask = async (headers: Record<string, string>) =>
      (await api.app.inject({ url: '/metrics', headers })).statusCode
    expect(await ask({})).toBe(401)
    expect(await ask(api.as('sales'))).toBe(403)
    expect(await ask(api.as('auditor'))).toBe(200)
  })
})

describe('/ready', () => {
  it('says what does not answer', async () => {
    const failing = await testApi(
      {},
      { checks: { log: async () => true, readModels: () => Promise.reject(new Error('gone')) } },
    )
    const response = await failing.app.inject({ url: '/ready' })
    expect(response.statusCode).toBe(503)
    expect(response.json()).toEqual({ status: 'notReady', failing: ['readModels'], logDangers: [] })
    await failing.app.close()
  })

  it('says what endangers the log, by its name alone and without the streams, and is ready all the same', async () => {
    const endangered = await testApi(
      {},
      { logDangers: () => ['STREAM_METADATA', 'STREAM_LIMITED', 'STREAM_LIMITED'] },
    )
    const response = await endangered.app.inject({ url: '/ready' })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual({
      status: 'ready',
      failing: [],
      logDangers: ['STREAM_LIMITED', 'STREAM_METADATA'],
    })
    await endangered.app.close()
  })
})

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and holds every route, every command with an example its schema accepts', async () => {
    const document = (await api.app.inject({ url: '/api/openapi.json', headers: api.as('auditor') })).json<{
      openapi: string
      paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: object }> } }>>
    }>()
    expect(document.openapi).toBe('3.1.0')
    for (const { method, url } of routes) {
      if (method === 'HEAD' || url === '/api/commands/:name' || url === '/api/sign-in/callback') continue
      expect(document.paths[url.replaceAll(/:([a-zA-Z]+)/g, '{$1}')]?.[method.toLowerCase()]).toBeDefined()
    }
    const body = document.paths['/api/commands/ledger.postNote']?.['post']?.requestBody
    expect(JSON.stringify(body)).toContain('"day"')
    expect(z.object({ schema: z.unknown() }).safeParse(body?.content['application/json']).success).toBe(true)
  })
})
