import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../../event-store/log.ts'
import { StoreUnavailable } from '../../event-store/port.ts'
import type { Batch } from '../../event-store/port.ts'
import type { CommandHandler } from '../handler.ts'
import type { Sentence } from '../definition.ts'
import type { Outcome } from '../outcome.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'
import type { Effect, Watermarks } from '../watermarks.ts'
import { uuidv5 } from '../../event-store/uuid.ts'
import type { PostingHistory } from './posting-history.ts'
import type { Reaction, ReactionCommand } from './reaction.ts'
import type { ReactionProgress, ReactionStore } from './reaction-store.ts'

export interface ReactionDeps {
  readonly log: Log
  readonly handler: CommandHandler
  readonly store: ReactionStore
  readonly history: PostingHistory
  readonly watermarks: Watermarks
  /** The machine's clock, also in a sandbox: ISO 8601, UTC. */
  readonly now: () => string
  /** How often it is looked whether time made something due. */
  readonly lookMs?: number
}

export const reactionName = ({ name }: Pick<Reaction, 'name'>): string => `reaction ${name}`

const LOOK_MS = 5_000
/** Nobody waits for a reaction as for a number: wake-ups that come closer together are read at once. */
const COALESCE_MS = 50
const RETRY_MS = 500
const SAVE_EVERY_MS = 1_000

/**
 * Runs one reaction from its checkpoint until the signal. Its commands carry ids derived from the causing event: what
 * a crash makes it read again changes nothing.
 * @throws ReactionStopped
 */
export const runReaction = async (
  deps: ReactionDeps,
  reaction: Reaction,
  signal: AbortSignal,
): Promise<void> => {
  // A run ends when another process has moved the checkpoint: the next one begins where that is.
  while (!signal.aborted) {
    const ending = new AbortController()
    const progress = await deps.store.begin(deps.log, reaction)
    const run = new ReactionRun(deps, reaction, AbortSignal.any([signal, ending.signal]), progress)
    const end = (): void => {
      ending.abort()
    }
    const ticking = run.ticks().catch((error: unknown) => {
      end()
      throw error
    })
    const ended = await Promise.allSettled([run.follow().finally(end), ticking])
    await run.save()
    for (const part of ended) if (part.status === 'rejected') throw part.reason
  }
}

class ReactionRun {
  private readonly deps: ReactionDeps
  private readonly reaction: Reaction
  private readonly signal: AbortSignal
  private progress: ReactionProgress
  private readonly state: unknown
  private savedAt = 0
  private unsaved: ReactionProgress['checkpoint'] | undefined
  /** False while the state is ahead of its commands, and after a run that was broken off there: it is not saved. */
  private isWhole = true
  /** Batches and ticks take turns: both change the state. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(deps: ReactionDeps, reaction: Reaction, signal: AbortSignal, progress: ReactionProgress) {
    this.deps = deps
    this.reaction = reaction
    this.signal = signal
    this.progress = progress
    this.state = progress.state
  }

  async follow(): Promise<void> {
    const { log } = this.deps
    const { checkpoint } = this.progress
    const batches = log.store.subscribe({
      after: checkpoint.position,
      prefixes: this.reaction.prefixes,
      coalesceMs: COALESCE_MS,
      signal: this.signal,
    })
    for await (const batch of batches) if (!(await this.inTurn(() => this.take(batch)))) return
  }

  /** Looks again and again whether time made something due. */
  async ticks(): Promise<void> {
    const { due } = this.reaction
    if (!due) return
    while (!this.signal.aborted) {
      await delay(this.deps.lookMs ?? LOOK_MS, undefined, { signal: this.signal }).catch(() => undefined)
      if (!this.signal.aborted) await this.inTurn(() => this.carryOut(() => due(this.state, this.deps.now())))
    }
  }

  /** False when another process has gone on with the reaction. */
  async save(): Promise<boolean> {
    const to = this.unsaved
    if (!to || !this.isWhole) return true
    const state = this.reaction.encode(this.state)
    if (!(await this.deps.store.move(this.reaction.name, this.progress.checkpoint, to, state))) return false
    this.progress = { ...this.progress, checkpoint: to }
    this.unsaved = undefined
    this.savedAt = performance.now()
    return true
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work)
    this.turn = result.catch(() => undefined)
    return result
  }

  /** False when another process has gone on with the reaction, or the signal broke it off. */
  private async take({ events, position }: Batch): Promise<boolean> {
    const { log, watermarks } = this.deps
    const effects: Effect[] = []
    for (const stored of events) {
      const react = () => this.reaction.react(this.state, stored, e => log.decode(e), this.deps.now())
      effects.push(...(await this.carryOut(react)))
      // Broken off before its command was carried out: the event is read again.
      if (!this.isWhole) return false
      this.unsaved = { position: stored.position, eventId: stored.id }
    }
    watermarks.publish(reactionName(this.reaction), position, effects)
    return performance.now() - this.savedAt < SAVE_EVERY_MS || this.save()
  }

  /** What changes the state, and the commands that follow from it. */
  private async carryOut(react: () => readonly ReactionCommand[]): Promise<Effect[]> {
    this.isWhole = false
    const effects = await this.execute(react())
    this.isWhole = !this.signal.aborted
    return effects
  }

  private async execute(commands: readonly ReactionCommand[]): Promise<Effect[]> {
    const effects: Effect[] = []
    for (const command of commands) {
      const outcome = await this.untilAnswered(command)
      const { correlationId } = command.cause
      if (outcome?.kind === 'done') effects.push({ correlationId, position: outcome.position })
      else if (outcome && !isSettled(command, outcome)) await this.makeTask(command, outcome)
    }
    return effects
  }

  private async untilAnswered(command: ReactionCommand): Promise<Outcome | undefined> {
    while (!this.signal.aborted) {
      try {
        const outcome = await this.send(command)
        if (outcome.kind !== 'unavailable' && outcome.kind !== 'conflict') return outcome
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
      }
      await delay(RETRY_MS, undefined, { signal: this.signal }).catch(() => undefined)
    }
    return undefined
  }

  private async send({ name, input, inputFrom, key, cause }: ReactionCommand): Promise<Outcome> {
    return this.deps.handler.handle({
      name,
      input: inputFrom ? await inputFrom(this.deps.history) : input,
      key: keyOf(cause.eventId, name, key),
      actor: { userId: SYSTEM_ACTORS.reactions, grants: [] },
      origin: 'job',
      correlationId: cause.correlationId,
      causationId: cause.eventId,
    })
  }

  /** What a reaction could not do is for a person: once, however often it is tried. */
  private async makeTask({ name, key, cause }: ReactionCommand, outcome: Outcome): Promise<void> {
    const code = outcome.kind === 'refused' ? outcome.rejection.code : outcome.kind.toUpperCase()
    const sentence = 'sentence' in outcome ? outcome.sentence : INVALID
    await this.deps.store.addTask({
      id: uuidv5(SYSTEM_ACTORS.reactions, `task ${keyOf(cause.eventId, name, key)}`),
      reaction: this.reaction.name,
      command: name,
      causeEventId: cause.eventId,
      code,
      sentence,
    })
  }
}

const isSettled = ({ settledBy = [] }: ReactionCommand, outcome: Outcome): boolean =>
  outcome.kind === 'nothing' || (outcome.kind === 'refused' && settledBy.includes(outcome.rejection.code))

const keyOf = (eventId: string, name: string, key: string): string => `${eventId}/${name}/${key}`

const INVALID: Sentence = {
  fr: 'La commande préparée est incomplète : voyez les détails de son événement.',
  en: 'The command that was made is incomplete: see the details of its event.',
}
