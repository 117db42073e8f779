import { moveLog } from '../../commands/moving/move-log.ts'
import { movedTo, refuseUnlessOpenHere } from '../../commands/moving/open-here.ts'
import { reopenLog } from '../../commands/moving/reopen-log.ts'
import { logEvents } from '../../domain/organisation/log.events.ts'
import { createCodec } from '../../event-store/codec.ts'
import { StartRefused } from '../../event-store/errors.ts'
import { createLog, openLog } from '../../event-store/log.ts'
import type { Log } from '../../event-store/log.ts'
import { StoreShut } from '../../event-store/port.ts'
import type { EventStore, Gate, StoredEvent } from '../../event-store/port.ts'
import type { MoveRecord } from '../../event-store/vault/move-record.ts'
import { SERIES, testNumberingEvents } from '../commands/support/test-numbering.ts'
import { pretendProtection } from '../support/command-harness.ts'
import { memoryEventStore } from '../support/memory-event-store.ts'
import type { MemoryEventStore } from '../support/memory-event-store.ts'
import { memoryMoveRecord } from '../support/memory-move-record.ts'
import { Scheduler, chanceOf } from './scheduler.ts'
import type { Chance } from './scheduler.ts'

/** One random run: what each place holds at its end, and what was acknowledged where. */
export interface MoveRun {
  readonly places: Readonly<Record<PlaceName, readonly StoredEvent[]>>
  /** Places where a program may start to work on the log. */
  readonly open: readonly PlaceName[]
  readonly acknowledged: readonly string[]
  /** What nobody foresaw. */
  readonly faults: readonly unknown[]
  readonly moves: number
}

export const PLACES = ['first', 'second', 'third'] as const
export type PlaceName = (typeof PLACES)[number]

const OPENED_AT = '2026-01-01T00:00:00.000Z'
const codec = createCodec([...logEvents, ...testNumberingEvents])

/** A server: its store, and whether its gate is shut. */
class Server {
  readonly store: MemoryEventStore = memoryEventStore()
  private readonly gated: boolean
  private shut = false

  constructor(gated: boolean) {
    this.gated = gated
  }

  /** A connection of a program, or of one who copies; each touch is a place where others may come first. */
  connect(step: () => Promise<void>, copying: boolean): EventStore {
    const { store } = this
    const gate: Gate = {
      shut: async () => {
        await step()
        this.shut = true
      },
      open: async ({ stream, type }) => {
        await step()
        const last = store.events.findLast(event => event.stream === stream)
        if (last?.type !== type) this.shut = false
      },
    }
    return {
      ...store,
      append: async (...append) => {
        await step()
        if (this.shut && !copying) throw new StoreShut()
        const appended = await store.append(...append)
        await step()
        return appended
      },
      readStream: async function* (...read) {
        await step()
        yield* store.readStream(...read)
      },
      readAll: async function* (...read) {
        await step()
        yield* store.readAll(...read)
      },
      head: async () => {
        await step()
        return store.head()
      },
      ...(this.gated && { gate }),
    }
  }
}

/** A world of one log, three servers, programs that work wherever an operator starts them, and those who move it. */
class World {
  readonly servers: Record<PlaceName, Server>
  readonly scheduler: Scheduler
  readonly acknowledged: string[] = []
  readonly faults: unknown[] = []
  moves = 0
  private readonly chance: Chance
  private readonly gated: boolean
  private readonly record = memoryMoveRecord()
  private readonly alive = new Set<string>()
  private readonly present = new Set<string>()
  /** Who has waited until nobody was present. */
  private alone: string | undefined
  private mover: string | undefined
  /** Where an operator believes the log to be, and what he would repeat. */
  private home: PlaceName = 'first'
  private lastMove: readonly [PlaceName, PlaceName] | undefined
  private actors = 0
  private events = 0
  /** Nobody is left who could come between. */
  private atOnce = false

  constructor(chance: Chance, gated: boolean) {
    this.chance = chance
    this.gated = gated
    this.scheduler = new Scheduler(chance)
    this.servers = mapPlaces(() => new Server(gated))
  }

  async open(): Promise<void> {
    const { store } = this.servers.first
    await createLog(optionsOf(store), { kind: 'sandbox', name: 'simulation', recordedAt: OPENED_AT })
  }

  /** A program is started somewhere, rightly or not. */
  startProgram(): void {
    const actor = `program ${++this.actors}`
    const place = this.place()
    this.run(actor, () => this.work(actor, place))
  }

  /** Somebody moves the log, or gives a move up; whoever did so before and still lives has lost his session. */
  startMover(): void {
    const actor = `mover ${++this.actors}`
    const again = this.lastMove !== undefined && this.chance.percent(60)
    const source = this.chance.percent(90) ? this.home : this.place()
    const [from, to] = again ? this.lastMove! : ([source, this.place()] as const)
    this.lastMove = [from, to]
    this.mover = actor
    if (this.alone !== undefined) this.alone = undefined
    const givesUp = this.chance.percent(15)
    this.run(actor, () => (givesUp ? this.giveUp(actor, from) : this.move(actor, from, to)))
  }

  killSomebody(): void {
    const actor = this.chance.pick([...this.present, ...(this.mover === undefined ? [] : [this.mover])])
    if (actor === undefined) return
    this.scheduler.kill(actor)
    this.loseSession(actor)
  }

  /** A program is cut off from the database and goes on: only a server with a gate stops what it has sent by then. */
  cutOffSomebody(): void {
    const actor = this.chance.pick([...this.present])
    if (actor !== undefined && this.gated) this.present.delete(actor)
  }

  get zombie(): string | undefined {
    return this.chance.pick([...this.present, ...(this.mover === undefined ? [] : [this.mover])])
  }

  /** Where a program may start now. */
  async openPlaces(): Promise<PlaceName[]> {
    const open: PlaceName[] = []
    for (const place of PLACES) {
      const { store } = this.servers[place]
      if ((await this.enter(store).catch(refusedOnly)) !== undefined) open.push(place)
    }
    return open
  }

  /** Everybody dies; what was under way is brought to its end by an operator who tries whatever there is. */
  async end(): Promise<MoveRun> {
    for (const actor of this.alive) this.scheduler.kill(actor)
    for (const actor of [...this.alive]) this.loseSession(actor)
    this.atOnce = true
    this.mover = 'operator'
    let open = await this.openPlaces()
    for (const from of PLACES)
      for (const to of PLACES)
        for (const attempt of [() => this.move('operator', from, to), () => this.giveUp('operator', from)])
          if (open.length === 0) {
            await attempt().catch(refusedOnly)
            open = await this.openPlaces()
          }
    const { acknowledged, faults, moves } = this
    return { acknowledged, faults, moves, places: mapPlaces(place => this.servers[place].store.events), open }
  }

  private run(actor: string, work: () => Promise<void>): void {
    this.alive.add(actor)
    work()
      .catch((error: unknown) => {
        if (!(error instanceof StartRefused) && !(error instanceof LostSession)) this.faults.push(error)
      })
      .finally(() => {
        this.loseSession(actor)
      })
  }

  private place(): PlaceName {
    return this.chance.pick(PLACES) as PlaceName
  }

  private step(actor: string): Promise<void> {
    return this.atOnce ? Promise.resolve() : this.scheduler.step(actor)
  }

  private loseSession(actor: string): void {
    this.alive.delete(actor)
    this.present.delete(actor)
    if (this.mover === actor) this.mover = undefined
    if (this.alone === actor) this.alone = undefined
  }

  /** What a program does before it works on what a store holds. */
  private async enter(store: EventStore, step = () => Promise.resolve()): Promise<Log> {
    const log = await openLog(optionsOf(store))
    const readMove = async () => {
      await step()
      return this.record.read()
    }
    await refuseUnlessOpenHere(log, readMove)
    return log
  }

  private async work(actor: string, place: PlaceName): Promise<void> {
    const step = () => this.step(actor)
    if (this.alone !== undefined) return
    this.present.add(actor)
    const log = await this.enter(this.servers[place].connect(step, false), step)
    while (this.present.has(actor)) {
      if (this.chance.percent(30) && (await movedTo(log)) !== undefined) return
      if (!this.present.has(actor)) return
      try {
        const { eventIds } = await log.append(this.something())
        this.acknowledged.push(...eventIds)
      } catch (error) {
        if (error instanceof StoreShut) return
        throw error
      }
    }
  }

  private something() {
    const n = ++this.events
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    return {
      stream: `request-${n}`,
      expected: 'noStream',
      events: Array.from({ length: 1 + this.chance.below(3) }, () => ({
        type: 'tests.Requested',
        data: SERIES,
      })),
      context: { commandId: id, actor: id, origin: 'api', correlationId: id, recordedAt: OPENED_AT },
    } as const
  }

  private async move(actor: string, from: PlaceName, to: PlaceName): Promise<void> {
    const step = () => this.step(actor)
    const source = await openLog(optionsOf(this.servers[from].connect(step, true)))
    const target = this.servers[to].connect(step, true)
    const { outcome } = await moveLog(
      {
        source: { name: from, at: source },
        target: { name: to, at: target },
        openTarget: () => openLog(optionsOf(target)),
        record: this.recordOf(actor),
        everybodyGone: () => this.everybodyGone(actor),
        carryOver: step,
        now: () => OPENED_AT,
        settle: step,
      },
      { ahead: !this.atOnce && this.chance.percent(20), signal: new AbortController().signal },
    )
    if (outcome !== 'moved') return
    this.moves++
    this.home = to
    this.lastMove = undefined
  }

  private async giveUp(actor: string, place: PlaceName): Promise<void> {
    const step = () => this.step(actor)
    const log = await openLog(optionsOf(this.servers[place].connect(step, true)))
    await reopenLog(
      {
        source: { name: place, at: log },
        record: this.recordOf(actor),
        everybodyGone: () => this.everybodyGone(actor),
        now: () => OPENED_AT,
      },
      { signal: new AbortController().signal },
    )
  }

  /** Over the session that holds the mover's lock: who lost it writes nothing more. */
  private recordOf(actor: string): MoveRecord {
    const over = async <T>(work: () => Promise<T>): Promise<T> => {
      await this.step(actor)
      if (this.mover !== actor) throw new LostSession()
      const result = await work()
      await this.step(actor)
      return result
    }
    return {
      read: () => over(() => this.record.read()),
      note: noted => over(() => this.record.note(noted)),
      decide: (...decision) => over(() => this.record.decide(...decision)),
    }
  }

  private async everybodyGone(actor: string) {
    do await this.step(actor)
    while (this.present.size > 0)
    this.alone = actor
    return {
      end: () => {
        if (this.alone === actor) this.alone = undefined
        return Promise.resolve()
      },
    }
  }
}

class LostSession extends Error {}

const mapPlaces = <T>(of: (place: PlaceName) => T): Record<PlaceName, T> => ({
  first: of('first'),
  second: of('second'),
  third: of('third'),
})

const refusedOnly = (error: unknown): undefined => {
  if (!(error instanceof StartRefused)) throw error
}

const optionsOf = (store: EventStore) => ({
  store,
  codec,
  protection: pretendProtection,
  clock: { kind: 'simulated' as const },
})

/**
 * Programs start and work wherever somebody starts them; the log is copied, moved, moved on and back, given up; all of
 * them are killed, held up and cut off at any step.
 */
export const simulateMoves = async (seed: number): Promise<MoveRun> => {
  const chance = chanceOf(seed)
  const world = new World(chance, chance.percent(50))
  await world.open()
  let paused = new Set<string>()
  const turns = 200 + chance.below(600)
  for (let turn = 0; turn < turns; turn++) {
    const dice = chance.below(100)
    if (dice < 5) world.startProgram()
    else if (dice < 8) world.startMover()
    else if (dice < 10) world.killSomebody()
    else if (dice < 11) world.cutOffSomebody()
    else if (dice < 12) {
      const { zombie } = world
      paused = new Set(zombie !== undefined && chance.percent(80) ? [zombie] : [])
    } else await world.scheduler.advance(paused)
  }
  return world.end()
}
