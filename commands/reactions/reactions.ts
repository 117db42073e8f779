import { setTimeout as delay } from 'node:timers/promises'
import type { RoleLocks } from '../role-lock.ts'
import type { Reaction } from './reaction.ts'
import { ReactionStopped } from './reaction-stopped.ts'
import { reactionName, runReaction } from './runner.ts'
import type { ReactionDeps } from './runner.ts'

/** What a reaction is doing, for health checks and operators. */
export interface ReactionStatus {
  readonly name: string
  readonly state: 'running' | 'stopped'
  /** Why it stopped, where an operator has to say how it goes on. */
  readonly reason?: ReactionStopped
}

export interface Reactions {
  status(): readonly ReactionStatus[]
  stop(): Promise<void>
}

const LOOK_MS = 5_000

/** Runs reactions, each where this process holds its lock. */
export const startReactions = (
  deps: ReactionDeps & { readonly locks: RoleLocks; readonly onFault?: (error: unknown) => void },
  reactions: readonly Reaction[],
): Reactions => {
  const stopping = new AbortController()
  const statuses = new Map<string, ReactionStatus>()

  const follow = async (reaction: Reaction): Promise<ReactionStopped | undefined> => {
    const { name } = reaction
    statuses.set(name, { name, state: 'running' })
    try {
      await deps.locks.whileHeld(reactionName(reaction), stopping.signal, held =>
        runReaction(deps, reaction, held),
      )
      return undefined
    } catch (error) {
      const reason = error instanceof ReactionStopped ? error : undefined
      statuses.set(name, { name, state: 'stopped', ...(reason && { reason }) })
      if (reason === undefined) deps.onFault?.(error)
      return reason
    }
  }

  const run = async (reaction: Reaction): Promise<void> => {
    for (let why = await follow(reaction); why && !stopping.signal.aborted; why = await follow(reaction)) {
      deps.onFault?.(why)
      await resumed(deps, reaction, stopping.signal)
    }
  }
  const running = Promise.all(reactions.map(run))
  return {
    status: () => [...statuses.values()],
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** Resolves when an operator has said where a reaction goes on that stopped. */
const resumed = async (
  { store, log, lookMs = LOOK_MS }: ReactionDeps,
  reaction: Reaction,
  signal: AbortSignal,
): Promise<void> => {
  let knows = false
  while (!knows && !signal.aborted) {
    await delay(lookMs, undefined, { signal }).catch(() => undefined)
    knows = await store.begin(log, reaction).then(
      () => true,
      () => false,
    )
  }
}
