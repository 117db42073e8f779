import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { holdUnlessRead, openHold } from '../../commands/hold.ts'
import { logCommands } from '../../commands/organisation/log.ts'
import { logSentences } from '../../commands/organisation/messages.ts'
import type { LogEndangered } from '../../event-store/errors.ts'
import { decodeMetadata } from '../../event-store/metadata.ts'
import { verify } from '../../replay/verify.ts'
import { EVERYBODY, everywhere } from '../support/command-harness.ts'
import { collect, wholeLog } from '../support/test-events.ts'
import { until } from '../support/wait.ts'
import { faults, opened, pricesOf, process, send, sides, useProcesses } from './support/processes.ts'
import { testContext } from './support/test-commands.ts'

useProcesses()

describe('the command index', () => {
  it('PROTOCOL 13: a key is bound in the next process too, by its event, its refusal or its nothing', async () => {
    const first = await process()
    const productId = randomUUID()
    const done = await send(first, 'test.raisePrice', { productId }, 'done')
    const refused = await send(first, 'test.setPrice', { productId, unitPrice: 13 }, 'refused')
    expect(await send(first, 'test.setPrice', { productId, unitPrice: 1 }, 'nothing')).toEqual({
      kind: 'nothing',
    })
    await send(first, 'test.setPrice', { productId, unitPrice: 9 })
    const second = await process()
    expect(await send(second, 'test.raisePrice', { productId }, 'done')).toEqual(done)
    expect(await send(second, 'test.setPrice', { productId, unitPrice: 13 }, 'refused')).toEqual(refused)
    expect(refused).toMatchObject({ rejection: { code: 'PRICE_UNLUCKY', unitPrice: 13n } })
    expect(await send(second, 'test.setPrice', { productId, unitPrice: 1 }, 'nothing')).toEqual({
      kind: 'nothing',
    })
    expect(await pricesOf(productId)).toEqual([1n, 9n])
  })

  it('PROTOCOL 13: other input under a used key is a conflict in the next process, also on another stream', async () => {
    const first = await process()
    await send(first, 'test.raisePrice', { productId: randomUUID() }, 'k')
    const second = await process()
    const productId = randomUUID()
    expect(await send(second, 'test.raisePrice', { productId }, 'k')).toMatchObject({ kind: 'keyConflict' })
    expect(await pricesOf(productId)).toEqual([])
  })

  it('PROTOCOL 13: no command is decided before the index has reached the head at start', async () => {
    const first = await process()
    for (let i = 0; i < 30; i++) await send(first, 'test.raisePrice', { productId: randomUUID() })
    await sides.pop()!.close()
    const head = await opened.store.head()
    await opened.pool.query('delete from commands.done; delete from commands.checkpoints')
    await process()
    const { rows } = await opened.pool.query<{ position: string }>(
      `select position from commands.checkpoints where name = 'command index'`,
    )
    expect(rows[0]!.position >= head!.position).toBe(true)
    const { rows: counted } = await opened.pool.query<{ n: string }>(
      `select count(*) as n from commands.done`,
    )
    expect(Number(counted[0]!.n)).toBeGreaterThanOrEqual(30)
  })

  it('PROTOCOL 15: an index of another log is built again from nothing', async () => {
    const first = await process()
    await send(first, 'test.raisePrice', { productId: randomUUID() })
    await sides.pop()!.close()
    await opened.pool.query(`update commands.checkpoints set event_id = gen_random_uuid()`)
    const stranger = randomUUID()
    await opened.pool.query(
      `insert into commands.done values ($1, 'thing-1', 0, 1, 'tests.Thing', '00', null)`,
      [stranger],
    )
    await process()
    const { rows } = await opened.pool.query('select command_id from commands.done')
    expect(rows.map((r: { command_id: string }) => r.command_id)).not.toContain(stranger)
    expect(rows.length).toBeGreaterThan(0)
  })
})

/** What nobody can do through the program: a superuser's row among the events. */
const writeForeign = (): Promise<unknown> =>
  opened.pool.query(
    `insert into log.events (position, stream, revision, id, type, data, metadata)
     select max(position) + 1, 'other-1', 0, gen_random_uuid(), 'Foo', '{}', '{}' from log.events`,
  )

it('a record that is no event stops the index, told by its stream, and no process starts; others are heard of', async () => {
  const [first, other] = [await process(), await process()]
  const productId = randomUUID()
  await send(first, 'test.raisePrice', { productId })
  await writeForeign()
  await send(first, 'test.raisePrice', { productId })
  expect(await send(other, 'test.raisePrice', { productId })).toMatchObject({ events: [{ revision: 2 }] })
  await until('each process tells it', () => faults.length === 2)
  for (const fault of faults.splice(0))
    expect((fault as LogEndangered).sentence.en).toMatch(
      /goes no further.* stream other-1 holds at revision 0 .* Foo/,
    )
  await expect(process()).rejects.toMatchObject({ name: 'ForeignRecord', stream: 'other-1' })
})

it('PROTOCOL 15: an index that lost its checkpoint alone is built again, and counts nothing twice', async () => {
  const first = await process()
  const productId = randomUUID()
  const done = await send(first, 'test.raisePrice', { productId }, 'k')
  await sides.pop()!.close()
  await opened.pool.query(`delete from commands.checkpoints where name = 'command index'`)
  const second = await process()
  const { rows } = await opened.pool.query<{ count: number }>('select distinct count from commands.done')
  expect(rows).toEqual([{ count: 1 }])
  expect(await send(second, 'test.raisePrice', { productId }, 'k')).toEqual(done)
})

const withOperator = { contexts: [testContext, { commands: logCommands, sentences: logSentences }] }

describe('a log that was replaced under its read side', () => {
  it('PROTOCOL 15: is appended to by nobody, also after a restart, until an operator has decided', async () => {
    const first = await process()
    const productId = randomUUID()
    await send(first, 'test.raisePrice', { productId })
    await sides.pop()!.close()
    await opened.pool.query(`update commands.checkpoints set event_id = gen_random_uuid()`)
    const held = { kind: 'unavailable', sentence: { en: expect.stringContaining('resumeLog') as string } }
    const second = await process(withOperator)
    expect(await send(second, 'test.raisePrice', { productId })).toMatchObject(held)
    await sides.pop()!.close()
    const third = await process(withOperator)
    const other = await process(withOperator)
    expect(await send(third, 'test.raisePrice', { productId })).toMatchObject(held)
    expect(await pricesOf(productId)).toEqual([1n])
    const head = (await opened.store.head())!
    const decision = {
      headEventId: head.id,
      headHash: decodeMetadata(head.metadata).hash,
      explanation: 'restored',
    }
    expect(await send(third, 'organisation.resumeLog', decision)).toMatchObject({ kind: 'done' })
    expect(await send(third, 'test.raisePrice', { productId })).toMatchObject({ kind: 'done' })
    await until(
      'the other process hears of it',
      async () => (await send(other, 'test.raisePrice', { productId })).kind === 'done',
    )
  })
})

describe('PROTOCOL 15: whoever had read an event that the log does not hold tells it at a start', () => {
  const STRANGER = `select 'f'||repeat('0', 39) as position, gen_random_uuid() as event_id`
  it('a registrar', async () => {
    await process()
    await sides.pop()!.close()
    await opened.pool.query(`insert into commands.checkpoints select 'numbering', * from (${STRANGER}) as s`)
    expect((await process()).held()).toBe('replaced')
  })

  it('a reaction', async () => {
    await process()
    await sides.pop()!.close()
    const head = (await opened.store.head())!
    const reactions = [{ position: head.position, eventId: randomUUID() }]
    const hold = await openHold(opened.pool, opened.log, { reactions })
    hold.stop()
    expect(hold.active()).toBe('replaced')
  })

  it('and a projection, before it is built anew', async () => {
    await process()
    await sides.pop()!.close()
    const head = (await opened.store.head())!
    await holdUnlessRead(opened.pool, opened.store, [{ position: head.position, eventId: head.id }])
    expect((await process()).held()).toBeUndefined()
    await sides.pop()!.close()
    await holdUnlessRead(opened.pool, opened.store, [{ position: head.position, eventId: randomUUID() }])
    expect((await process()).held()).toBe('replaced')
  })

  it('once: a registrar that runs nowhere does not hold the log again after the decision', async () => {
    await process()
    await opened.pool.query(`insert into commands.checkpoints select 'numbering', * from (${STRANGER}) as s`)
    await sides.pop()!.close()
    await process()
    await sides.pop()!.close()
    await opened.pool.query('delete from commands.hold')
    expect((await process()).held()).toBeUndefined()
  })
})

describe('a log that is replaced while a process works on it', () => {
  it('PROTOCOL 15: is an alarm, found when the index takes up its work again; appends end, after a restart too', async () => {
    const first = await process()
    const productId = randomUUID()
    await send(first, 'test.raisePrice', { productId })
    await opened.pool.query(`update commands.checkpoints set event_id = gen_random_uuid()`)
    await opened.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'grandlivre command index'`,
    )
    await first.replaced
    expect(faults.splice(0)).toMatchObject([
      { name: 'LogEndangered', sentence: { en: expect.stringContaining('resumeLog') as string } },
    ])
    const held = { kind: 'unavailable', sentence: { en: expect.stringContaining('resumeLog') as string } }
    expect(await send(first, 'test.raisePrice', { productId })).toMatchObject(held)
    await sides.pop()!.close()
    expect(await send(await process(withOperator), 'test.raisePrice', { productId })).toMatchObject(held)
    expect(await pricesOf(productId)).toEqual([1n])
  })

  it('PROTOCOL 15: is told by the process that finds it at its start to those that work already', async () => {
    const first = await process()
    await send(first, 'test.raisePrice', { productId: randomUUID() })
    await opened.pool.query(`insert into commands.hold default values`)
    await first.replaced
    expect(faults.splice(0)).toHaveLength(1)
    expect(first.held()).toBe('replaced')
  })
})

describe('two processes', () => {
  it('PROTOCOL 13: append to one stream, each deciding again on what the other appended', async () => {
    const [a, b] = [await process(), await process()]
    const productId = randomUUID()
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, i) => send(i % 2 === 0 ? a : b, 'test.raisePrice', { productId })),
    )
    expect(outcomes.map(o => o.kind)).toEqual(Array.from({ length: 64 }, () => 'done'))
    expect(await pricesOf(productId)).toEqual(Array.from({ length: 64 }, (_, i) => BigInt(i + 1)))
  })

  it('PROTOCOL 3: hear the same command at once, and it has one effect and one outcome', async () => {
    const [a, b] = [await process(), await process()]
    for (let round = 0; round < 20; round++) {
      const productId = randomUUID()
      const key = randomUUID()
      const [one, other] = await Promise.all([
        send(a, 'test.raisePrice', { productId }, key),
        send(b, 'test.raisePrice', { productId }, key),
      ])
      expect(one).toMatchObject({ kind: 'done' })
      expect(other).toEqual(one)
      expect(await pricesOf(productId)).toEqual([1n])
    }
  })

  it('PROTOCOL 13: hear one key with two inputs for two streams at once, and both take effect: verify tells', async () => {
    const [decided, mayGoOn] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const slow = await process({}, async () => {
      decided.resolve(undefined)
      await mayGoOn.promise
    })
    const late = send(slow, 'test.raisePrice', { productId: randomUUID() }, 'once')
    await decided.promise
    const outcome = await send(await process(), 'test.raisePrice', { productId: randomUUID() }, 'once')
    mayGoOn.resolve(undefined)
    expect([outcome.kind, (await late).kind]).toStrictEqual(['done', 'done'])
    const { findings } = await verify({ store: opened.store, codec: opened.log.codec })
    expect(findings.map(({ check, code, severity }) => [check, code, severity])).toStrictEqual([
      ['commands', 'KEY_OF_TWO_INPUTS', 'warning'],
    ])
  })

  it('PROTOCOL 10: one whose simulated clock is behind what the other recorded records nothing', async () => {
    const later = '2026-03-01T00:00:00.000Z'
    const [a, b] = [await process({ now: () => later }), await process()]
    const productId = randomUUID()
    expect(await send(a, 'test.raisePrice', { productId })).toMatchObject({ kind: 'done' })
    await until('the other process refuses', async () => {
      const outcome = await send(b, 'test.raisePrice', { productId: randomUUID() })
      return outcome.kind === 'unavailable' && outcome.sentence.en.includes(later)
    })
    expect(await pricesOf(productId)).toEqual([1n])
  })

  it('notice what the other appended to a stream they remember', async () => {
    const [a, b] = [await process(), await process()]
    const productId = randomUUID()
    await send(a, 'test.raisePrice', { productId })
    await send(b, 'test.raisePrice', { productId })
    // A preview does not append: nothing but the notice can tell it of the other's event.
    const seen = async () => {
      const outcome = await a.handler.handle({
        name: 'test.raisePrice',
        input: { productId },
        dryRun: true,
        origin: 'api',
        actor: { userId: EVERYBODY, grants: everywhere('sales') },
      })
      return outcome.kind === 'preview' ? outcome.events[0]?.revision : undefined
    }
    await until('the other process is noticed', async () => (await seen()) === 2)
  })
})

describe('refusals', () => {
  it('PROTOCOL 18: are counted into one event, on one stream per process and day, without their payload', async () => {
    const side = await process()
    const productId = randomUUID()
    for (let i = 0; i < 3; i++) await send(side, 'test.setPrice', { productId, unitPrice: 13 })
    side.audit.recordSensitiveRead({
      actor: EVERYBODY,
      query: 'user',
      subject: `user-${productId}`,
      purpose: 'account',
    })
    await sides.pop()!.close()
    const stored = (await wholeLog(opened.store)).filter(e => e.stream.startsWith('processAudit-'))
    expect(new Set(stored.map(e => e.stream)).size).toBe(1)
    expect(stored[0]!.stream).toMatch(/^processAudit-2026-01-02\.[0-9a-f-]{36}$/)
    expect(stored.map(e => opened.log.decode(e).data)).toEqual([
      {
        actor: EVERYBODY,
        minute: '2026-01-02T03:04:00.000Z',
        count: 3,
        subject: `product-${productId}`,
        command: 'test.setPrice',
        code: 'PRICE_UNLUCKY',
        firstCommandIds: [expect.any(String), expect.any(String), expect.any(String)],
      },
      {
        actor: EVERYBODY,
        minute: '2026-01-02T03:04:00.000Z',
        count: 1,
        subject: `user-${productId}`,
        query: 'user',
        purpose: 'account',
        firstSubjects: [`user-${productId}`],
      },
    ])
    expect(decodeMetadata(stored[0]!.metadata).inputHash).toBeUndefined()
  })
})

describe('personal input', () => {
  it('PROTOCOL 29: its digest is an HMAC, and no clear text is stored anywhere', async () => {
    const side = await process()
    const userId = randomUUID()
    await send(side, 'test.registerUser', { userId, login: 'anne.martin', name: 'Anne Martin' })
    const [event] = await collect(opened.store.readStream(`user-${userId}`))
    expect(event!.data).not.toContain('Anne')
    expect(decodeMetadata(event!.metadata).inputHash).toMatch(/^[0-9a-f]{64}$/)
  })
})
