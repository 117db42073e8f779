import type { RoleLocks } from '../role-lock.ts'
import type { Reaction } from './reaction.ts'
import { ReactionStopped, reactionName, runReaction } from './runner.ts'
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

/** Runs reactions, each where this process holds its lock. */
export const startReactions = (
  deps: ReactionDeps & { readonly locks: RoleLocks; readonly onFault?: (error: unknown) => void },
  reactions: readonly Reaction[],
): Reactions => {
  const stopping = new AbortController()
  const statuses = new Map<string, ReactionStatus>()

  const run = async (reaction: Reaction): Promise<void> => {
    const { name } = reaction
    statuses.set(name, { name, state: 'running' })
    try {
      await deps.locks.whileHeld(reactionName(reaction), stopping.signal, held =>
        runReaction(deps, reaction, held),
      )
    } catch (error) {
      const reason = error instanceof ReactionStopped ? { reason: error } : {}
      statuses.set(name, { name, state: 'stopped', ...reason })
      deps.onFault?.(error)
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
