import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PROBLEM_TYPE } from '../../api/problems.ts'
import { ENTITY, handled, testApi, testDependencies } from './test-api.ts'
import type { TestApi } from './test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(() => {
  api.answer = handled
  api.commands.length = 0
})
afterAll(() => api.app.close())

const note = { entityId: ENTITY, day: '2026-01-15', label: 'Loyer', amount: 120_00 }

interface Body {
  readonly [field: string]: unknown
  readonly errors: readonly { field: string; expected: string; found?: string }[]
}

const post = async (payload: unknown, headers: Record<string, string> = {}, name = 'ledger.postNote') => {
  const response = await api.app.inject({
    method: 'POST',
    url: `/api/commands/${name}`,
    headers: {
      ...api.as('accountant'),
      'idempotency-key': 'k1',
      'content-type': 'application/json',
      ...headers,
    },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })
  return { response, body: response.json<Body>() }
}

/** Every refusal is a whole problem, whatever refused it. */
const expectProblem = (
  { response, body }: Awaited<ReturnType<typeof post>>,
  status: number,
  code: string,
): Body => {
  expect(response.statusCode).toBe(status)
  expect(response.headers['content-type']).toBe(PROBLEM_TYPE)
  expect(body).toMatchObject({ status, code, requestId: response.headers['x-request-id'] })
  expect(body['type']).toMatch(/^urn:grandlivre:problem:[A-Z_]+$/)
  expect(body['title']).toEqual(expect.any(String))
  expect(body['detail']).toEqual(expect.any(String))
  expect(response.body).not.toContain('node_modules')
  return body
}

describe('bad input is a problem that names the field and what is expected', () => {
  it.each([
    ['cut short', '{"entityId":'],
    ['empty', ''],
    ['no JSON', 'bonjour'],
    ['a forbidden key', '{"__proto__":{"a":1}}'],
  ])('a body that is %s', async (_, text) => {
    const body = expectProblem(await post(text), 400, 'MALFORMED_BODY')
    expect(body.errors[0]?.expected).toMatch(/JSON/)
    expect(api.commands).toEqual([])
  })

  it.each([
    ['null', null],
    ['a list', []],
    ['a text', 'note'],
    ['a number', 3],
  ])('a body that is %s', async (_, payload) => {
    expectProblem(await post(JSON.stringify(payload)), 400, 'INVALID_INPUT')
  })

  it.each([
    ['an id that is none', { ...note, entityId: 'e1' }, 'entityId', 'a text|UUID|form'],
    ['a day that does not exist', { ...note, day: '2026-02-30' }, 'day', 'YYYY-MM-DD'],
    [
      'an amount above the bound of PROTOCOL 7',
      { ...note, amount: 10 ** 14 + 1 },
      'amount',
      'at most 100000000000000',
    ],
    ['an amount that is no integer', { ...note, amount: 12.5 }, 'amount', 'integer'],
    ['an amount as text', { ...note, amount: '12' }, 'amount', 'number|integer'],
    ['a text of 2 MB in a field', { ...note, label: 'x'.repeat(900_000) }, 'label', 'at most 80 characters'],
    ['a field that does not exist', { ...note, color: 'red' }, 'color', 'no field of this name'],
    ['a field deep inside', { ...note, lines: [{ account: '' }] }, 'lines.0.account', 'at least 1'],
    ['a field that is missing', { ...note, day: undefined }, 'day', 'text|YYYY'],
  ])('%s', async (_, payload, field, expected) => {
    const body = expectProblem(await post(payload, { 'accept-language': 'en' }), 400, 'INVALID_INPUT')
    expect(body.errors.map(e => e.field)).toContain(field)
    expect(body.errors.find(e => e.field === field)?.expected).toMatch(new RegExp(expected))
  })

  it('never repeats what was found: it may be personal', async () => {
    const { response } = await post({ ...note, day: 'Jean Dupont' })
    expect(response.body).not.toContain('Dupont')
    expect(response.json<Body>().errors[0]?.found).toBe('un texte de 11 caractères')
  })

  it('an emoji is a text like any other', async () => {
    const { response } = await post({ ...note, label: 'Déménagement 🚚 à Orléans' })
    expect(response.statusCode).toBe(200)
    expect(api.commands[0]?.input).toMatchObject({ label: 'Déménagement 🚚 à Orléans' })
  })

  it('a body above 1 MB', async () => {
    const body = expectProblem(await post({ ...note, label: 'x'.repeat(2_000_000) }), 413, 'BODY_TOO_LARGE')
    expect(body.errors[0]?.expected).toBe('1048576 octets au plus')
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'nonsense'])(
    'a body of type %s',
    async type => {
      const body = expectProblem(await post('a=1', { 'content-type': type }), 415, 'WRONG_CONTENT_TYPE')
      expect(body.errors).toEqual([{ field: 'Content-Type', expected: 'application/json' }])
    },
  )

  it.each([
    [
      'an id that is none',
      { ...note, entityId: 'e1' },
      'Champ « entityId » : attendu un UUID en minuscules.',
    ],
    [
      'a control character',
      { ...note, label: 'a\u0007b' },
      'Champ « label » : attendu une ligne sans caractère de contrôle ni blanc à ses bouts.',
    ],
    [
      'a year that no business has',
      { ...note, day: '0000-01-01' },
      'Champ « day » : attendu une date de 1900 à 2999.',
    ],
  ])('%s is told in words, not by a pattern', async (_, payload, sentence) => {
    const { body } = await post(payload, { 'accept-language': 'fr' })
    expect(body['detail']).toBe(sentence)
  })

  it('a revision that is none', async () => {
    const body = expectProblem(await post(note, { 'if-match': 'W/"x"' }), 400, 'INVALID_HEADER')
    expect(body.errors[0]?.field).toBe('If-Match')
  })

  it('a parameter that does not exist', async () => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/api/commands/ledger.postNote?force=true',
      headers: api.as('accountant'),
      payload: note,
    })
    expect(response.statusCode).toBe(400)
    expect(response.json<Body>().errors[0]?.field).toBe('force')
  })
})

describe('what does not exist', () => {
  it.each([
    '/api/nothing',
    '/',
    '/api/commands',
    '/%',
    '/api/commands/../../etc/passwd',
    `/api/${'x'.repeat(3_000)}`,
  ])('%s is a problem, and no page of a framework', async url => {
    const response = await api.app.inject({ url, headers: api.as('auditor') })
    expect(response.statusCode).toBe(404)
    expect(response.headers['content-type']).toBe(PROBLEM_TYPE)
    expect(response.json()).toMatchObject({ code: 'UNKNOWN_ROUTE', status: 404 })
  })

  it('a command that nobody declared', async () => {
    expectProblem(await post(note, {}, 'ledger.forceBalance'), 404, 'UNKNOWN_COMMAND')
  })
})

describe('outcomes of a command', () => {
  const sentence = { fr: 'En français.', en: 'In English.' }

  it('a refusal gives its code, its data, its sentence and the field it is about', async () => {
    api.answer = async () => ({
      kind: 'refused',
      rejection: { code: 'PERIOD_CLOSED', day: '2026-01-15', firstOpenDay: '2026-02-01', limit: 5n } as never,
      sentence: { ...sentence, fields: ['day'] },
    })
    const body = expectProblem(await post(note), 422, 'PERIOD_CLOSED')
    expect(body).toMatchObject({
      data: { day: '2026-01-15', firstOpenDay: '2026-02-01', limit: 5 },
      errors: [{ field: 'day', expected: sentence.fr, detail: sentence.fr }],
    })
  })

  it.each([
    [{ kind: 'conflict', reason: 'staleRevision', sentence }, 412, 'STALE_REVISION', 'If-Match'],
    [{ kind: 'conflict', reason: 'busy', sentence }, 409, 'BUSY', undefined],
    [{ kind: 'keyConflict', sentence }, 409, 'KEY_CONFLICT', 'Idempotency-Key'],
    [{ kind: 'forbidden', sentence }, 403, 'FORBIDDEN', undefined],
    [{ kind: 'forbidden', duty: sentence, sentence }, 403, 'SEPARATION_OF_DUTIES', undefined],
    [{ kind: 'unavailable', sentence }, 503, 'UNAVAILABLE', undefined],
  ] as const)('%o', async (outcome, status, code, field) => {
    api.answer = async () => outcome
    const body = expectProblem(await post(note), status, code)
    expect(body['detail']).toBe(sentence.fr)
    expect(body.errors?.[0]?.field).toBe(field)
  })

  it.each([
    ['fr', { expected: 'un texte', found: 'rien' }],
    ['en', { expected: 'a text', found: 'nothing' }],
  ])('says in %s what a field should hold, and what was found there', async (language, told) => {
    const { body } = await post({ ...note, label: undefined }, { 'accept-language': language })
    expect(body.errors).toMatchObject([{ field: 'label', ...told }])
  })

  it('speaks the language asked for', async () => {
    api.answer = async () => ({ kind: 'keyConflict', sentence })
    const { response, body } = await post(note, { 'accept-language': 'de, en-GB;q=0.8, fr;q=0.5' })
    expect(body).toMatchObject({
      detail: 'In English.',
      title: 'Key already used',
      errors: [{ field: 'Idempotency-Key', expected: 'a key not used before' }],
    })
    expect(response.headers['content-language']).toBe('en')
  })

  it('done: events, position, number, and the revision of the document as its ETag', async () => {
    const event = { id: 'e', type: 't', stream: 'invoice-1', revision: 4 }
    const issued = {
      ...event,
      stream: 'invoiceRegister-x.F',
      revision: 90,
      number: 'F2026-000091',
      issuedOn: '2026-01-15',
    }
    api.answer = async () => ({ kind: 'done', events: [event, issued], position: '77', issued })
    const { response, body } = await post(note)
    expect(response.statusCode).toBe(200)
    expect(response.headers.etag).toBe('"4"')
    expect(body).toMatchObject({
      outcome: 'done',
      position: '77',
      result: { number: 'F2026-000091', issuedOn: '2026-01-15' },
    })
  })

  it('accepted: 202 and where the number will be', async () => {
    const event = { id: 'e', type: 't', stream: 'invoice-01932f0c-5a00-7000-8000-000000000001', revision: 4 }
    api.answer = async () => ({ kind: 'accepted', events: [event], position: '77' })
    const { response } = await post(note)
    expect(response.statusCode).toBe(202)
    expect(response.headers.location).toBe('/api/invoicing/invoices/01932f0c-5a00-7000-8000-000000000001')
  })

  it('hands key, revision, preview and origin to the handler', async () => {
    await post(note, { 'if-match': '"12"' })
    expect(api.commands[0]).toMatchObject({ key: 'k1', expectedRevision: 12, dryRun: false, origin: 'api' })
    await api.app.inject({
      method: 'POST',
      url: '/api/commands/ledger.postNote?dryRun=true',
      headers: api.as('accountant'),
      payload: note,
    })
    expect(api.commands[1]).toMatchObject({ key: undefined, dryRun: true })
  })
})

describe('a position that the read models do not reach', () => {
  it.each([
    [{ behind: ['customers_v1'], stopped: [] }, '1'],
    [{ behind: ['customers_v1'], stopped: ['customers_v1'] }, '60'],
  ])('is a 503 that says when to come back: %o', async (where, retryAfter) => {
    const slow = await testApi(
      {},
      { watch: { ...testDependencies().watch, waitFor: async () => ({ reached: false, ...where }) } },
    )
    const response = await slow.app.inject({
      url: '/api/commerce/customers?minPosition=0000000000000099',
      headers: slow.as('auditor'),
    })
    expect(response.json()).toMatchObject({ status: 503, code: 'NOT_YET_VISIBLE', data: where })
    expect(response.headers['retry-after']).toBe(retryAfter)
    await slow.app.close()
  })
})

it('a position that no event of the log has is not waited for: the parameter is refused', async () => {
  const waitFor = async () => ({ reached: false, behind: ['customers_v1'], stopped: [] }) as const
  const slow = await testApi({}, { watch: { ...testDependencies().watch, waitFor } })
  const response = await slow.app.inject({
    url: '/api/commerce/customers?minPosition=9999999999999999',
    headers: slow.as('auditor'),
  })
  expect(response.json()).toMatchObject({
    status: 400,
    code: 'INVALID_INPUT',
    errors: [{ field: 'minPosition' }],
  })
  await slow.app.close()
})

describe('what a command set off', () => {
  const command = '5e6f0c00-0000-5000-8000-000000000001'
  const ask = async (parameters: string) => {
    const query = async (statement: string | { text: string }) => ({
      rows: JSON.stringify(statement).includes('engine.watermark') ? [{ role: 'registrar F' }] : [],
    })
    const behind = await testApi(
      { visibilityWaitMsMax: 20 },
      { readModels: { query: query as never, connect: query as never } },
    )
    const url = `/api/commerce/customers?minPosition=0000000000000042&${parameters}`
    const response = await behind.app.inject({ url, headers: behind.as('auditor') })
    await behind.app.close()
    return response
  }

  it('PROTOCOL 34: is waited for, and the answer says what it did not wait for', async () => {
    const response = await ask(`effects=true&effectsOf=${command}`)
    expect(response.statusCode).toBe(200)
    expect(response.headers['x-not-waited-for']).toBe('registrar%20F')
  })

  it('is asked for with the command that set it off', async () => {
    expect((await ask('effects=true')).json()).toMatchObject({ errors: [{ field: 'effectsOf' }] })
    expect((await ask('effects=false')).headers).not.toHaveProperty('x-not-waited-for')
  })
})

describe('what nobody foresaw', () => {
  it('is a 500 that shows nothing, noted under the id it gives', async () => {
    api.answer = async () => {
      throw Object.assign(new Error('duplicate key (login)=(jean@exemple.fr)'), { detail: 'jean@exemple.fr' })
    }
    const { response, body } = await post(note)
    expect(response.statusCode).toBe(500)
    expect(body).toMatchObject({ code: 'UNEXPECTED' })
    expect(response.body).not.toMatch(/jean|duplicate|at .*\.ts/)
    const noted = api.logLines.find(line => line.includes('unexpected'))
    expect(noted).toContain(String(body['requestId']))
    expect(noted).not.toContain('jean')
  })
})

describe('every answer', () => {
  it('carries the headers of protection, and is stored by nobody', async () => {
    const { headers } = await api.app.inject({ url: '/api/me', headers: api.as('auditor') })
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers).not.toHaveProperty('x-powered-by')
  })

  it('is for TLS alone where browsers come by TLS', async () => {
    const secure = await testApi({ secureCookies: true })
    const { headers } = await secure.app.inject({ url: '/health' })
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
    expect((await api.app.inject({ url: '/health' })).headers).not.toHaveProperty('strict-transport-security')
    await secure.app.close()
  })
})
