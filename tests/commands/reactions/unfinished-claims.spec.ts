import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { unfinishedClaims } from '../../../commands/reactions/unfinished-claims.ts'
import { ReactionStopped } from '../../../commands/reactions/reaction-stopped.ts'
import { hashOf } from '../../../event-store/metadata.ts'
import type { StoredEvent } from '../../../event-store/port.ts'
import { openTestLog } from '../../support/open-log.ts'
import type { OpenedLog } from '../../support/open-log.ts'
import { until } from '../../support/wait.ts'
import {
  customerId,
  deliveredOrder,
  draftedInvoice,
  entityId,
  openBusiness,
  openBusinessProcess,
} from '../support/business.ts'
import type { BusinessProcess, ProcessOptions } from '../support/business.ts'

let opened: OpenedLog
let processes: BusinessProcess[]
let faults: unknown[]

beforeEach(async () => {
  opened = await openTestLog()
  processes = []
  faults = []
})
afterEach(async () => {
  for (const process of processes) await process.close()
  await opened.close()
})

const process = async (options: Partial<ProcessOptions> = {}): Promise<BusinessProcess> => {
  const { databaseUrl, masterKeyFile } = opened
  const one = await openBusinessProcess({
    databaseUrl,
    masterKeyFile,
    reactionsToRun: [unfinishedClaims(0)],
    lookMs: 20,
    onFault: fault => faults.push(fault),
    ...options,
  })
  processes.push(one)
  return one
}

/** A process that dies whenever it would append to a stream of this kind. */
const cutOffBefore = (one: BusinessProcess, category: string): void => {
  const append = one.log.store.append.bind(one.log.store)
  one.log.store.append = (stream, ...rest) =>
    stream.startsWith(category) ? Promise.reject(new Error('killed')) : append(stream, ...rest)
}

const typesOf = async (stream: string): Promise<string[]> =>
  (await opened.log.load(stream)).events.map(e => e.type)

const found = async (matches: (event: StoredEvent) => boolean): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = []
  for await (const batch of opened.store.readAll()) events.push(...batch.events.filter(matches))
  return events
}

it('PROTOCOL 16: a key whose owner never came: the owner is ended first, then the key released', async () => {
  const one = await process({ reactions: false })
  await openBusiness(one)
  const dying = await process({ reactions: false })
  cutOffBefore(dying, 'customer-')
  const orphan = randomUUID()
  const registration = {
    customerId: orphan,
    code: 'LATE',
    party: { kind: 'company', name: 'X', address: { city: 'Y', country: 'FR' } },
    currency: 'EUR',
  }
  await expect(dying.send('commerce.registerCustomer', registration, 'k')).rejects.toThrow('killed')
  await process()
  await until(
    'the key is free',
    async () => (await found(e => e.type === 'organisation.KeyReleased')).length === 1,
  )
  expect(await typesOf(`customer-${orphan}`)).toEqual(['commerce.CustomerRegistrationAbandoned'])
  const [ended] = await found(e => e.type === 'commerce.CustomerRegistrationAbandoned')
  const [released] = await found(e => e.type === 'organisation.KeyReleased')
  expect(ended!.position < released!.position).toBe(true)
  // The paused command goes on and finds its stream ended; somebody else takes the key.
  expect(await one.send('commerce.registerCustomer', registration, 'other')).toMatchObject({
    kind: 'refused',
  })
  await one.done('commerce.registerCustomer', { ...registration, customerId: randomUUID() })
  expect(faults).toEqual([])
})

it('PROTOCOL 16: an identity whose link, or its end, was cut off is free again; the account lives on', async () => {
  const userId = randomUUID()
  const releases = () => found(e => e.type === 'organisation.KeyReleased')
  const link = (by: BusinessProcess, key: string) =>
    by.side.handler.handle({
      name: 'organisation.linkIdentity',
      input: { userId, issuer: 'https://identity.example.org', subject: 'f:42' },
      key,
      origin: 'screen',
      actor: { userId, grants: [] },
    })
  const one = await process({ reactions: false })
  await one.done('organisation.registerUser', {
    userId,
    kind: 'human',
    login: 'nancy',
    name: 'Nancy',
    grants: [],
  })
  const linking = await process({ reactions: false })
  cutOffBefore(linking, 'user-')
  await expect(link(linking, 'cut-off')).rejects.toThrow('killed')
  await process()
  await until('the key is free', async () => (await releases()).length === 1)
  expect(await link(one, 'cut-off')).toMatchObject({ kind: 'refused' })
  expect(await link(one, 'later')).toMatchObject({ kind: 'done' })

  const unlinking = await process({ reactions: false })
  cutOffBefore(unlinking, 'uniqueKey-')
  await expect(unlinking.done('organisation.unlinkIdentity', { userId })).rejects.toThrow('killed')
  await until('the key is free again', async () => (await releases()).length === 2)
  expect(await typesOf(`user-${userId}`)).toEqual([
    'organisation.UserRegistered',
    'organisation.UserIdentityLinkAbandoned',
    'organisation.UserIdentityLinked',
    'organisation.UserIdentityUnlinked',
  ])
  expect(faults).toEqual([])
})

it('PROTOCOL 16: quantities claimed for an invoice that was never drafted can be billed again', async () => {
  const one = await process({ reactions: false })
  await openBusiness(one)
  const orderId = await deliveredOrder(one)
  const dying = await process({ reactions: false })
  cutOffBefore(dying, 'invoice-')
  const orphan = randomUUID()
  const draft = { invoiceId: orphan, entityId, customerId, currency: 'EUR', orders: [{ orderId }] }
  await expect(dying.send('invoicing.draftInvoice', draft, 'k')).rejects.toThrow('killed')
  const again = { ...draft, invoiceId: randomUUID() }
  expect(await one.send('invoicing.draftInvoice', again)).toMatchObject({ kind: 'refused' })
  await process()
  await until(
    'the claim is released',
    async () => (await typesOf(`order-${orderId}`)).at(-1) === 'commerce.BillingReleased',
  )
  expect(await typesOf(`invoice-${orphan}`)).toEqual(['invoicing.InvoiceDraftCancelled'])
  expect(await one.send('invoicing.draftInvoice', draft, 'k2')).toMatchObject({ kind: 'refused' })
  await one.done('invoicing.draftInvoice', again)
})

/** The line of an order that `deliveredOrder` made. */
const lineOf = async (orderId: string): Promise<string> => {
  const [placed] = (await opened.log.load(`order-${orderId}`)).events
  return (placed!.data as { lines: { lineId: string }[] }).lines[0]!.lineId
}
const released = async (orderId: string): Promise<unknown[]> =>
  (await opened.log.load(`order-${orderId}`)).events
    .filter(event => event.type === 'commerce.BillingReleased')
    .map(event => (event.data as { lines: unknown }).lines)

it('PROTOCOL 16: an issue cut off between its request and the release: the excess is released, once', async () => {
  const one = await process({ reactions: false })
  await openBusiness(one)
  const orderId = await deliveredOrder(one)
  const lineId = await lineOf(orderId)
  const invoiceId = randomUUID()
  const of = { invoiceId, entityId, customerId, currency: 'EUR' }
  await one.done('invoicing.draftInvoice', { ...of, orders: [{ orderId }] })
  const less = [{ orderId, lines: [{ lineId, quantity: 4_0000 }], freight: 0 }]
  await one.done('invoicing.changeInvoiceDraft', { invoiceId, orders: less })
  const dying = await process({ reactions: false })
  cutOffBefore(dying, 'order-')
  await expect(dying.send('invoicing.issueInvoice', { invoiceId }, 'k')).rejects.toThrow('killed')
  expect((await typesOf(`invoice-${invoiceId}`)).at(-1)).toBe('invoicing.InvoiceIssueRequested')
  expect(await released(orderId)).toEqual([])
  await process()
  await until('the excess is free', async () => (await released(orderId)).length > 0)
  expect(await released(orderId)).toEqual([[{ lineId, quantity: 8_0000n }]])
  // The command that was only paused finds it done; the rest, and no more than it, is billed by another invoice.
  await one.done('invoicing.issueInvoice', { invoiceId }, 'k')
  const rest = { ...of, invoiceId: randomUUID() }
  const asking = (quantity: number) => ({
    ...rest,
    orders: [{ orderId, lines: [{ lineId, quantity }], freight: 0 }],
  })
  expect(await one.send('invoicing.draftInvoice', asking(8_0001))).toMatchObject({
    kind: 'refused',
    rejection: { code: 'BILLING_EXCEEDS_DELIVERED', remaining: 8_0000n },
  })
  await one.done('invoicing.draftInvoice', asking(8_0000))
  expect(await released(orderId)).toHaveLength(1)
})

it('PROTOCOL 16: what a paused change claims after the invoice was issued is released, what it bills is not', async () => {
  const one = await process({ reactions: false })
  await openBusiness(one)
  const orderId = await deliveredOrder(one)
  const lineId = await lineOf(orderId)
  const invoiceId = randomUUID()
  const asking = (quantity: number) => [{ orderId, lines: [{ lineId, quantity }], freight: 0 }]
  const of = { invoiceId, entityId, customerId, currency: 'EUR' }
  await one.done('invoicing.draftInvoice', { ...of, orders: asking(4_0000) })
  const paused = await process({ reactions: false })
  const append = paused.log.store.append.bind(paused.log.store)
  paused.log.store.append = async (stream, ...rest) => {
    paused.log.store.append = append
    await one.done('invoicing.issueInvoice', { invoiceId })
    return append(stream, ...rest)
  }
  expect(
    await paused.send('invoicing.changeInvoiceDraft', { invoiceId, orders: asking(9_0000) }),
  ).toMatchObject({ kind: 'refused', rejection: { code: 'INVOICE_ALREADY_REQUESTED' } })
  expect((await typesOf(`order-${orderId}`)).at(-1)).toBe('commerce.BillingClaimed')
  await process()
  await until('the late claim is free', async () => (await released(orderId)).length > 0)
  expect(await released(orderId)).toEqual([[{ lineId, quantity: 5_0000n }]])
  await one.done('invoicing.draftInvoice', { ...of, invoiceId: randomUUID(), orders: asking(8_0000) })
})

/** A process that lets something else happen whole before its next append to a stream of this kind. */
const afterAll = (one: BusinessProcess, category: string, happens: () => Promise<unknown>): void => {
  const append = one.log.store.append.bind(one.log.store)
  one.log.store.append = async (stream, ...rest) => {
    if (!stream.startsWith(category)) return append(stream, ...rest)
    one.log.store.append = append
    await happens()
    return append(stream, ...rest)
  }
}

const paymentOf = (paymentId: string, bankReference: string) => ({
  paymentId,
  entityId,
  customerId,
  bankDate: '2026-01-02',
  amount: 7_00,
  currency: 'EUR',
  journal: 'BQ',
  bankReference,
})
const userOf = (userId: string, login: string) => ({
  userId,
  kind: login === 'KEY 1' ? 'human' : 'program',
  login,
  name: 'Nancy',
  grants: [],
})

it.each([
  ['recordPayment', 'invoicing.recordPayment', 'payment-', paymentOf],
  ['registerUser', 'organisation.registerUser', 'user-', userOf],
])(
  'PROTOCOL 16: %s sent at once under one id with three keys: those refused leave no key taken',
  async (_, name, owner, inputOf) => {
    const one = await process({ reactions: false })
    await openBusiness(one)
    await one.done('ledger.openJournal', {
      entityId,
      journal: 'BQ',
      label: 'Banque',
      kind: 'bank',
      treasuryAccount: '512',
    })
    const id = randomUUID()
    const [before, late] = [await process({ reactions: false }), await process({ reactions: false })]
    // One has claimed its key when the other's owner comes, one is about to.
    afterAll(late, 'uniqueKey-', () => one.done(name, inputOf(id, 'KEY 1')))
    afterAll(before, owner, () => late.send(name, inputOf(id, 'KEY 3')))
    expect(await before.send(name, inputOf(id, 'KEY 2'))).toMatchObject({ kind: 'refused' })
    const claims = await found(e => e.type === 'organisation.KeyClaimed')
    expect(claims.filter(e => JSON.stringify(opened.log.decode(e).data).includes(id))).toHaveLength(3)
    const reacting = await process()
    await until(
      'both keys are free',
      async () => (await found(e => e.type === 'organisation.KeyReleased')).length === 2,
    )
    // Without any patience it would end what comes now, too.
    await reacting.close()
    processes.pop()
    for (const key of ['KEY 2', 'KEY 3']) await one.done(name, inputOf(randomUUID(), key))
    expect(await one.send(name, inputOf(randomUUID(), 'KEY 1'))).toMatchObject({
      kind: 'refused',
      rejection: { code: 'KEY_TAKEN' },
    })
    expect(faults).toEqual([])
  },
)

it('PROTOCOL 16: while its owner lives nothing of a claim is released', async () => {
  const one = await process()
  await openBusiness(one)
  const invoiceId = await draftedInvoice(one)
  const { readTo } = await readBy(one)
  await until('the reaction has read it all', async () => readTo() >= (await opened.store.head())!.position)
  expect(await found(e => e.type === 'commerce.BillingReleased' || e.type.endsWith('Abandoned'))).toEqual([])
  expect(await typesOf(`invoice-${invoiceId}`)).toEqual(['invoicing.InvoiceDrafted'])
})

/** How far the reaction of a process that is opened next has read. */
const readBy = async (before: BusinessProcess): Promise<{ readTo: () => string }> => {
  await before.close()
  processes.splice(processes.indexOf(before), 1)
  let readTo = ''
  await process({
    writeWatermarks: watermarks => {
      readTo = watermarks.find(w => w.role === 'reaction unfinished claims')?.readTo ?? readTo
      return Promise.resolve()
    },
  })
  return { readTo: () => readTo }
}

it('PROTOCOL 15: a reaction whose checkpoint is lost, or of another log, stops and says so, until an operator has', async () => {
  const one = await process()
  await openBusiness(one)
  await one.close()
  processes.pop()
  await opened.pool.query('delete from commands.reaction')
  const two = await process()
  await until('it has stopped', () => two.side.reactions()[0]?.state === 'stopped')
  expect(two.side.reactions()[0]?.reason).toMatchObject({ code: 'CHECKPOINT_MISSING' })
  expect(faults).toEqual([expect.any(ReactionStopped)])
  // An operator says that the log goes on: so does the reaction, behind that word.
  const head = (await opened.store.head())!
  const said = { headEventId: head.id, headHash: hashOf(head.metadata), explanation: 'restored' }
  await two.done('organisation.resumeLog', said)
  await until('it runs again', () => two.side.reactions()[0]?.state === 'running')
  const dying = await process({ reactions: false })
  cutOffBefore(dying, 'invoice-')
  const orderId = await deliveredOrder(two)
  const draft = { invoiceId: randomUUID(), entityId, customerId, currency: 'EUR', orders: [{ orderId }] }
  await expect(dying.send('invoicing.draftInvoice', draft)).rejects.toThrow('killed')
  await until('it works again', async () => (await released(orderId)).length === 1)
  expect(faults).toHaveLength(1)
})

it('a command of a reaction that is refused becomes one task for a person, however often it is tried', async () => {
  const failing = {
    ...unfinishedClaims(0),
    name: 'failing',
    react: (_: unknown, { type, id }: StoredEvent) =>
      type === 'commerce.CustomerRegistered'
        ? [
            {
              name: 'invoicing.abandonInvoice',
              input: {},
              key: 'k',
              cause: { eventId: id, correlationId: id },
            },
          ]
        : [],
    due: () => [],
  }
  const one = await process({ reactionsToRun: [failing] })
  await openBusiness(one)
  const tasks = async () =>
    (await opened.pool.query<{ command: string }>(`select command, code, fr, en from commands.task`)).rows
  await until('the task is there', async () => (await tasks()).length === 1)
  await one.close()
  processes.pop()
  const { position, id } = (await opened.log.lastEvent('log-main'))!
  await opened.pool.query(`update commands.reaction set position = $1, event_id = $2`, [position, id])
  const two = await process({ reactionsToRun: [failing] })
  await two.done('commerce.registerCustomer', {
    customerId: randomUUID(),
    code: 'B',
    party: { kind: 'company', name: 'X', address: { city: 'Y', country: 'FR' } },
    currency: 'EUR',
  })
  await until('the second is there', async () => (await tasks()).length === 2)
  expect(await tasks()).toMatchObject([
    { command: 'invoicing.abandonInvoice', code: 'INVALID' },
    { code: 'INVALID' },
  ])
})
