import { eventDefinitions } from '../../../domain/events.ts'
import { createCodec } from '../../../event-store/codec.ts'
import { LogOpened } from '../../../domain/organisation/log.events.ts'
import { openVault } from '../../../event-store/vault/vault.ts'
import { projections } from '../../../projections/all.ts'
import type { Source } from '../../../replay/cut.ts'
import { firstOfLog } from '../../../replay/first-event.ts'
import type { Subject } from '../../../replay/check.ts'
import { openStore } from '../../open-store.ts'
import type { Context } from '../../context.ts'
import { Failure, exitCodes } from '../../failure.ts'
import { asFailure, masterKeyFile } from '../../vault-key.ts'

export type ReplaySubject = Subject & Source & { readonly readModels: NonNullable<Subject['readModels']> }

/**
 * Opens a log to be replayed: store, vault and read models, and nothing that acts. No registrar, no reaction and no
 * projection runs in it, and a program that runs on the same log is not disturbed.
 */
export const openReplay = async (
  context: Context,
  {
    despiteDangers = false,
    ...request
  }: {
    readonly command: string
    readonly log: string | undefined
    /** To verify the log, which tells of the dangers itself. */
    readonly despiteDangers?: boolean
  },
): Promise<ReplaySubject> => {
  const database = await context.openDatabase({ ...request, create: false, whenRunning: 'share' })
  const place = { databaseUrl: database.url, eventStoreUrl: context.eventStoreUrl(), despiteDangers }
  const { store } = await asFailure(openStore(place))
  context.onEnd(() => store.close())
  if (!(await store.head())) throw nothingToReplay()
  const vault = await asFailure(
    openVault({
      connectionString: database.url,
      masterKeyFile: masterKeyFile(context.environment, database.log),
    }),
  )
  context.onEnd(() => vault.close())
  const codec = createCodec(eventDefinitions)
  const source = { store, codec }
  const logId = await logIdOf(source)
  const reveal: Source['reveal'] = fields => vault.reveal(logId, fields)
  return { ...source, reveal, vault, readModels: { databaseUrl: database.url, projections, reveal } }
}

/** The log's id as its first event tells it; '' where it tells none: nothing is revealed then. */
const logIdOf = async ({ store, codec }: Source): Promise<string> => {
  const first = await firstOfLog(store)
  if (first?.type !== LogOpened.type) return ''
  const { logId } = codec.decode(first.type, 1, first.data).data as { readonly logId: string }
  return logId
}

const nothingToReplay = (): Failure =>
  new Failure(
    'LOG_EMPTY',
    { en: 'The log is empty: there is nothing to replay.', fr: 'Le journal est vide : rien à rejouer.' },
    { exitCode: exitCodes.refused },
  )
