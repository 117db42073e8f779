import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCommandHandler } from '../../commands/handler.ts'
import { uuidv5 } from '../../event-store/uuid.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { commandHarness, everywhere, EVERYBODY } from '../support/command-harness.ts'
import type { CommandHarness } from '../support/command-harness.ts'
import { price, testContext } from './support/test-commands.ts'

const ENTITY = '01900000-0000-7000-8000-0000000000e1'
const OTHER_ENTITY = '01900000-0000-7000-8000-0000000000e2'
const ANNE = '01900000-0000-7000-8000-0000000000a1'
const BENOIT = '01900000-0000-7000-8000-0000000000b1'

let harness: CommandHarness
beforeEach(async () => {
  harness = await commandHarness([testContext])
})
afterEach(() => harness.stop())

const product = () => randomUUID()
const logged = () => harness.store.events.length

describe('what comes in', () => {
  it('answers with the events and their place', async () => {
    const productId = product()
    const outcome = await harness.done('test.setPrice', { productId, unitPrice: 5 })
    const [event] = await harness.events(`product-${productId}`)
    expect(outcome.events).toEqual([
      { id: event?.id, type: 'commerce.ProductPriceChanged', stream: `product-${productId}`, revision: 0 },
    ])
    expect(outcome.position).toBe(event?.position)
  })

  it('says of every bad field where it is and what is expected, and adds nothing', async () => {
    const before = logged()
    const outcome = await harness.send('test.setPrice', {
      productId: 'Anne Martin',
      unitPrice: -1,
      colour: 'red',
    })
    expect(outcome.kind).toBe('invalid')
    const issues = outcome.kind === 'invalid' ? outcome.issues : []
    expect(issues.map(i => i.field)).toEqual(['productId', 'unitPrice', 'colour'])
    expect(issues[1]).toMatchObject({
      expected: { fr: 'au moins 0', en: 'at least 0' },
      en: 'Field "unitPrice": expected at least 0.',
    })
    expect(JSON.stringify(issues)).not.toContain('Anne Martin')
    expect(logged()).toBe(before)
  })

  it('PROTOCOL 13: wants a key, for a preview none', async () => {
    const input = { productId: product(), unitPrice: 5 }
    const missing = await harness.send('test.setPrice', input, { key: undefined })
    expect(missing).toMatchObject({ kind: 'invalid', issues: [{ field: 'Idempotency-Key' }] })
    expect(await harness.send('test.setPrice', input, { key: undefined, dryRun: true })).toMatchObject({
      kind: 'preview',
    })
  })

  it('PROTOCOL 7: an amount above its bound is an issue of its field', async () => {
    const outcome = await harness.send('test.setPrice', { productId: product(), unitPrice: 10 ** 14 + 1 })
    expect(outcome).toMatchObject({
      kind: 'invalid',
      issues: [{ field: 'unitPrice', expected: { en: `at most ${10 ** 14}` } }],
    })
  })

  it('knows no command of another name', async () => {
    expect(await harness.send('test.nothing', {})).toMatchObject({ kind: 'unknownCommand' })
  })
})

describe('rights', () => {
  const lockInput = { entityId: ENTITY, period: '2026-11', journal: 'VE' }

  it('hold in the entity they were granted in', async () => {
    const as = { userId: ANNE, grants: [{ role: 'accountant' as const, entityId: OTHER_ENTITY }] }
    expect(await harness.send('test.lock', lockInput, { as })).toMatchObject({ kind: 'forbidden' })
    const here = { userId: ANNE, grants: [{ role: 'accountant' as const, entityId: ENTITY }] }
    await harness.done('test.lock', lockInput, { as: here })
    const [event] = await harness.events(`period-${ENTITY}.2026-11`)
    expect(event?.metadata.permission).toBe(`accountant@${ENTITY}`)
  })

  it('of a role that may not are refused before anything is read, and counted', async () => {
    const as = { userId: ANNE, grants: everywhere('auditor', 'sales') }
    expect(await harness.send('test.lock', lockInput, { as })).toMatchObject({ kind: 'forbidden' })
    expect(harness.refused).toMatchObject([{ actor: ANNE, command: 'test.lock', code: 'FORBIDDEN' }])
  })

  it('of a system actor are not given by roles', async () => {
    const input = { productId: product(), unitPrice: 5 }
    expect(await harness.send('test.completed', input)).toMatchObject({ kind: 'forbidden' })
    const as = { userId: SYSTEM_ACTORS.reactions, grants: [] }
    await harness.done('test.completed', input, { as })
    const [event] = await harness.events(`product-${input.productId}`)
    expect(event?.metadata.inputHash).toBeUndefined()
  })

  it('who locked does not unlock, whatever the roles; the newest lock counts', async () => {
    const anne = { userId: ANNE, grants: everywhere('accountant') }
    const benoit = { userId: BENOIT, grants: everywhere('accountant') }
    await harness.done('test.lock', lockInput, { as: anne })
    expect(await harness.send('test.unlock', lockInput, { as: anne })).toMatchObject({
      kind: 'forbidden',
      duty: { en: 'Who locked does not unlock.' },
    })
    expect(harness.refused).toMatchObject([
      { code: 'SEPARATION_OF_DUTIES', subject: `period-${ENTITY}.2026-11` },
    ])
    await harness.done('test.unlock', lockInput, { as: benoit })
    await harness.done('test.lock', lockInput, { as: benoit })
    await harness.done('test.unlock', lockInput, { as: anne })
  })
})

describe('once', () => {
  it('PROTOCOL 3: the command id is made of actor and key', async () => {
    const productId = product()
    await harness.done('test.setPrice', { productId, unitPrice: 5 }, { key: 'k' })
    const [event] = await harness.events(`product-${productId}`)
    expect(event?.metadata.commandId).toBe(uuidv5(EVERYBODY, 'k'))
  })

  it('PROTOCOL 13: the same key and input gets the first outcome', async () => {
    const productId = product()
    const first = await harness.done('test.raisePrice', { productId }, { key: 'k' })
    const before = logged()
    expect(await harness.done('test.raisePrice', { productId }, { key: 'k' })).toEqual(first)
    expect(logged()).toBe(before)
  })

  it('PROTOCOL 13: the same key with other input is a named conflict, on the same stream and on another', async () => {
    const productId = product()
    await harness.done('test.setPrice', { productId, unitPrice: 5 }, { key: 'k' })
    const before = logged()
    const again = (input: unknown) => harness.send('test.setPrice', input, { key: 'k' })
    expect(await again({ productId, unitPrice: 6 })).toMatchObject({ kind: 'keyConflict' })
    expect(await again({ productId: product(), unitPrice: 5 })).toMatchObject({ kind: 'keyConflict' })
    expect(await harness.send('test.raisePrice', { productId }, { key: 'k' })).toMatchObject({
      kind: 'keyConflict',
    })
    expect(logged()).toBe(before)
  })

  it('PROTOCOL 13: another actor has other keys', async () => {
    const productId = product()
    await harness.done('test.raisePrice', { productId }, { key: 'k' })
    await harness.done(
      'test.raisePrice',
      { productId },
      { key: 'k', as: { userId: ANNE, grants: everywhere('sales') } },
    )
    expect(await harness.events(`product-${productId}`)).toHaveLength(2)
  })

  it('PROTOCOL 13: 64 of the same command at once have one effect and one answer', async () => {
    const productId = product()
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, () => harness.done('test.raisePrice', { productId }, { key: 'k' })),
    )
    expect(new Set(outcomes.map(o => JSON.stringify(o))).size).toBe(1)
    expect(await harness.events(`product-${productId}`)).toHaveLength(1)
  })

  it('PROTOCOL 13: a refusal binds its key, and nothing-to-do does', async () => {
    const productId = product()
    const rejection = await harness.rejection('test.setPrice', { productId, unitPrice: 13 }, { key: 'r' })
    expect(await harness.rejection('test.setPrice', { productId, unitPrice: 13 }, { key: 'r' })).toEqual(
      rejection,
    )
    expect(await harness.send('test.setPrice', { productId, unitPrice: 5 }, { key: 'r' })).toMatchObject({
      kind: 'keyConflict',
    })
    await harness.done('test.setPrice', { productId, unitPrice: 5 })
    expect(await harness.send('test.setPrice', { productId, unitPrice: 5 }, { key: 'n' })).toEqual({
      kind: 'nothing',
    })
    await harness.done('test.setPrice', { productId, unitPrice: 6 })
    expect(await harness.send('test.setPrice', { productId, unitPrice: 5 }, { key: 'n' })).toEqual({
      kind: 'nothing',
    })
  })

  it('PROTOCOL 13: what took effect stays its outcome when it would be refused today', async () => {
    const productId = product()
    const as = { userId: ANNE, grants: everywhere('sales') }
    const first = await harness.done('test.setPrice', { productId, unitPrice: 5 }, { key: 'k', as })
    await harness.done('test.setPrice', { productId, unitPrice: 6 })
    expect(await harness.done('test.setPrice', { productId, unitPrice: 5 }, { key: 'k', as })).toEqual(first)
  })

  it('PROTOCOL 4: an answer lost on the way is not a second effect', async () => {
    const productId = product()
    harness.store.loseNextAnswer()
    await harness.done('test.raisePrice', { productId }, { key: 'k' })
    expect(await harness.events(`product-${productId}`)).toHaveLength(1)
  })
})

describe('concurrency', () => {
  it('PROTOCOL 28: what must follow outside the log follows when the command is sent again after a crash', async () => {
    const followed: string[][] = []
    const handler = createCommandHandler({
      ...harness.deps,
      onRecorded: events => {
        followed.push(events.map(event => event.type))
        return followed.length === 1 ? Promise.reject(new Error('killed')) : Promise.resolve()
      },
    })
    const actor = { userId: EVERYBODY, grants: everywhere('sales') }
    const request = { name: 'test.raisePrice', input: { productId: product() }, key: 'k', actor } as const
    await expect(handler.handle({ ...request, origin: 'api' })).rejects.toThrow('killed')
    expect(await handler.handle({ ...request, origin: 'api' })).toMatchObject({ kind: 'done' })
    expect(followed).toEqual([['commerce.ProductPriceChanged'], ['commerce.ProductPriceChanged']])
  })

  it('decides again on what others appended, and loses none of 64', async () => {
    const productId = product()
    await Promise.all(Array.from({ length: 64 }, () => harness.done('test.raisePrice', { productId })))
    const events = await harness.events(`product-${productId}`)
    expect(events.map(e => (e.data as { unitPrice: bigint }).unitPrice)).toEqual(
      Array.from({ length: 64 }, (_, i) => BigInt(i + 1)),
    )
  })

  it('tells a caller whose revision is stale, also when the state remembered here is', async () => {
    const productId = product()
    await harness.done('test.raisePrice', { productId }, { expectedRevision: -1 })
    await harness.done('test.raisePrice', { productId }, { expectedRevision: 0 })
    expect(await harness.send('test.raisePrice', { productId }, { expectedRevision: 0 })).toMatchObject({
      kind: 'conflict',
      reason: 'staleRevision',
    })
    expect(await harness.send('test.raisePrice', { productId }, { expectedRevision: 7 })).toMatchObject({
      kind: 'conflict',
    })
    expect(await harness.events(`product-${productId}`)).toHaveLength(2)
  })
})

describe('steps', () => {
  const input = () => ({ code: 'CHAI', productId: product(), unitPrice: 5 })

  it('PROTOCOL 16: the claim comes first and names command and owner', async () => {
    const one = input()
    const outcome = await harness.done('test.claimCode', one, { key: 'k' })
    expect(outcome.events.map(e => e.type)).toEqual([
      'organisation.KeyClaimed',
      'commerce.ProductPriceChanged',
    ])
    const [claim] = await harness.events(outcome.events[0]!.stream)
    expect(claim?.data).toMatchObject({
      ownerStream: `product-${one.productId}`,
      commandId: uuidv5(EVERYBODY, 'k'),
    })
    expect(outcome.events[0]!.stream).not.toContain('CHAI')
  })

  it('PROTOCOL 16: what a later step refuses leaves no claim behind', async () => {
    const before = logged()
    await harness.rejection('test.claimCode', { ...input(), unitPrice: 13 })
    expect(logged()).toBe(before)
    await harness.done('test.claimCode', input())
  })

  it('PROTOCOL 16: a command that stopped behind its claim goes on from the claim', async () => {
    const one = input()
    const append = harness.store.append.bind(harness.store)
    harness.store.append = (stream, ...rest) =>
      stream.startsWith('product-')
        ? Promise.reject(new Error('the process is killed here'))
        : append(stream, ...rest)
    await expect(harness.send('test.claimCode', one, { key: 'k' })).rejects.toThrow('killed')
    harness.store.append = append
    const other = await harness.send('test.claimCode', input())
    expect(other).toMatchObject({ kind: 'refused', rejection: { code: 'KEY_TAKEN' } })
    const outcome = await harness.done('test.claimCode', one, { key: 'k' })
    expect(outcome.events.map(e => e.revision)).toEqual([0, 0])
    expect(await harness.done('test.claimCode', one, { key: 'k' })).toEqual(outcome)
  })
})

describe('a preview', () => {
  it('says what would be recorded, in stored form, and records nothing', async () => {
    const before = logged()
    const productId = product()
    expect(await harness.send('test.setPrice', { productId, unitPrice: 5 }, { dryRun: true })).toEqual({
      kind: 'preview',
      events: [
        {
          type: 'commerce.ProductPriceChanged',
          stream: `product-${productId}`,
          revision: 0,
          data: { productId, unitPrice: 5, currency: 'EUR' },
        },
      ],
    })
    expect(await harness.send('test.setPrice', { productId, unitPrice: 13 }, { dryRun: true })).toMatchObject(
      {
        kind: 'refused',
        sentence: { en: '13 is unlucky.' },
      },
    )
    expect(logged()).toBe(before)
    expect(harness.refused).toEqual([])
  })

  it('binds no key', async () => {
    const productId = product()
    await harness.send('test.setPrice', { productId, unitPrice: 13 }, { key: 'k', dryRun: true })
    await harness.done('test.setPrice', { productId, unitPrice: 5 }, { key: 'k' })
  })
})

describe('what is remembered of streams', () => {
  it('holds no clear text of a person', async () => {
    const userId = randomUUID()
    await harness.done('test.registerUser', { userId, login: 'anne', name: 'Anne Martin' })
    const { aggregate } = testUser()
    const { state } = await harness.deps.streams.read(aggregate, userId)
    expect(JSON.stringify(state)).not.toContain('Anne')
    expect(JSON.stringify(state)).toContain('$protected')
  })

  const testUser = () => {
    const definition = testContext.commands.find(c => c.name === 'test.registerUser')!
    const input = { userId: randomUUID(), login: 'x', name: 'x' }
    const [first] = definition.steps(input as never, undefined as never, undefined as never)
    if (typeof first !== 'object') throw new Error('a step was expected')
    return first
  }

  it('is dropped when another process appends', async () => {
    const productId = product()
    await harness.done('test.raisePrice', { productId })
    const { deps } = harness
    const before = await deps.streams.read(price, productId)
    // Appended behind the back of this process's memory.
    await deps.log.append({
      stream: `product-${productId}`,
      expected: before.expected,
      events: [
        { type: 'commerce.ProductPriceChanged', data: { productId, unitPrice: 100n, currency: 'EUR' } },
      ],
      context: {
        commandId: randomUUID(),
        actor: ANNE,
        origin: 'api',
        correlationId: randomUUID(),
        recordedAt: deps.now(),
      },
    })
    expect((await deps.streams.read(price, productId)).revision).toBe(0)
    for (const event of harness.store.events) deps.streams.observe(event)
    expect((await deps.streams.read(price, productId)).revision).toBe(1)
    await harness.done('test.raisePrice', { productId })
    expect((await deps.streams.read(price, productId)).state).toMatchObject({ unitPrice: 101n })
  })
})
