import { beforeEach, expect, it } from 'vitest'
import type { CommandHandler } from '../../../commands/handler.ts'
import { reaction } from '../../../commands/reactions/reaction.ts'
import type { ReactionCommand } from '../../../commands/reactions/reaction.ts'
import type { ReactionProgress, ReactionStore } from '../../../commands/reactions/reaction-store.ts'
import { runReaction } from '../../../commands/reactions/runner.ts'
import { createWatermarks } from '../../../commands/watermarks.ts'
import { logEvents } from '../../../domain/organisation/log.events.ts'
import { createCodec } from '../../../event-store/codec.ts'
import { createLog, openLog } from '../../../event-store/log.ts'
import type { Log } from '../../../event-store/log.ts'
import { pretendProtection } from '../../support/command-harness.ts'
import { memoryEventStore } from '../../support/memory-event-store.ts'
import { until } from '../../support/wait.ts'
import { SERIES, testNumberingEvents } from '../support/test-numbering.ts'

const NOW = '2026-01-01T00:00:00.000Z'
const ID = '00000000-0000-4000-8000-000000000001'

let log: Log
let asked: number
let saved: ReactionProgress
let isDue: boolean
let read: number

beforeEach(async () => {
  const codec = createCodec([...logEvents, ...testNumberingEvents])
  const options = {
    store: memoryEventStore(),
    codec,
    protection: pretendProtection,
    clock: { kind: 'simulated' as const },
  }
  await createLog(options, { kind: 'sandbox', name: 'tests', recordedAt: NOW })
  log = await openLog(options)
  const head = (await log.store.head())!
  saved = { checkpoint: { position: head.position, eventId: head.id }, state: '[]' }
  asked = 0
  isDue = false
  read = 0
})

const ask = async (): Promise<void> => {
  const context = { commandId: ID, actor: ID, origin: 'api' as const, correlationId: ID, recordedAt: NOW }
  const event = { type: 'tests.Requested', data: SERIES }
  await log.append({ stream: `request-${++asked}`, expected: 'noStream', events: [event], context })
}

/** Keeps the state as the text it would be in the database. */
const store: ReactionStore = {
  begin: (_, { decode }) =>
    Promise.resolve({ ...saved, state: decode(JSON.parse(saved.state as string)) } as ReactionProgress),
  move: (_, _from, to, state) => {
    saved = { checkpoint: to, state: JSON.stringify(state) }
    return Promise.resolve(true)
  },
  addTask: () => Promise.reject(new Error('no task was expected')),
}

/** Sends one command for every request it read, when told that they are due. */
const patient = reaction<Set<string>>({
  name: 'patient',
  prefixes: ['request-'],
  initial: () => new Set(),
  react: (waiting, { id }) => {
    waiting.add(id)
    read++
    return []
  },
  due: waiting => {
    if (!isDue) return []
    const ids = [...waiting]
    waiting.clear()
    return ids.map((id): ReactionCommand => {
      return { name: 'tests.answer', input: {}, key: 'k', cause: { eventId: id, correlationId: ID } }
    })
  },
  encode: waiting => [...waiting],
  decode: stored => new Set(stored as string[]),
})

const run = (handle: CommandHandler['handle'], signal: AbortSignal): Promise<void> => {
  const watermarks = createWatermarks(() => Promise.resolve())
  const history = { totalsAt: () => Promise.resolve([]) }
  const deps = { log, handler: { handle }, store, history, watermarks, now: () => NOW, lookMs: 1 }
  return runReaction(deps, patient, signal)
}

it('a run that is broken off saves no state that is ahead of its commands: the next one sends them', async () => {
  const sent = new Set<string>()
  const first = new AbortController()
  await ask()
  const away = run(({ causationId }) => {
    sent.add(causationId ?? '')
    return Promise.resolve({ kind: 'unavailable', sentence: { fr: '', en: '' } })
  }, first.signal)
  await ask()
  await until('both requests are read', () => read === 2)
  isDue = true
  await until('a command meets a database that is away', () => sent.size > 0)
  first.abort()
  await away
  const second = new AbortController()
  const answered = new Set<string>()
  const back = run(({ causationId }) => {
    answered.add(causationId ?? '')
    return Promise.resolve({ kind: 'nothing' })
  }, second.signal)
  await until('both commands were sent', () => answered.size === 2)
  second.abort()
  await back
})

it('a defect met when time made something due ends the run, and is told', async () => {
  await ask()
  isDue = true
  const defect = new Error('impossible')
  await expect(run(() => Promise.reject(defect), new AbortController().signal)).rejects.toBe(defect)
})
