import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { IdentityProvider } from '../../api/sign-in/identity-provider.ts'
import { user } from '../../domain/organisation/user.ts'
import type { Grant } from '../../domain/organisation/user.events.ts'
import { serve } from '../../cli/serve.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { until } from '../support/wait.ts'
import { CLIENT_ID, CLIENT_SECRET, openProvider } from './oidc-provider.ts'
import type { Somebody, TestProvider } from './oidc-provider.ts'
import { openTestProgram } from './program.ts'
import type { TestProgram } from './program.ts'

/** Sign-in through a real provider, and what must not let anybody in. */

const accountant = { role: 'accountant', entityId: 'all' } as const
const auditor = { role: 'auditor', entityId: 'all' } as const

let database: FreshDatabase
let test: TestProgram
let provider: TestProvider
/** The program behind the provider: one that registers whom it vouches for, and one that does not. */
let open: Served
let closed: Served

interface Served {
  readonly address: string
  readonly close: () => Promise<void>
}

const served = (createsUsers: boolean): Promise<Served> =>
  serve(test.program, {
    port: 0,
    logging: { level: 'silent' },
    provider: new IdentityProvider({
      issuer: provider.issuer,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      groups: { Comptabilité: [accountant], Contrôle: [auditor] },
      createsUsers,
    }),
  })

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url, 'machine')
  provider = await openProvider()
  open = await served(true)
  closed = await served(false)
})
beforeEach(() => provider.serve(open.address))
afterAll(async () => {
  await open?.close()
  await closed?.close()
  await provider?.close()
  await test?.close()
  await database.drop()
})

const person = (changes: Partial<Somebody> = {}): Somebody => {
  const sub = `Subject-${randomUUID()}`
  return { sub, preferred_username: `${sub}@exemple.fr`, name: 'Léa', groups: ['Comptabilité'], ...changes }
}

interface Begun {
  readonly goOn: string
  readonly cookie: string
}
const cookieIn = (response: Response, name: string): string =>
  response.headers
    .getSetCookie()
    .find(line => line.startsWith(`${name}=`))
    ?.split(';')[0] ?? ''

const begin = async (address: string, path = '/api/sign-in/provider', session = ''): Promise<Begun> => {
  const headers = { 'content-type': 'application/json', 'x-requested-with': 'test', cookie: session }
  const response = await fetch(`${address}${path}`, { method: 'POST', headers, body: '{}' })
  const { goOn } = (await response.json()) as { readonly goOn: string }
  return { goOn, cookie: cookieIn(response, 'grandlivre-sign-in') }
}

const comeBack = async (url: string, cookie: string) => {
  const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
  return { to: response.headers.get('location'), session: cookieIn(response, 'grandlivre') }
}

/** The whole way of a browser: begun here, signed in there, back here. */
const signIn = async (who: Somebody, address = open.address) => {
  provider.serve(address)
  provider.who = who
  const { goOn, cookie } = await begin(address)
  return comeBack(await provider.follow(goOn), cookie)
}

const me = async (session: string) => {
  const response = await fetch(`${open.address}/api/me`, { headers: { cookie: session } })
  return {
    status: response.status,
    body: (await response.json()) as { userId: string; name: string; grants: readonly Grant[] },
  }
}

describe('who comes for the first time', () => {
  it('is registered with the rights of the groups, and is the same person the next time', async () => {
    const lea = person()
    const { to, session } = await signIn(lea)
    expect(to).toBe('/')
    const { body } = await me(session)
    expect(body).toMatchObject({ name: 'Léa', grants: [accountant] })
    const again = await signIn({ ...lea, name: 'Léa Autrement', preferred_username: 'autre@exemple.fr' })
    expect((await me(again.session)).body.userId).toBe(body.userId)
    const { state } = await test.program.writeSide.streams.read(user, body.userId)
    expect(state).toMatchObject({ identity: { issuer: provider.issuer, rightsFrom: 'groups' } })
  })

  it('is registered only where the program is told so', async () => {
    expect(await signIn(person(), closed.address)).toEqual({ to: '/?refused=USER_UNKNOWN', session: '' })
  })

  it('is nobody where no group of theirs is known here', async () => {
    for (const groups of [['Inconnu'], [], ['constructor']])
      expect(await signIn(person({ groups }))).toEqual({ to: '/?refused=NO_ROLE', session: '' })
    const { groups: _, ...without } = person()
    expect((await signIn(without)).to).toBe('/?refused=NO_ROLE')
  })

  it('does not take over an account by its login, however it is written', async () => {
    const userId = randomUUID()
    const login = `${userId}@exemple.fr`
    await test.done('organisation.registerUser', { userId, kind: 'human', login, name: 'Zoé', grants: [] })
    for (const preferred_username of [login, login.toUpperCase()])
      expect(await signIn(person({ preferred_username }))).toEqual({
        to: '/?refused=LOGIN_TAKEN',
        session: '',
      })
  })

  it('is another one where the subject differs by its case alone', async () => {
    const lea = person()
    const other = person({ sub: lea.sub.toLowerCase() })
    const [first, second] = [await signIn(lea), await signIn(other)]
    expect((await me(first.session)).body.userId).not.toBe((await me(second.session)).body.userId)
  })
})

describe('who is known', () => {
  it('has the rights that the groups say now, and none once they say none', async () => {
    const lea = person()
    const { session } = await signIn(lea)
    await signIn({ ...lea, groups: ['Contrôle', 'Inconnu'] })
    expect((await me(session)).body.grants).toMatchObject([auditor])
    expect((await signIn({ ...lea, groups: [] })).to).toBe('/?refused=NO_ROLE')
    expect((await me(session)).body.grants).toEqual([])
  })

  it('comes in no more once they have left', async () => {
    const lea = person()
    const { userId } = (await me((await signIn(lea)).session)).body
    await test.done('organisation.userLeaves', { userId, leftOn: new Date().toISOString().slice(0, 10) })
    expect((await signIn(lea)).to).toBe('/?refused=ACCOUNT_CLOSED')
  })

  it('signs out here and is sent to sign out there', async () => {
    const { session } = await signIn(person())
    const headers = { cookie: session, 'x-requested-with': 'test' }
    const response = await fetch(`${open.address}/api/session`, { method: 'DELETE', headers })
    const { goOn } = (await response.json()) as { readonly goOn: string }
    expect(goOn).toMatch(new RegExp(`^${provider.issuer}/session/end\\?`))
    expect(new URL(goOn).searchParams.get('post_logout_redirect_uri')).toBe(`${open.address}/`)
    expect((await me(session)).status).toBe(401)
  })
})

describe('an account that is here', () => {
  it('is linked by its holder alone, keeps its rights, and opens both ways', async () => {
    const client = await test.user(auditor)
    const { userId } = (await client.get('/api/me')).body as { readonly userId: string }
    const lea = person()
    provider.who = lea
    const { goOn, cookie } = await begin(open.address, '/api/me/identity', client.cookie)
    const back = await comeBack(await provider.follow(goOn), cookie)
    expect(back).toEqual({ to: '/organisation/account?linked=true', session: '' })
    const { body } = await me((await signIn(lea)).session)
    expect(body).toMatchObject({ userId, grants: [auditor] })
    expect((await client.get('/api/me')).status).toBe(200)
  })

  it('is opened by the provider no more once an administrator has ended the link', async () => {
    const client = await test.user(auditor)
    const { userId } = (await client.get('/api/me')).body as { readonly userId: string }
    const lea = person()
    provider.who = lea
    const { goOn, cookie } = await begin(open.address, '/api/me/identity', client.cookie)
    await comeBack(await provider.follow(goOn), cookie)
    const { session } = await signIn(lea)
    await test.done('organisation.unlinkIdentity', { userId })
    for (const one of [session, client.cookie])
      await until('the session is over', async () => (await me(one)).status === 401)
    expect((await signIn(lea, closed.address)).to).toBe('/?refused=USER_UNKNOWN')
    // Nobody is behind the subject any more: it is somebody new.
    expect((await me((await signIn(lea)).session)).body.userId).not.toBe(userId)
  })

  it('is not linked to an identity that is somebody’s, nor to a second one', async () => {
    const taken = person()
    await signIn(taken)
    const client = await test.user(auditor)
    const linked = async (who: Somebody) => {
      provider.who = who
      const { goOn, cookie } = await begin(open.address, '/api/me/identity', client.cookie)
      return (await comeBack(await provider.follow(goOn), cookie)).to
    }
    expect(await linked(taken)).toBe('/?refused=IDENTITY_TAKEN')
    const own = person()
    expect(await linked(own)).toBe('/organisation/account?linked=true')
    expect(await linked(own)).toBe('/organisation/account?linked=true')
    expect(await linked(person())).toBe('/?refused=IDENTITY_TAKEN')
  })
})

describe('what comes back otherwise than it was asked for', () => {
  const refused = { to: '/?refused=PROVIDER_REFUSED', session: '' }

  it('opens nothing: another state, another nonce, a code used twice, an error instead of a code', async () => {
    provider.who = person()
    const first = await begin(open.address)
    const url = new URL(await provider.follow(first.goOn))
    url.searchParams.set('state', 'another')
    expect(await comeBack(url.href, first.cookie)).toEqual(refused)

    const second = await begin(open.address)
    const asked = new URL(second.goOn)
    asked.searchParams.set('nonce', 'another')
    expect(await comeBack(await provider.follow(asked.href), second.cookie)).toEqual(refused)

    const third = await begin(open.address)
    const back = await provider.follow(third.goOn)
    expect((await comeBack(back, third.cookie)).to).toBe('/')
    expect(await comeBack(back, third.cookie)).toEqual(refused)

    const { searchParams } = new URL((await begin(open.address)).goOn)
    const fourth = await begin(open.address)
    const state = new URL(fourth.goOn).searchParams.get('state') ?? ''
    const denied = `${open.address}/api/sign-in/callback?error=access_denied&state=${state}&iss=${provider.issuer}`
    expect(await comeBack(denied, fourth.cookie)).toEqual(refused)
    expect(searchParams.get('code_challenge_method')).toBe('S256')
  })

  it('opens nothing for another browser, nor too late', async () => {
    const stale = { to: '/?refused=SIGN_IN_STALE', session: '' }
    provider.who = person()
    const { goOn, cookie } = await begin(open.address)
    const back = await provider.follow(goOn)
    expect(await comeBack(back, '')).toEqual(stale)
    expect(await comeBack(back, `${cookie}0`)).toEqual(stale)
    const begun = { state: 's', nonce: 'n', verifier: 'v', until: Date.now() - 1 }
    const text = Buffer.from(JSON.stringify(begun)).toString('base64url')
    const seal = test.program.vault.hmac('signInBegun', text)
    expect(await comeBack(back, `grandlivre-sign-in=${text}.${seal}`)).toEqual(stale)
  })
})

it('a provider that does not answer is said in a sentence, and passwords go on', async () => {
  const gone = await openProvider()
  await gone.close()
  const away = await serve(test.program, {
    port: 0,
    logging: { level: 'silent' },
    provider: new IdentityProvider({
      issuer: gone.issuer,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      groups: {},
      createsUsers: false,
    }),
  })
  const headers = { 'content-type': 'application/json', 'accept-language': 'en' }
  const response = await fetch(`${away.address}/api/sign-in/provider`, {
    method: 'POST',
    headers,
    body: '{}',
  })
  expect(response.status).toBe(424)
  expect(await response.json()).toMatchObject({
    code: 'PROVIDER_UNAVAILABLE',
    detail: 'The identity provider does not answer; signing in by password goes on.',
  })
  const client = await test.user(auditor)
  const known = await fetch(`${away.address}/api/me`, { headers: { cookie: client.cookie } })
  expect(known.status).toBe(200)
  await away.close()
})
