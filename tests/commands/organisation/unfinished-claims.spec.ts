import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SYSTEM_ACTORS } from '../../../commands/system-actors.ts'
import { identityPart, keyId, keyText } from '../../../domain/organisation/unique-key.ts'
import type { KeyKind } from '../../../domain/organisation/claim.events.ts'
import { createCommandHandler } from '../../../commands/handler.ts'
import { dyingBefore, everywhere } from '../../support/command-harness.ts'
import type { CommandHarness } from '../../support/command-harness.ts'
import {
  business,
  customer,
  customerId,
  entityId,
  legalEntity,
  order,
  product,
  unknown,
} from '../commerce/business.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await business()
})
afterEach(() => house.stop())

const reactions = { as: { userId: SYSTEM_ACTORS.reactions, grants: [] } }
const digestOf = (kind: KeyKind, ...parts: string[]) => house.deps.hmac('uniqueKey', keyText(kind, ...parts))
const typesOf = async (stream: string) => (await house.events(stream)).map(event => event.type)

/** A claim as a command leaves it that was cut off behind its first step. */
const claimAlone = async (kind: KeyKind, digest: string, ownerStream: string) => {
  await house.log.append({
    stream: `uniqueKey-${keyId(kind, digest)}`,
    expected: 'noStream',
    events: [{ type: 'organisation.KeyClaimed', data: { kind, ownerStream, commandId: unknown } }],
    context: {
      commandId: unknown,
      actor: unknown,
      origin: 'api',
      correlationId: unknown,
      recordedAt: house.deps.now(),
    },
  })
}

const user = { userId: unknown, kind: 'human', login: 'nancy', name: 'Nancy', grants: [] }

describe('PROTOCOL 16: a claim whose command was cut off', () => {
  it.each([
    {
      kind: 'customerCode',
      parts: ['LATE'],
      category: 'customer',
      ended: 'commerce.CustomerRegistrationAbandoned',
      paused: 'commerce.registerCustomer',
      input: { ...customer, customerId: unknown, code: 'LATE' },
      refusal: 'CUSTOMER_ABANDONED',
    },
    {
      kind: 'productCode',
      parts: ['LATE'],
      category: 'product',
      ended: 'commerce.ProductRegistrationAbandoned',
      paused: 'commerce.registerProduct',
      input: { ...product, productId: unknown, code: 'LATE' },
      refusal: 'PRODUCT_ABANDONED',
    },
    {
      kind: 'orderNumber',
      parts: [entityId, 'LATE'],
      category: 'order',
      ended: 'commerce.OrderPlacementAbandoned',
      paused: 'commerce.placeOrder',
      input: { ...order, orderId: unknown, number: 'LATE' },
      refusal: 'ORDER_ABANDONED',
    },
    {
      kind: 'legalEntityCode',
      parts: ['LATE'],
      category: 'legalEntity',
      ended: 'organisation.LegalEntityRegistrationAbandoned',
      paused: 'organisation.registerLegalEntity',
      input: { ...legalEntity, entityId: unknown, code: 'LATE' },
      refusal: 'LEGAL_ENTITY_ABANDONED',
    },
    {
      kind: 'login',
      parts: ['nancy'],
      category: 'user',
      ended: 'organisation.UserRegistrationAbandoned',
      paused: 'organisation.registerUser',
      input: user,
      refusal: 'USER_ABANDONED',
    },
  ] as const)(
    'of $kind: ends the owner first, then frees the key; the paused command adds nothing',
    async ({ kind, parts, category, ended, paused, input, refusal }) => {
      const digest = digestOf(kind, ...parts)
      await claimAlone(kind, digest, `${category}-${unknown}`)
      const outcome = await house.done('organisation.endUnfinishedClaim', { kind, digest }, reactions)
      expect(outcome.events.map(event => event.type)).toStrictEqual([ended, 'organisation.KeyReleased'])
      expect(await house.rejection(paused, input)).toStrictEqual({ code: refusal })
      expect(await typesOf(`uniqueKey-${keyId(kind, digest)}`)).toStrictEqual([
        'organisation.KeyClaimed',
        'organisation.KeyReleased',
      ])
    },
  )

  it('of an identity ends the registration that never came', async () => {
    const digest = digestOf('identity', 'any')
    await claimAlone('identity', digest, `user-${unknown}`)
    await house.done('organisation.endUnfinishedClaim', { kind: 'identity', digest }, reactions)
    expect(await typesOf(`user-${unknown}`)).toStrictEqual(['organisation.UserRegistrationAbandoned'])
  })

  it('of a bank reference ends the receipt that never came', async () => {
    const digest = digestOf('bankReference', 'any')
    await claimAlone('bankReference', digest, `payment-${unknown}`)
    await house.done('organisation.endUnfinishedClaim', { kind: 'bankReference', digest }, reactions)
    expect(await typesOf(`payment-${unknown}`)).toStrictEqual(['invoicing.PaymentReceiptAbandoned'])
  })

  it('is not ended where the owner came and holds the key', async () => {
    await house.done('organisation.registerUser', user)
    for (const [kind, digest, ownerStream] of [
      ['customerCode', digestOf('customerCode', 'VINET'), `customer-${customerId}`],
      ['login', digestOf('login', 'nancy'), `user-${unknown}`],
    ])
      expect(
        await house.rejection('organisation.endUnfinishedClaim', { kind, digest }, reactions),
      ).toStrictEqual({ code: 'KEY_IN_USE', kind, ownerStream })
  })

  it('frees a login that another command took for the same person; the one in use stays taken', async () => {
    const digest = digestOf('login', 'anne')
    await claimAlone('login', digest, `user-${unknown}`)
    await house.done('organisation.registerUser', user)
    await house.done('organisation.endUnfinishedClaim', { kind: 'login', digest }, reactions)
    expect(await typesOf(`user-${unknown}`)).toStrictEqual(['organisation.UserRegistered'])
    expect(await house.rejection('organisation.registerUser', { ...user, userId: customerId })).toMatchObject(
      { code: 'KEY_TAKEN' },
    )
    await house.done('organisation.registerUser', { ...user, userId: customerId, login: 'anne' })
  })

  it('keeps a login whose owner came by another command than the one that claimed it', async () => {
    const digest = digestOf('login', 'nancy')
    await claimAlone('login', digest, `user-${unknown}`)
    await house.done('organisation.registerUser', user)
    expect(
      await house.rejection('organisation.endUnfinishedClaim', { kind: 'login', digest }, reactions),
    ).toMatchObject({ code: 'KEY_IN_USE' })
  })

  it('frees alone a key that its owner took and never used: he lives on under another', async () => {
    const digest = digestOf('customerCode', 'OTHER')
    await claimAlone('customerCode', digest, `customer-${customerId}`)
    await house.done('organisation.endUnfinishedClaim', { kind: 'customerCode', digest }, reactions)
    expect(await typesOf(`customer-${customerId}`)).toStrictEqual(['commerce.CustomerRegistered'])
    await house.done('commerce.registerCustomer', { ...customer, customerId: unknown, code: 'OTHER' })
  })

  describe('of an identity of an account that is there', () => {
    const issuer = 'https://identity.example.org'
    const own = { as: { userId: unknown, grants: [] } }
    const linking = (subject: string) => ({ userId: unknown, issuer, subject })
    const digestOfSubject = (subject: string) => digestOf('identity', identityPart(issuer, subject))
    const end = (subject: string) =>
      house.send(
        'organisation.endUnfinishedClaim',
        { kind: 'identity', digest: digestOfSubject(subject) },
        reactions,
      )
    const ofKey = (subject: string) => typesOf(`uniqueKey-${keyId('identity', digestOfSubject(subject))}`)
    const claimedAndReleased = ['organisation.KeyClaimed', 'organisation.KeyReleased']
    const ofUser = () => typesOf(`user-${unknown}`)

    beforeEach(async () => {
      await house.done('organisation.registerUser', user)
    })

    it('gives the link up first, then frees the key; the account lives on', async () => {
      await claimAlone('identity', digestOfSubject('f:42'), `user-${unknown}`)
      expect((await end('f:42')).kind).toBe('done')
      expect(await ofUser()).toStrictEqual([
        'organisation.UserRegistered',
        'organisation.UserIdentityLinkAbandoned',
      ])
      expect(await ofKey('f:42')).toStrictEqual(claimedAndReleased)
      await house.done('organisation.linkIdentity', linking('f:42'), own)
    })

    it('is given up beside another one that was linked', async () => {
      await claimAlone('identity', digestOfSubject('f:7'), `user-${unknown}`)
      await house.done('organisation.linkIdentity', linking('f:42'), own)
      expect((await end('f:7')).kind).toBe('done')
      expect(await ofKey('f:7')).toStrictEqual(claimedAndReleased)
      expect(await end('f:42')).toMatchObject({ kind: 'refused', rejection: { code: 'KEY_IN_USE' } })
    })

    it('is kept where another command linked it than the one that claimed', async () => {
      await claimAlone('identity', digestOfSubject('f:42'), `user-${unknown}`)
      await house.done('organisation.linkIdentity', linking('f:42'), own)
      expect(await ofKey('f:42')).toStrictEqual(['organisation.KeyClaimed'])
      expect(await end('f:42')).toMatchObject({ kind: 'refused', rejection: { code: 'KEY_IN_USE' } })
    })

    it('links nothing any more when the command that was paused goes on', async () => {
      const dying = createCommandHandler({ ...house.deps, log: dyingBefore(house.log, 'user-') })
      const command = {
        name: 'organisation.linkIdentity',
        input: linking('f:42'),
        key: 'paused',
        origin: 'api',
        actor: own.as,
      } as const
      await expect(dying.handle(command)).rejects.toThrow('the program died')
      expect(await ofKey('f:42')).toStrictEqual(['organisation.KeyClaimed'])
      expect((await end('f:42')).kind).toBe('done')
      expect(await house.handler.handle(command)).toMatchObject({
        kind: 'refused',
        rejection: { code: 'IDENTITY_LINK_ENDED' },
      })
      expect(await ofKey('f:42')).toStrictEqual(claimedAndReleased)
    })

    it('is unlinked, and free for another account', async () => {
      await house.done('organisation.linkIdentity', linking('f:42'), own)
      expect(await house.rejection('organisation.unlinkIdentity', { userId: unknown }, own)).toStrictEqual({
        code: 'ONLY_SIGN_IN',
      })
      await house.done('organisation.unlinkIdentity', { userId: unknown })
      expect((await ofUser()).at(-1)).toBe('organisation.UserIdentityUnlinked')
      expect(await ofKey('f:42')).toStrictEqual(claimedAndReleased)
      expect((await house.send('organisation.unlinkIdentity', { userId: unknown })).kind).toBe('nothing')
      await house.done('organisation.registerUser', { ...user, userId: customerId, login: 'anne' })
      await house.done(
        'organisation.linkIdentity',
        { ...linking('f:42'), userId: customerId },
        { as: { userId: customerId, grants: [] } },
      )
    })

    it('is unlinked by administrators of all that its holder has rights in', async () => {
      await house.done('organisation.changeGrants', {
        userId: unknown,
        grants: [{ role: 'sales', entityId: 'all' }],
      })
      await house.done('organisation.linkIdentity', linking('f:42'), own)
      const here = {
        as: { userId: customerId, grants: [{ role: 'administrator', entityId }] },
      } as const
      expect(await house.rejection('organisation.unlinkIdentity', { userId: unknown }, here)).toMatchObject({
        code: 'USER_BEYOND_OWN',
      })
    })

    it('is not linked again while its end is under way; what was cut off there is freed as well', async () => {
      await house.done('organisation.linkIdentity', linking('f:42'), own)
      const dying = createCommandHandler({ ...house.deps, log: dyingBefore(house.log, 'uniqueKey-') })
      const unlinking = {
        name: 'organisation.unlinkIdentity',
        input: { userId: unknown },
        key: 'cut-off',
        origin: 'api',
        actor: { userId: customerId, grants: everywhere('administrator') },
      } as const
      await expect(dying.handle(unlinking)).rejects.toThrow('the program died')
      expect(await ofKey('f:42')).toStrictEqual(['organisation.KeyClaimed'])
      expect(await house.rejection('organisation.linkIdentity', linking('f:42'), own)).toStrictEqual({
        code: 'IDENTITY_LINK_ENDED',
      })
      expect((await end('f:42')).kind).toBe('done')
      expect(await ofKey('f:42')).toStrictEqual(claimedAndReleased)
      await house.done('organisation.linkIdentity', linking('f:42'), own)
    })
  })

  it('is nothing to do where the key is free', async () => {
    const input = { kind: 'customerCode', digest: digestOf('customerCode', 'NOBODY') }
    expect(await house.send('organisation.endUnfinishedClaim', input, reactions)).toStrictEqual({
      kind: 'nothing',
    })
  })

  it('is ended by no person', async () => {
    const input = { kind: 'customerCode', digest: digestOf('customerCode', 'VINET') }
    expect(await house.send('organisation.endUnfinishedClaim', input)).toMatchObject({ kind: 'forbidden' })
  })
})
