import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityProvider } from '../../cli/identity-provider.ts'
import { Failure } from '../../cli/failure.ts'

let folder: string
let secret: string
const file = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name)
  writeFileSync(path, text, { mode })
  return path
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grandlivre-oidc-'))
  secret = file('secret', 'between us\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

const whole = () => ({
  oidcIssuer: 'https://identity.example.org',
  oidcClientId: 'grandlivre',
  oidcSecretFile: secret,
})

describe('the identity provider', () => {
  it('is none where nothing of it is given', () => {
    expect(identityProvider({}, {})).toBeUndefined()
    expect(identityProvider({ oidcCreateUsers: true }, { GRANDLIVRE_OIDC_ISSUER: '' })).toBeUndefined()
  })

  it('is read from options, and from the environment where they are silent', () => {
    const groups = file('groups.json', '{"Compta":[{"role":"accountant","entityId":"all"}]}')
    const environment = {
      GRANDLIVRE_OIDC_ISSUER: 'http://127.0.0.1:4000',
      GRANDLIVRE_OIDC_CLIENT_ID: 'books',
      GRANDLIVRE_OIDC_SECRET_FILE: secret,
      GRANDLIVRE_OIDC_GROUPS: groups,
      GRANDLIVRE_OIDC_CREATE_USERS: 'true',
    }
    expect(identityProvider({ oidcIssuer: 'https://identity.example.org' }, environment)?.settings).toEqual({
      issuer: 'https://identity.example.org',
      clientId: 'books',
      clientSecret: 'between us',
      groups: { Compta: [{ role: 'accountant', entityId: 'all' }] },
      createsUsers: true,
    })
    expect(identityProvider(whole(), {})?.settings).toMatchObject({ groups: {}, createsUsers: false })
  })

  it.each([
    [
      'a part of it alone',
      () => ({ oidcIssuer: 'https://a.example' }),
      'OIDC_INCOMPLETE',
      '--oidc-client-id',
    ],
    [
      'an address in clear',
      () => ({ ...whole(), oidcIssuer: 'http://a.example' }),
      'OIDC_ISSUER_INVALID',
      'http://a.example',
    ],
    ['no address', () => ({ ...whole(), oidcIssuer: 'identity' }), 'OIDC_ISSUER_INVALID', 'identity'],
    ['no file', () => ({ ...whole(), oidcSecretFile: join(folder, 'none') }), 'OIDC_FILE_UNREADABLE', 'none'],
    [
      'an open secret',
      () => ({ ...whole(), oidcSecretFile: file('open', 'x', 0o644) }),
      'OIDC_SECRET_OPEN',
      '600',
    ],
    [
      'an empty secret',
      () => ({ ...whole(), oidcSecretFile: file('empty', ' \n') }),
      'OIDC_SECRET_EMPTY',
      'empty',
    ],
    [
      'groups of no JSON',
      () => ({ ...whole(), oidcGroups: file('bad.json', 'x') }),
      'OIDC_GROUPS_INVALID',
      'bad.json',
    ],
    [
      'a role that is none',
      () => ({ ...whole(), oidcGroups: file('roles.json', '{"A":[{"role":"king","entityId":"all"}]}') }),
      'OIDC_GROUPS_INVALID',
      'roles.json',
    ],
  ])('is refused with %s, in one sentence', (_, options, code, named) => {
    const refused = (() => {
      try {
        return identityProvider(options(), {})
      } catch (error) {
        return error
      }
    })()
    expect(refused).toBeInstanceOf(Failure)
    expect(refused).toMatchObject({ code, exitCode: 2 })
    const { fr, en } = (refused as Failure).sentence
    for (const sentence of [fr, en]) expect(sentence).toContain(named)
    expect(fr).not.toBe(en)
  })
})
