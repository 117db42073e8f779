import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCommandHandler } from '../../../commands/handler.ts'
import type { PersonalKey } from '../../../domain/organisation/person.ts'
import { EVERYBODY, everywhere, type CommandHarness } from '../../support/command-harness.ts'
import { emptyBusiness, entityId, unknown } from '../commerce/business.ts'

let house: CommandHarness
const userId = '01932f0c-0000-7000-8000-000000000031'
const nancy = { userId, kind: 'human', login: 'nancy@example.org', name: 'Nancy Davolio' }
const sales = { role: 'sales', entityId } as const
const here = { userId: unknown, grants: [{ role: 'administrator', entityId } as const] }
const herself = { userId, grants: [{ role: 'auditor', entityId: 'all' } as const] }

beforeEach(async () => {
  house = await emptyBusiness()
  await house.done('organisation.registerUser', { ...nancy, grants: [sales] })
})
afterEach(() => house.stop())

const events = async () => house.events(`user-${userId}`)

describe('a user', () => {
  it('is registered behind the claim on the login, name and login protected', async () => {
    const [registered] = await events()
    const hidden = { $protected: expect.any(String) as string }
    expect(registered?.data).toStrictEqual({
      userId,
      kind: 'human',
      person: { personId: userId, login: hidden, name: hidden },
      grants: [sales],
    })
    expect(
      await house.rejection('organisation.registerUser', {
        ...nancy,
        userId: unknown,
        login: 'Nancy@Example.org',
        grants: [],
      }),
    ).toStrictEqual({ code: 'KEY_TAKEN', kind: 'login', ownerStream: `user-${userId}` })
  })

  it('is registered again exactly as he was, or refused by name: no login is claimed for nobody', async () => {
    expect(await house.send('organisation.registerUser', { ...nancy, grants: [sales] })).toStrictEqual({
      kind: 'nothing',
    })
    for (const other of [{ login: 'n.davolio' }, { name: 'Nancy D.' }, { grants: [] }, { kind: 'program' }])
      expect(
        await house.rejection('organisation.registerUser', { ...nancy, grants: [sales], ...other }),
      ).toStrictEqual({ code: 'USER_EXISTS', userId })
    await house.done('organisation.registerUser', {
      ...nancy,
      userId: unknown,
      login: 'n.davolio',
      grants: [],
    })
  })

  it('sets a password and revokes tokens without any role, but nobody else’s', async () => {
    const credential = { userId, credentialId: unknown }
    await house.done('organisation.setPassword', credential, { as: herself })
    const token = { userId, tokenId: unknown, label: 'export', expiresAt: '2027-01-01T00:00:00.000Z' }
    await house.done('organisation.issueToken', token)
    await house.done('organisation.revokeToken', { userId, tokenId: unknown }, { as: herself })
    expect(await house.send('organisation.issueToken', token, { as: herself })).toMatchObject({
      kind: 'forbidden',
    })
    const somebody = { userId: EVERYBODY, grants: everywhere('sales') }
    expect(await house.send('organisation.setPassword', credential, { as: somebody })).toMatchObject({
      kind: 'forbidden',
    })
    expect((await events()).map(event => event.metadata.permission)).toStrictEqual([
      'administrator@all',
      'own@all',
      'administrator@all',
      'own@all',
    ])
  })

  it('gets rights from who administers there, and nowhere else', async () => {
    await house.done(
      'organisation.changeGrants',
      { userId, grants: [sales, { role: 'billing', entityId }] },
      { as: here },
    )
    for (const beyond of [
      { role: 'administrator', entityId: 'all' },
      { role: 'sales', entityId: unknown },
    ])
      expect(
        await house.rejection(
          'organisation.changeGrants',
          { userId, grants: [sales, { role: 'billing', entityId }, beyond] },
          { as: here },
        ),
      ).toStrictEqual({ code: 'GRANT_BEYOND_OWN', ...beyond })
  })

  it('loses rights only where the other administers', async () => {
    await house.done('organisation.changeGrants', { userId, grants: [{ role: 'sales', entityId: unknown }] })
    expect(
      await house.rejection('organisation.changeGrants', { userId, grants: [] }, { as: here }),
    ).toStrictEqual({ code: 'GRANT_BEYOND_OWN', role: 'sales', entityId: unknown })
  })

  it('has an account that is kept only by who administers wherever he has rights', async () => {
    await house.done('organisation.changeGrants', {
      userId,
      grants: [sales, { role: 'administrator', entityId: 'all' }],
    })
    const token = { userId, tokenId: unknown, label: 'export', expiresAt: '2027-01-01T00:00:00.000Z' }
    for (const [name, input] of [
      ['organisation.setPassword', { userId, credentialId: unknown }],
      ['organisation.issueToken', token],
      ['organisation.revokeToken', { userId, tokenId: unknown }],
      ['organisation.userLeaves', { userId, leftOn: '2026-11-22' }],
    ] as const)
      expect(await house.rejection(name, input, { as: here })).toStrictEqual({
        code: 'USER_BEYOND_OWN',
        role: 'administrator',
        entityId: 'all',
      })
  })

  it('does not change his own rights, nor leave by himself', async () => {
    const administrator = { userId, grants: everywhere('administrator') }
    expect(
      await house.rejection('organisation.changeGrants', { userId, grants: [] }, { as: administrator }),
    ).toStrictEqual({ code: 'OWN_GRANTS' })
    expect(
      await house.rejection(
        'organisation.userLeaves',
        { userId, leftOn: '2026-11-22' },
        { as: administrator },
      ),
    ).toStrictEqual({ code: 'OWN_DEPARTURE' })
  })
})

describe('a person', () => {
  const key: PersonalKey = {
    keyId: '01932f0c-0000-7000-8000-0000000000f1',
    purpose: 'account',
    lastUsedAt: '2015-01-05T10:00:00.000Z',
  }
  const erase = (purposes: string[]) =>
    createCommandHandler({ ...house.deps, personalKeys: () => Promise.resolve([key]) }).handle({
      name: 'organisation.erasePerson',
      input: { personId: userId, purposes, explanation: 'asked for by letter' },
      key: `erase-${purposes.join('-')}`,
      origin: 'api',
      actor: { userId: EVERYBODY, grants: everywhere('administrator') },
    })

  it('PROTOCOL 28: is forgotten when the retention is over, and told until when it is not', async () => {
    expect(await erase(['account'])).toMatchObject({
      kind: 'refused',
      rejection: { code: 'PERSON_STILL_USER' },
    })
    await house.done('organisation.userLeaves', { userId, leftOn: '2020-11-22' })
    await house.done('organisation.recordPersonalDataExport', {
      personId: userId,
      purposes: ['account'],
      recipient: 'the works council',
      what: 'list of users',
    })
    expect(await erase(['account', 'contract'])).toMatchObject({ kind: 'done' })
    const [, erased] = await house.events(`person-${userId}`)
    expect(erased?.data).toStrictEqual({
      personId: userId,
      keyIds: [key.keyId],
      purposes: ['account'],
      kept: [],
      copies: [{ recipient: 'the works council', what: 'list of users' }],
      explanation: 'asked for by letter',
    })
  })

  it('PROTOCOL 28: keeps what the law wants kept', async () => {
    await house.done('organisation.userLeaves', { userId, leftOn: '2024-11-22' })
    expect(await erase(['account'])).toMatchObject({
      kind: 'refused',
      rejection: { code: 'RETENTION_NOT_OVER', kept: [{ purpose: 'account', until: '2030-11-22' }] },
    })
  })
})
