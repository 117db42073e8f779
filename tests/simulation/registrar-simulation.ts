import { createCodec } from '../../event-store/codec.ts'
import { createLog, openLog } from '../../event-store/log.ts'
import type { Log } from '../../event-store/log.ts'
import type { EventStore } from '../../event-store/port.ts'
import { logEvents } from '../../domain/organisation/log.events.ts'
import { Answers } from '../../commands/registrar/answers.ts'
import { registrarName, runRegistrar } from '../../commands/registrar/registrar.ts'
import type { RegistrarDeps } from '../../commands/registrar/registrar.ts'
import type { RoleCheckpoints } from '../../commands/role-checkpoints.ts'
import { createWatermarks } from '../../commands/watermarks.ts'
import type { Checkpoint } from '../../event-store/checkpoints.ts'
import { SERIES, testNumbering, testNumberingEvents } from '../commands/support/test-numbering.ts'
import type { NumberedData } from '../commands/support/test-numbering.ts'
import { memoryCheckpoints, pretendProtection } from '../support/command-harness.ts'
import { memoryEventStore } from '../support/memory-event-store.ts'
import type { MemoryEventStore } from '../support/memory-event-store.ts'
import { Scheduler, chanceOf } from './scheduler.ts'
import type { Chance } from './scheduler.ts'

/** One random run: what the register says at its end, beside what was asked, in the order of the log. */
export interface Run {
  readonly asked: readonly string[]
  readonly answered: readonly NumberedData[]
  /** Why a registrar ended that should have gone on. */
  readonly faults: readonly unknown[]
  readonly stalled: boolean
}

const STEPS_MAX = 20_000
const START = Date.parse('2026-01-01T00:00:00.000Z')

/** Every touch of the store is a place where the others may come first. */
const stepped = (store: MemoryEventStore, step: () => Promise<void>): EventStore => ({
  ...store,
  append: async (...append) => {
    await step()
    const appended = await store.append(...append)
    await step()
    return appended
  },
  readStream: async function* (...read) {
    await step()
    yield* store.readStream(...read)
  },
  subscribe: async function* (options) {
    await step()
    for await (const batch of store.subscribe(options)) {
      await step()
      yield batch
    }
  },
  eventAt: async position => {
    await step()
    return store.eventAt(position)
  },
})

const steppedCheckpoints = (checkpoints: RoleCheckpoints, step: () => Promise<void>): RoleCheckpoints => ({
  read: async name => {
    await step()
    return checkpoints.read(name)
  },
  move: async (...move) => {
    await step()
    const moved = await checkpoints.move(...move)
    await step()
    return moved
  },
})

/** A world of one series: a store, its checkpoints, clients who ask, and registrars that come and go. */
class World {
  readonly store = memoryEventStore()
  readonly checkpoints = memoryCheckpoints()
  readonly faults: unknown[] = []
  readonly alive = new Map<string, AbortController>()
  readonly scheduler: Scheduler
  private readonly chance: Chance
  private readonly seen: Checkpoint[] = []
  private log!: Log
  private registrars = 0
  private requests = 0
  private clock = START

  constructor(chance: Chance) {
    this.chance = chance
    this.scheduler = new Scheduler(chance)
  }

  async open(): Promise<void> {
    await createLog(this.options(this.store), { kind: 'sandbox', name: 'simulation', recordedAt: this.now() })
    this.log = await openLog(this.options(this.store))
  }

  async ask(): Promise<void> {
    // Machines' clocks differ: a request may carry an earlier instant than the one before it.
    this.clock += this.chance.below(3_000)
    const recordedAt = new Date(this.clock - this.chance.below(1_500)).toISOString()
    const id = `00000000-0000-4000-8000-${String(++this.requests).padStart(12, '0')}`
    await this.log.append({
      stream: `request-${this.requests}`,
      expected: 'noStream',
      events: [{ type: 'tests.Requested', data: SERIES }],
      context: { commandId: id, actor: id, origin: 'api', correlationId: id, recordedAt },
    })
  }

  async startRegistrar(): Promise<void> {
    const actor = `registrar ${++this.registrars}`
    const ending = new AbortController()
    let open = false
    const step = () => (open ? this.scheduler.step(actor) : Promise.resolve())
    const deps: RegistrarDeps = {
      log: await openLog(this.options(stepped(this.store, step))),
      numbering: testNumbering,
      checkpoints: steppedCheckpoints(this.checkpoints, step),
      answers: new Answers(),
      watermarks: createWatermarks(() => Promise.resolve()),
      now: () => this.now(),
      checkpointEveryMs: 0,
      pause: step,
    }
    open = true
    this.alive.set(actor, ending)
    runRegistrar(deps, SERIES, ending.signal).catch((error: unknown) => {
      this.faults.push(error)
    })
  }

  kill(): void {
    const actor = this.chance.pick([...this.alive.keys()])
    if (actor === undefined) return
    this.alive.delete(actor)
    this.scheduler.kill(actor)
  }

  /** The database of the checkpoints was lost, or restored to an earlier day. */
  async loseCheckpoint(): Promise<void> {
    const name = registrarName(SERIES)
    const now = await this.checkpoints.read(name)
    const earlier = this.chance.pick(this.seen)
    if (this.chance.percent(50) || !earlier) this.checkpoints.forget(name)
    else this.checkpoints.set(name, earlier)
    if (now) this.seen.push(now)
  }

  async remember(): Promise<void> {
    const now = await this.checkpoints.read(registrarName(SERIES))
    if (now) this.seen.push(now)
  }

  async result(stalled: boolean): Promise<Run> {
    const { events } = await this.log.load(testNumbering.registerStream(SERIES))
    return {
      asked: this.store.events.filter(e => e.type === 'tests.Requested').map(e => e.id),
      answered: events.map(e => e.data as NumberedData),
      faults: this.faults,
      stalled,
    }
  }

  async answered(): Promise<number> {
    return (await this.log.load(testNumbering.registerStream(SERIES))).events.length
  }

  private now(): string {
    return new Date(this.clock).toISOString()
  }

  private options(store: EventStore) {
    const codec = createCodec([...logEvents, ...testNumberingEvents])
    return { store, codec, protection: pretendProtection, clock: { kind: 'simulated' as const } }
  }
}

/** Two registrars on one series, one of them often a zombie; checkpoints get lost, processes are killed. */
export const simulateRegistrars = async (seed: number): Promise<Run> => {
  const chance = chanceOf(seed)
  const world = new World(chance)
  await world.open()
  await world.startRegistrar()
  await world.startRegistrar()
  const requests = 3 + chance.below(10)
  let paused = new Set<string>()
  for (let asked = 0; asked < requests;) {
    const dice = chance.below(100)
    if (dice < 12) {
      await world.ask()
      asked++
    } else if (dice < 14) await world.loseCheckpoint()
    else if (dice < 16) {
      world.kill()
      await world.startRegistrar()
    } else if (dice < 20) {
      const zombie = chance.pick([...world.alive.keys()])
      paused = new Set(zombie !== undefined && chance.percent(60) ? [zombie] : [])
      await world.remember()
    } else await world.scheduler.advance(paused)
  }
  let steps = 0
  while ((await world.answered()) < requests && steps < STEPS_MAX && world.faults.length === 0) {
    await world.scheduler.advance()
    steps++
  }
  // Zombies and late writers still get their turns: nothing may follow.
  for (let i = 0; i < 50; i++) await world.scheduler.advance()
  const run = await world.result(steps === STEPS_MAX)
  for (const ending of world.alive.values()) ending.abort()
  return run
}
