import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bePresent, everybodyGone } from '../../../commands/moving/presence.ts'
import { takeMoveRecord } from '../../../event-store/vault/move-record.ts'
import type { MoveRecord } from '../../../event-store/vault/move-record.ts'
import { memoryMoveRecord } from '../../support/memory-move-record.ts'
import { openTestLog } from '../../support/open-log.ts'
import type { OpenedLog } from '../../support/open-log.ts'
import { until } from '../../support/wait.ts'

let opened: OpenedLog
let admin: pg.Client
beforeAll(async () => {
  opened = await openTestLog()
  admin = new pg.Client({ connectionString: opened.databaseUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await opened.close()
})

const { signal } = new AbortController()
/** Ends sessions from the server's side, as a lost network or a restart does. */
const throwOut = (name: string) =>
  admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [name])

describe('PROTOCOL 12: who works on a log', () => {
  it('is waited for by who moves it, and finds the door shut until that is over', async () => {
    const [one, other] = [await bePresent(opened.databaseUrl), await bePresent(opened.databaseUrl)]
    const waiting: number[] = []
    let gone = false
    const alone = everybodyGone(opened.databaseUrl, signal, programs => waiting.push(programs)).then(
      absence => {
        gone = true
        return absence
      },
    )
    await until('it is told of two', () => waiting.includes(2))
    await one.leave()
    await until('it is told of one', () => waiting.includes(1))
    expect(gone).toBe(false)
    await other.leave()
    const absence = await alone
    await expect(bePresent(opened.databaseUrl)).rejects.toMatchObject({ code: 'LOG_MOVING' })
    await absence.end()
    await (await bePresent(opened.databaseUrl)).leave()
  })

  it('is absent while its session is lost, and looks at the log before it is back', async () => {
    const presence = await bePresent(opened.databaseUrl)
    const looks: (() => void)[] = []
    presence.onReturn(() => new Promise<void>(resolve => looks.push(resolve)))
    await throwOut('grandlivre presence')
    await until('it has noticed', () => !presence.isHere())
    await until('it looks', () => looks.length > 0)
    expect(presence.isHere()).toBe(false)
    looks[0]!()
    await until('it is back', () => presence.isHere())
    await presence.leave()
    expect(presence.isHere()).toBe(false)
  })

  it('stays absent where the log was moved meanwhile, as long as its look fails', async () => {
    const presence = await bePresent(opened.databaseUrl)
    let looks = 0
    presence.onReturn(() => {
      looks++
      return Promise.reject(new Error('the log does not answer'))
    })
    await throwOut('grandlivre presence')
    await until('it has looked twice', () => looks > 1)
    expect(presence.isHere()).toBe(false)
    await presence.leave()
  })

  it('is not waited for any longer than somebody wants to wait', async () => {
    const presence = await bePresent(opened.databaseUrl)
    const enough = new AbortController()
    const alone = everybodyGone(opened.databaseUrl, enough.signal, () => enough.abort())
    await expect(alone).rejects.toThrow('abort')
    await presence.leave()
  })
})

describe('PROTOCOL 12: the record of a move', () => {
  const moved = randomUUID()
  const milestone = { stream: 'log-main', revision: 1, eventId: moved }
  const move = { source: 'here', target: 'there', milestone }
  const opening = [
    ['in the vault', () => takeMoveRecord(opened.databaseUrl)],
    ['as tests keep it', () => Promise.resolve({ ...memoryMoveRecord(), close: () => Promise.resolve() })],
  ] as const

  it.each(opening)('says where the log is opened again once, %s', async (_, open) => {
    const record: MoveRecord & { close(): Promise<void> } = await open()
    expect(await record.read()).toBeUndefined()
    await record.note(move)
    expect(await record.read()).toEqual(move)
    expect(await record.decide(moved, 'there')).toBe(false)
    await record.note({ ...move, movedEventId: moved })
    expect(await record.decide(moved, 'there')).toBe(true)
    expect(await record.decide(moved, 'there')).toBe(true)
    expect(await record.decide(moved, 'here')).toBe(false)
    await record.note({ ...move, movedEventId: moved })
    expect(await record.read()).toEqual({ ...move, movedEventId: moved, reopensAt: 'there' })
    await record.note(move)
    expect(await record.read()).toEqual(move)
    expect(await record.decide(moved, 'here')).toBe(false)
    await record.close()
  })

  it('is written by one mover at a time, and by nobody whose session was lost', async () => {
    const record = await takeMoveRecord(opened.databaseUrl)
    await expect(takeMoveRecord(opened.databaseUrl)).rejects.toMatchObject({ code: 'LOG_COPY_RUNNING' })
    await throwOut('grandlivre move')
    await until('the lock is free', async () => {
      const next = await takeMoveRecord(opened.databaseUrl).catch(() => undefined)
      await next?.close()
      return next !== undefined
    })
    await expect(record.note(move)).rejects.toThrow()
    await expect(record.decide(moved, 'there')).rejects.toThrow()
    await record.close()
  })
})
