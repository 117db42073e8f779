import { NumberSeriesOpened } from '../../domain/organisation/legal-entity.events.ts'
import type { RoleLocks } from '../role-lock.ts'
import type { Series } from './numbering.ts'
import { RegistrarStopped, registrarName, runRegistrar } from './registrar.ts'
import type { RegistrarDeps } from './registrar.ts'

/** What a registrar is doing, for health checks and operators. */
export interface RegistrarStatus {
  readonly series: Series
  readonly state: 'running' | 'stopped'
  /** Why it stopped. */
  readonly reason?: RegistrarStopped
}

export interface Registrars {
  status(): readonly RegistrarStatus[]
  /** Resolves when all of them have ended their work. */
  stop(): Promise<void>
}

/** A series that is opened waits this long at most for its registrar. */
const DISCOVER_EVERY_MS = 50

/** Runs one registrar per series of the log: those opened so far, and those that will be. */
export const startRegistrars = (
  deps: RegistrarDeps & { readonly locks: RoleLocks; readonly onFault?: (error: unknown) => void },
): Registrars => {
  const stopping = new AbortController()
  const statuses = new Map<string, RegistrarStatus>()
  const running = new Set<Promise<void>>()

  const serve = async (series: Series): Promise<void> => {
    const name = registrarName(series)
    try {
      await deps.locks.whileHeld(name, stopping.signal, held => runRegistrar(deps, series, held))
    } catch (error) {
      if (error instanceof RegistrarStopped) statuses.set(name, { series, state: 'stopped', reason: error })
      else statuses.set(name, { series, state: 'stopped' })
      deps.onFault?.(error)
    }
  }

  const discover = async (): Promise<void> => {
    const opened = deps.log.store.subscribe({
      prefixes: ['legalEntity-'],
      coalesceMs: DISCOVER_EVERY_MS,
      signal: stopping.signal,
    })
    for await (const { events } of opened) {
      for (const stored of events.filter(event => event.type === NumberSeriesOpened.type)) {
        const { entityId, series } = deps.log.decode(stored).data as Series
        const name = registrarName({ entityId, series })
        if (statuses.has(name)) continue
        statuses.set(name, { series: { entityId, series }, state: 'running' })
        running.add(serve({ entityId, series }))
      }
    }
  }
  running.add(discover().catch((error: unknown) => deps.onFault?.(error)))

  return {
    status: () => [...statuses.values()],
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
