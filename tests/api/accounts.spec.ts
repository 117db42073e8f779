import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grant } from '../../domain/organisation/user.events.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { PASSWORD, openTestProgram } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

/** Accounts through their life, on the whole program: invited, with a second factor, at several places, gone. */

const administrator = { role: 'administrator', entityId: 'all' } as const
const sales = { role: 'sales', entityId: 'all' } as const

let database: FreshDatabase
let test: TestProgram
let admin: Client

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url, 'machine')
  admin = await test.user(administrator)
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString()

/** A person without a password. */
const registered = async (...grants: readonly Grant[]) => {
  const userId = randomUUID()
  const login = `${userId}@exemple.fr`
  await test.done('organisation.registerUser', { userId, kind: 'human', login, name: 'Zoé', grants })
  return { userId, login }
}

interface Invited {
  readonly invitationId: string
  readonly secret: string
}
const invite = async (userId: string, as = admin): Promise<Answer> =>
  as.post(`/api/organisation/users/${userId}/invitations`, { expiresAt: inDays(3) })
const secretOf = async (userId: string): Promise<string> =>
  ((await invite(userId)).body as unknown as Invited).secret
const accept = (secret: string, password: string): Promise<Answer> =>
  test.anybody.post('/api/invitation/password', { secret, password })
const signIn = (login: string, password: string, code?: string): Promise<Answer> =>
  test.anybody.post('/api/session', { login, password, ...(code !== undefined && { code }) })

const NEW_PASSWORD = 'choisi par moi seule'

describe('an invitation', () => {
  it('sets the password of whoever opens it, once', async () => {
    const { userId, login } = await registered(sales)
    expect((await signIn(login, NEW_PASSWORD)).status).toBe(401)
    const secret = await secretOf(userId)
    expect((await test.anybody.post('/api/invitation', { secret })).body).toMatchObject({
      login,
      name: 'Zoé',
    })
    expect((await accept(secret, 'court')).body).toMatchObject({ errors: [{ field: 'password' }] })
    expect((await accept(secret, NEW_PASSWORD)).body).toEqual({ login })
    expect((await signIn(login, NEW_PASSWORD)).status).toBe(200)
    for (const answer of [
      await accept(secret, 'une autre clé longue'),
      await test.anybody.post('/api/invitation', { secret }),
    ])
      expect(answer).toMatchObject({ status: 422, body: { code: 'INVITATION_OVER' } })
    expect((await signIn(login, NEW_PASSWORD)).status).toBe(200)
  })

  it('is replaced by the next one, withdrawn, and ended by a departure', async () => {
    const { userId } = await registered(sales)
    const first = await secretOf(userId)
    const { invitationId, secret: second } = (await invite(userId)).body as unknown as Invited
    expect((await accept(first, NEW_PASSWORD)).body).toMatchObject({ code: 'INVITATION_OVER' })
    await admin.send('organisation.withdrawInvitation', { userId, invitationId })
    expect((await accept(second, NEW_PASSWORD)).body).toMatchObject({ code: 'INVITATION_OVER' })
    const third = await secretOf(userId)
    await admin.send('organisation.userLeaves', { userId, leftOn: inDays(0).slice(0, 10) })
    expect((await accept(third, NEW_PASSWORD)).body).toMatchObject({ code: 'INVITATION_OVER' })
    expect((await invite(userId)).body).toMatchObject({ code: 'USER_LEFT' })
  })

  it('keeps the present password until it is used, and ends the sessions then', async () => {
    const client = await test.user(sales)
    const { userId, login } = (await client.get('/api/me')).body as { userId: string; login: string }
    const secret = await secretOf(userId)
    expect((await signIn(login, PASSWORD)).status).toBe(200)
    await accept(secret, NEW_PASSWORD)
    expect((await client.get('/api/me')).status).toBe(401)
    expect((await signIn(login, PASSWORD)).status).toBe(401)
  })

  it('is made by an administrator alone, and its secret stands nowhere', async () => {
    const { userId } = await registered(sales)
    expect((await invite(userId, await test.user(sales))).status).toBe(403)
    const secret = await secretOf(userId)
    const { rows } = await test.program.readModels.query<{ text: string }>(
      `select string_agg(t::text, ' ') as text from (select data from log.events union all select i::text from vault.invitations i) as t`,
    )
    expect(rows[0]?.text).toContain(userId)
    expect(rows[0]?.text).not.toContain(secret)
  })
})

const stepsOf = (secret: string) => {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  // Three codes count at any moment, each once: that before, the present one, the next.
  return [-1, 0, 1].map(step => () => totp.generate({ timestamp: Date.now() + step * 30_000 }))
}

interface Offered {
  readonly factorId: string
  readonly secret: string
  readonly uri: string
}

/** Sets a second factor with the first of its three codes. */
const factorFor = async (client: Client) => {
  const { body } = await client.post('/api/me/second-factor/offer', { password: PASSWORD })
  const { factorId, secret, uri } = body as unknown as Offered
  const [first, ...others] = stepsOf(secret)
  const answer = await client.post('/api/me/second-factor', { factorId, code: first?.() })
  return { factorId, secret, uri, first, others, answer }
}

describe('a second factor', () => {
  it('is set by a code made from the offered secret, and asked for from then on', async () => {
    const client = await test.user(sales)
    const { login } = (await client.get('/api/me')).body as { login: string }
    const { uri, first, others, answer } = await factorFor(client)
    expect(uri).toContain(encodeURIComponent(login))
    expect(answer.body['recoveryCodes']).toHaveLength(10)
    expect((await client.get('/api/me')).body).toMatchObject({ secondFactor: 'set' })
    expect((await signIn(login, PASSWORD)).body).toMatchObject({ status: 401, code: 'SECOND_FACTOR_NEEDED' })
    expect((await signIn(login, 'un autre, faux')).body).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect((await signIn(login, PASSWORD, '000000')).body).toMatchObject({ code: 'SECOND_FACTOR_REFUSED' })
    const code = others[0]?.() ?? ''
    expect((await signIn(login, PASSWORD, code)).status).toBe(200)
    // A code that opened once opens no more, nor does an older one.
    for (const used of [code, first?.() ?? ''])
      expect((await signIn(login, PASSWORD, used)).body).toMatchObject({ code: 'SECOND_FACTOR_REFUSED' })
  })

  it('is stood in for by recovery codes, each once, and renewed by a code', async () => {
    const client = await test.user(sales)
    const { login } = (await client.get('/api/me')).body as { login: string }
    const { others, answer } = await factorFor(client)
    const [one = '', two = ''] = answer.body['recoveryCodes'] as readonly string[]
    expect(one).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/)
    expect((await signIn(login, PASSWORD, one.toLowerCase())).status).toBe(200)
    expect((await signIn(login, PASSWORD, one)).status).toBe(401)
    expect((await client.get('/api/me/second-factor')).body).toEqual({
      set: true,
      required: false,
      recoveryCodesLeft: 9,
    })
    expect((await client.post('/api/me/recovery-codes', { code: others[0]?.() })).status).toBe(200)
    expect((await signIn(login, PASSWORD, two)).status).toBe(401)
  })

  it('wants the password, and the present factor where there is one; nobody confirms another’s', async () => {
    const client = await test.user(sales)
    const wrong = await client.post('/api/me/second-factor/offer', { password: 'pas celui-là' })
    expect(wrong).toMatchObject({ status: 403, body: { errors: [{ field: 'password' }] } })
    const { others, secret, factorId } = await factorFor(client)
    expect((await client.post('/api/me/second-factor/offer', { password: PASSWORD })).status).toBe(401)
    const again = { password: PASSWORD, code: others[0]?.() }
    expect((await client.post('/api/me/second-factor/offer', again)).status).toBe(200)
    const stranger = await test.user(sales)
    const stolen = { factorId, code: stepsOf(secret)[2]?.() }
    expect((await stranger.post('/api/me/second-factor', stolen)).status).toBe(401)
  })

  it('is limited in attempts by account, and counts them', async () => {
    const client = await test.user(sales)
    const { login } = (await client.get('/api/me')).body as { login: string }
    const { others } = await factorFor(client)
    for (let i = 0; i < 10; i++) await client.post('/api/me/recovery-codes', { code: '123456' })
    const code = others[0]?.()
    expect((await client.post('/api/me/recovery-codes', { code })).status).toBe(401)
    expect((await signIn(login, PASSWORD, 'mauvais')).body).toMatchObject({ code: 'SECOND_FACTOR_REFUSED' })
  })

  it('is reset by another administrator: sessions end, the secret is destroyed', async () => {
    const client = await test.user(sales)
    const { login, userId } = (await client.get('/api/me')).body as { login: string; userId: string }
    const { factorId } = await factorFor(client)
    expect((await client.send('organisation.resetSecondFactor', { userId })).status).toBe(403)
    expect((await admin.send('organisation.resetSecondFactor', { userId })).status).toBe(200)
    expect(await test.program.vault.secondFactors.find(factorId)).toBeUndefined()
    expect(await test.program.vault.sessions.ofUser(userId, inDays(0))).toEqual([])
    expect((await signIn(login, PASSWORD)).status).toBe(200)
    const own = ((await admin.get('/api/me')).body as { userId: string }).userId
    expect((await admin.send('organisation.resetSecondFactor', { userId: own })).body).toMatchObject({
      code: 'OWN_SECOND_FACTOR',
    })
  })

  it('is set before anything else by who holds a role that wants one', async () => {
    const [client, token] = [await test.user({ role: 'auditor', entityId: 'all' }), randomUUID()]
    const { userId } = (await client.get('/api/me')).body as { userId: string }
    const issued = await admin.post(`/api/organisation/users/${userId}/tokens`, {
      label: token,
      expiresAt: inDays(1),
    })
    const here = await test.user({ role: 'administrator', entityId: randomUUID() })
    expect((await here.send('organisation.requireSecondFactor', { roles: ['auditor'] })).body).toMatchObject({
      code: 'POLICY_BEYOND_OWN',
    })
    await admin.send('organisation.requireSecondFactor', { roles: ['auditor'] })
    expect((await admin.get('/api/organisation/sign-in-policy')).body).toEqual({
      secondFactorRoles: ['auditor'],
    })
    expect((await client.get('/api/me')).body).toMatchObject({ secondFactor: 'toSet' })
    expect((await client.get('/api/organisation/users')).body).toMatchObject({ code: 'SECOND_FACTOR_TO_SET' })
    const bearer = { authorization: `Bearer ${String(issued.body['secret'])}` }
    expect((await test.anybody.get('/api/organisation/users', bearer)).status).toBe(200)
    await factorFor(client)
    expect((await client.get('/api/organisation/users')).status).toBe(200)
    await admin.send('organisation.requireSecondFactor', { roles: [] })
  })

  it('has its secret nowhere in the log, nor in a read model', async () => {
    const { secret, factorId } = await factorFor(await test.user(sales))
    const { rows } = await test.program.readModels.query<{ text: string }>(
      `select string_agg(data, ' ') as text from log.events`,
    )
    expect(rows[0]?.text).toContain(factorId)
    expect(rows[0]?.text).not.toContain(secret)
  })
})

interface Listed {
  readonly sessionId: string
  readonly agent: string
  readonly present: boolean
}

describe('sessions', () => {
  it('are listed to their owner, who ends any of them', async () => {
    const client = await test.user(sales)
    const { login } = (await client.get('/api/me')).body as { login: string }
    const elsewhere = await test.signIn(login)
    const listed = (await client.get('/api/me/sessions')).body['items'] as readonly Listed[]
    expect(listed.map(({ present }) => present).toSorted()).toEqual([false, true])
    expect(listed[0]?.agent).not.toBe('')
    const other = listed.find(({ present }) => !present)?.sessionId
    const stranger = await test.user(sales)
    await stranger.remove(`/api/me/sessions/${other}`)
    expect((await elsewhere.get('/api/me')).status).toBe(200)
    expect((await client.remove(`/api/me/sessions/${other}`)).status).toBe(204)
    expect((await elsewhere.get('/api/me')).status).toBe(401)
    expect((await client.get('/api/me')).status).toBe(200)
  })

  it('and tokens end at once with the departure, and leave nothing in the vault', async () => {
    const client = await test.user(sales)
    const { userId, login } = (await client.get('/api/me')).body as { userId: string; login: string }
    const { body } = await admin.post(`/api/organisation/users/${userId}/tokens`, {
      label: 'export',
      expiresAt: inDays(1),
    })
    const bearer = { authorization: `Bearer ${String(body['secret'])}` }
    expect((await test.anybody.get('/api/me', bearer)).status).toBe(200)
    await admin.send('organisation.userLeaves', { userId, leftOn: inDays(0).slice(0, 10) })
    expect((await client.get('/api/me')).status).toBe(401)
    expect((await test.anybody.get('/api/me', bearer)).status).toBe(401)
    expect((await signIn(login, PASSWORD)).status).toBe(401)
    const { rows } = await test.program.readModels.query(
      `select user_id from vault.sessions where user_id = $1
       union all select user_id from vault.tokens where user_id = $1
       union all select user_id from vault.credentials where user_id = $1`,
      [userId],
    )
    expect(rows).toEqual([])
  })
})

describe('the matrix of rights', () => {
  interface Matrix {
    readonly commands: readonly {
      readonly name: string
      readonly roles: readonly string[]
      readonly separatedFrom: readonly string[]
    }[]
    readonly combined: readonly { readonly userId: string; readonly command: string }[]
  }

  it('is that of the registry, for those who audit, and names who combines what is separated', async () => {
    expect((await (await test.user(sales)).get('/api/organisation/rights')).status).toBe(403)
    const accountant = await test.user({ role: 'accountant', entityId: randomUUID() })
    const { userId } = (await accountant.get('/api/me')).body as { userId: string }
    const position = await test.position()
    const auditor = await test.user({ role: 'auditor', entityId: 'all' })
    const answer = await auditor.get(`/api/organisation/rights?minPosition=${position}`)
    const { commands, combined } = answer.body as unknown as Matrix
    const described = test.program.writeSide.registry.describe()
    expect(commands.map(({ name, roles }) => [name, roles])).toEqual(
      described.map(({ name, roles }) => [name, roles]),
    )
    expect(commands.find(({ name }) => name === 'ledger.validateManualEntry')?.separatedFrom).toEqual([
      'ledger.draftManualEntry',
      'ledger.changeManualEntry',
    ])
    expect(combined.filter(each => each.userId === userId).map(each => each.command)).toEqual([
      'ledger.validateManualEntry',
    ])
  })
})
