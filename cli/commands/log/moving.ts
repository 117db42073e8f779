import pg from 'pg'
import { everybodyGone } from '../../../commands/moving/presence.ts'
import type { Absence } from '../../../commands/moving/presence.ts'
import type { Place } from '../../../commands/moving/move-log.ts'
import { StartRefused } from '../../../event-store/errors.ts'
import type { Log } from '../../../event-store/log.ts'
import { StoreReplaced } from '../../../event-store/port.ts'
import type { EventStore } from '../../../event-store/port.ts'
import { isUnavailable } from '../../../event-store/unavailable.ts'
import { takeMoveRecord } from '../../../event-store/vault/move-record.ts'
import type { MoveRecord } from '../../../event-store/vault/move-record.ts'
import { openVault } from '../../../event-store/vault/vault.ts'
import { openedLog } from '../../composition.ts'
import { openStore } from '../../open-store.ts'
import type { Context } from '../../context.ts'
import { Interrupted } from '../../context.ts'
import { asFailure, masterKeyFile } from '../../vault-key.ts'
import { unreachable } from './places.ts'
import type { Home, NamedPlace } from './places.ts'

/** What a move works with besides the stores: the vault, the record in it, and who is present. */
export interface Moving {
  readonly pool: pg.Pool
  readonly record: MoveRecord
  readonly openStoreAt: (place: NamedPlace) => Promise<Place<EventStore>>
  /** Opens what a store holds; its clock stands still where it is a sandbox's. */
  readonly openLogOn: (store: EventStore) => Promise<Log>
  readonly everybodyGone: (signal: AbortSignal) => Promise<Absence>
  readonly now: (log: Log) => string
}

/** Opens everything for one command; it is closed when the command ends. */
export const openMoving = async (context: Context, home: Home): Promise<Moving> => {
  const vault = await asFailure(
    openVault({
      connectionString: home.url,
      masterKeyFile: masterKeyFile(context.environment, home.log),
    }),
  )
  context.onEnd(() => vault.close())
  const pool = new pg.Pool({ connectionString: home.url, max: 2, application_name: 'grandlivre move' })
  pool.on('error', () => undefined)
  context.onEnd(() => pool.end())
  const record = await asFailure(takeMoveRecord(home.url))
  context.onEnd(() => record.close())
  return {
    pool,
    record,
    openStoreAt: async place => {
      const { store } = await asFailure(
        openStore({ databaseUrl: home.url, eventStoreUrl: place.url, copying: true }).catch(
          (error: unknown) => {
            throw error instanceof StartRefused ? error : unreachable(place.name, error)
          },
        ),
      )
      context.onEnd(() => store.close())
      return { name: place.name, at: store }
    },
    openLogOn: async store => (await asFailure(openedLog({ sandboxTime: 'still' }, store, vault, pool))).log,
    everybodyGone: signal =>
      everybodyGone(home.url, signal, programs => {
        context.say({
          en: `Waiting for ${programs} program(s) that still work on the log; those that have read that it moves end by themselves.`,
          fr: `En attente de ${programs} programme(s) encore au travail sur le journal ; ceux qui ont lu le déplacement s’arrêtent d’eux-mêmes.`,
        })
      }),
    now: log => (log.kind === 'production' ? new Date().toISOString() : log.clock.maximum),
  }
}

/** What the log refuses is said to a person; what ends by the signal, or for want of a server, can go on. */
export const unlessInterrupted = async <T>(context: Context, work: Promise<T>): Promise<T> => {
  try {
    return await asFailure(work)
  } catch (error) {
    const { aborted } = context.signal
    if (!aborted && !isPassing(error)) throw error
    context.say({
      en: 'What was copied stays: the same command goes on from here.',
      fr: 'Ce qui est copié reste : la même commande reprendra d’ici.',
    })
    throw aborted ? new Interrupted() : error
  }
}

/** Where the same command may succeed later: not where the server has another log now. */
const isPassing = (error: unknown): boolean => isUnavailable(error) && !(error instanceof StoreReplaced)
