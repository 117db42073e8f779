import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testApi } from './test-api.ts'
import type { TestApi } from './test-api.ts'

const PAGE = '<meta name="style-nonce" content="__NONCE__"><script src="/assets/index-1.js"></script>'
const SCRIPT = 'console.log("screens")'
const demonstration = [{ login: 'commerce', name: 'Claire', role: 'sales', password: 'demo' }]

let folder: string
let api: TestApi
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grandlivre-built-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), PAGE)
  writeFileSync(join(folder, 'assets', 'index-1.js'), SCRIPT)
  writeFileSync(join(folder, 'assets', 'index-1.js.br'), brotliCompressSync(SCRIPT))
  api = await testApi({}, { screens: folder, demonstration })
})
afterAll(async () => {
  await api.app.close()
  rmSync(folder, { recursive: true })
})

describe('the page', () => {
  it('is at every address of a screen, with a nonce of its own each time', async () => {
    const nonces = new Set<string>()
    for (const url of ['/', '/commerce/orders', '/ledger/accounts/411?from=2026-01']) {
      const { statusCode, headers, body } = await api.app.inject({ url })
      expect(statusCode).toBe(200)
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
      })
      const nonce = /content="([^"]+)"/.exec(body)?.[1] ?? ''
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it('is at every address a person may type: it says itself where there is no such screen', async () => {
    const { statusCode, headers } = await api.app.inject({ url: '/nowhere/at/all' })
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toContain('text/html')
  })

  it('is nowhere in the API or among the files: what is unknown there stays a problem', async () => {
    for (const url of ['/api', '/api/nowhere', '/assets', '/assets/nowhere.js']) {
      const { statusCode, headers } = await api.app.inject({ url })
      expect(statusCode).toBe(404)
      expect(headers['content-type']).toContain('application/problem+json')
    }
  })
})

it('sends files compressed as the browser takes them, to be kept for ever', async () => {
  const { headers, statusCode } = await api.app.inject({
    url: '/assets/index-1.js',
    headers: { 'accept-encoding': 'gzip, br' },
  })
  expect(statusCode).toBe(200)
  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'application/javascript; charset=utf-8',
  })
  expect((await api.app.inject({ url: '/assets/index-1.js' })).body).toBe(SCRIPT)
})

describe('before anybody signs in', () => {
  it('tells the users of a demonstration, of a sandbox alone', async () => {
    expect((await api.app.inject({ url: '/api/welcome' })).json()).toEqual({
      log: { kind: 'sandbox', name: 'essai' },
      demonstration,
    })
    const real = await testApi({}, { demonstration, log: { kind: 'production', name: 'vrai' } })
    expect((await real.app.inject({ url: '/api/welcome' })).json()).toEqual({
      log: { kind: 'production', name: 'vrai' },
    })
    await real.app.close()
  })
})
