import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SESSION_AGE_MS_MAX, SESSION_IDLE_MS, SESSION_ROTATION_MS } from '../../api/sign-in/sessions.ts'
import { PASSWORD, cookieOf, testApi, userIdOf } from './test-api.ts'
import type { TestApi } from './test-api.ts'

let api: TestApi
beforeEach(async () => {
  api = await testApi({ signInsMax: 5 })
})
afterEach(() => api.app.close())

const me = (cookie: string) => api.app.inject({ url: '/api/me', cookies: { grandlivre: cookie } })

describe('signing in', () => {
  it('opens a session by login and password, and tells who one is', async () => {
    const response = await api.signIn()
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      userId: userIdOf('accountant'),
      name: 'Camille accountant',
      commands: ['ledger.postNote'],
      log: { kind: 'sandbox' },
    })
    expect((await me(cookieOf(response))).json()).toEqual(response.json())
  })

  it('PROTOCOL 18: answers the same to a wrong password, an unknown login and an account that left, and counts each', async () => {
    api.leave('billing')
    const answers = [
      await api.signIn('accountant@exemple.fr', 'faux'),
      await api.signIn('nobody@exemple.fr', PASSWORD),
      await api.signIn('billing@exemple.fr', PASSWORD),
    ]
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401)
      expect(answer.cookies).toEqual([])
    }
    const bodies = answers.map(answer => ({ ...answer.json<object>(), requestId: '' }))
    expect(new Set(bodies.map(body => JSON.stringify(body))).size).toBe(1)
    expect(api.refusedSignIns.map(r => r.code)).toEqual(Array(3).fill('SIGN_IN_REFUSED'))
    expect(JSON.stringify(api.refusedSignIns)).not.toContain('exemple.fr')
  })

  it('limits attempts on one login, whatever the password, and says when to come back', async () => {
    for (let i = 0; i < 5; i++) await api.signIn('accountant@exemple.fr', 'faux')
    const right = await api.signIn()
    expect(right.statusCode).toBe(429)
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0)
    expect(right.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect((await api.signIn('chiefAccountant@exemple.fr')).statusCode).toBe(200)
  })

  it('refuses a sign-in that another site makes a browser send', async () => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { origin: 'https://evil.example' },
      payload: { login: 'accountant@exemple.fr', password: PASSWORD },
    })
    expect(response.statusCode).toBe(403)
    expect(response.json()).toMatchObject({ code: 'CROSS_SITE' })
  })
})

describe('the session cookie', () => {
  it('is out of reach of scripts and of other sites', async () => {
    const [cookie] = (await api.signIn()).cookies
    expect(cookie).toMatchObject({ name: 'grandlivre', httpOnly: true, sameSite: 'Strict', path: '/' })
    expect(cookie?.secure).toBeUndefined()
  })

  it('is bound to the host and to TLS where browsers come by TLS', async () => {
    const secure = await testApi({ secureCookies: true })
    const [cookie] = (await secure.signIn()).cookies
    expect(cookie).toMatchObject({ name: '__Host-grandlivre', secure: true, httpOnly: true, path: '/' })
    expect(cookie?.domain).toBeUndefined()
    await secure.app.close()
  })

  it('is a new one at every sign-in; the one it replaces opens no more', async () => {
    const first = cookieOf(await api.signIn())
    const second = await api.app.inject({
      method: 'POST',
      url: '/api/session',
      cookies: { grandlivre: first },
      payload: { login: 'accountant@exemple.fr', password: PASSWORD },
    })
    expect(cookieOf(second)).not.toBe(first)
    expect((await me(first)).statusCode).toBe(401)
  })

  it('ends without use', async () => {
    const cookie = cookieOf(await api.signIn())
    api.advance(SESSION_IDLE_MS + 1)
    expect((await me(cookie)).statusCode).toBe(401)
  })

  it('is replaced while in use, and ends with its absolute age', async () => {
    let cookie = cookieOf(await api.signIn())
    const seen = new Set([cookie])
    for (let passed = 0; passed < SESSION_AGE_MS_MAX - SESSION_ROTATION_MS; passed += SESSION_ROTATION_MS) {
      api.advance(SESSION_ROTATION_MS)
      const response = await me(cookie)
      expect(response.statusCode).toBe(200)
      const replaced = cookieOf(response)
      expect((await me(cookie)).statusCode).toBe(200)
      seen.add(replaced)
      cookie = replaced
    }
    expect(seen.size).toBe(SESSION_AGE_MS_MAX / SESSION_ROTATION_MS)
    api.advance(SESSION_ROTATION_MS)
    expect((await me(cookie)).statusCode).toBe(401)
  })

  it('opens a moment longer once replaced, then no more', async () => {
    const cookie = cookieOf(await api.signIn())
    api.advance(SESSION_ROTATION_MS)
    await me(cookie)
    api.advance(31_000)
    expect((await me(cookie)).statusCode).toBe(401)
  })

  it('opens no more after signing out, nor once the person has left', async () => {
    const cookie = cookieOf(await api.signIn())
    const headers = { 'x-requested-with': 'test' }
    const out = await api.app.inject({
      method: 'DELETE',
      url: '/api/session',
      cookies: { grandlivre: cookie },
      headers,
    })
    expect(out.statusCode).toBe(204)
    expect((await me(cookie)).statusCode).toBe(401)
    const again = cookieOf(await api.signIn())
    api.leave('accountant')
    expect((await me(again)).statusCode).toBe(401)
  })
})

describe('requests by cookie that change something', () => {
  const send = async (headers: Record<string, string>) => {
    const cookie = cookieOf(await api.signIn())
    return api.app.inject({
      method: 'POST',
      url: '/api/commands/ledger.postNote',
      cookies: { grandlivre: cookie },
      headers: { 'idempotency-key': 'k1', ...headers },
      payload: {},
    })
  }
  const accepted = { code: 'INVALID_INPUT' }
  const refused = { code: 'CROSS_SITE', status: 403 }

  it('are refused without a sign of coming from the application', async () => {
    expect((await send({})).json()).toMatchObject(refused)
  })
  it('are refused from another origin, and from a page that is not this one', async () => {
    expect((await send({ origin: 'https://evil.example' })).json()).toMatchObject(refused)
    expect((await send({ 'sec-fetch-site': 'cross-site' })).json()).toMatchObject(refused)
    expect((await send({ 'sec-fetch-site': 'same-site', 'x-requested-with': 'x' })).json()).toMatchObject(
      refused,
    )
  })
  it('are accepted from the application itself', async () => {
    expect((await send({ 'sec-fetch-site': 'same-origin' })).json()).toMatchObject(accepted)
    expect((await send({ origin: 'http://localhost:80', host: 'localhost:80' })).json()).toMatchObject(
      accepted,
    )
    expect((await send({ 'x-requested-with': 'screens' })).json()).toMatchObject(accepted)
  })
  it('are not asked for a sign when they come by token: no browser adds one by itself', async () => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/api/commands/ledger.postNote',
      headers: { ...api.as('accountant'), 'idempotency-key': 'k1' },
      payload: {},
    })
    expect(response.json()).toMatchObject(accepted)
  })
})
