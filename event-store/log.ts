import { randomUUID } from 'node:crypto'
import { LOG_STREAM, LogOpened } from '../domain/organisation/log.events.ts'
import type { Codec } from './codec.ts'
import { StartRefused } from './errors.ts'
import { LogOnStore, collect } from './log-on-store.ts'
import type { Opened } from './log-on-store.ts'
import type { Log, LogOptions, Protection } from './log-types.ts'
import { decodeMetadata } from './metadata.ts'
import { WrongExpectedRevision } from './port.ts'
import type { EventStore, StoredEvent } from './port.ts'
import { uuidv5 } from './uuid.ts'

export type {
  AppendContext,
  AppendRequest,
  AppendResult,
  LoadedStream,
  Log,
  LogOptions,
  Protection,
  RecordedEvent,
  WrittenEvent,
} from './log-types.ts'

/** The log itself, when it acts: opening is nobody's command. Fixed for ever. */
export const LOG_ACTOR = '6f1f7a86-9a0c-5d3c-8a55-1f2c1f9a4a01'

/**
 * Opens the log a store holds. What it is stands in its first event, and is read from there also by whoever just
 * wrote one: of two starters of an empty log, one alone decides (PROTOCOL 9).
 * @throws StartRefused where the log was never opened, is a production log with a simulated clock, or belongs to
 *   another vault
 */
export const openLog = async (options: LogOptions): Promise<Log> => {
  const stored = await collect(options.store.readStream(LOG_STREAM, { limit: 1 }))
  if (!stored[0]) throw await neverOpened(options.store)
  const opened = openedBy(options.codec, stored[0])
  if (opened.secretCheck !== secretCheck(options.protection, opened.logId)) throw otherSecret(opened.name)
  const log = new LogOnStore(options, opened)
  if (log.kind === 'production' && options.clock.kind === 'simulated') throw productionIsReal()
  await log.learnTime()
  return log
}

/**
 * Writes the first event of an empty log; where there is one already, nothing happens. Open it afterwards: the
 * stored event says what the log is, not what was asked for here.
 * @throws StartRefused where the store holds events but no `log-main`
 */
export const createLog = async (
  options: LogOptions,
  log: { readonly kind: 'production' | 'sandbox'; readonly name: string; readonly recordedAt: string },
): Promise<void> => {
  const head = await options.store.head()
  if (head) {
    const [first] = await collect(options.store.readStream(LOG_STREAM, { limit: 1 }))
    if (!first) throw await neverOpened(options.store)
    return
  }
  if (log.kind === 'production' && options.clock.kind === 'simulated') throw productionIsReal()
  const logId = randomUUID()
  const commandId = uuidv5(LOG_ACTOR, `open ${logId}`)
  const data = { logId, kind: log.kind, name: log.name, secretCheck: secretCheck(options.protection, logId) }
  const attempt = new LogOnStore(options, data)
  const context = {
    commandId,
    actor: LOG_ACTOR,
    origin: 'job',
    correlationId: commandId,
    recordedAt: log.recordedAt,
  } as const
  try {
    await attempt.append({
      stream: LOG_STREAM,
      expected: 'noStream',
      events: [{ type: LogOpened.type, data }],
      context,
    })
  } catch (error) {
    // Another starter was first: its event counts.
    if (!(error instanceof WrongExpectedRevision)) throw error
  }
}

/** Says which secret the names of unique keys and the digests of inputs come from, without telling it. */
const secretCheck = (protection: Protection, logId: string): string => protection.hmac('logId', logId)

const openedBy = (codec: Codec, first: StoredEvent): Opened & { readonly secretCheck: string } => {
  const { schemaVersion } = decodeMetadata(first.metadata)
  if (first.type !== LogOpened.type) throw new Error(`the first event of ${LOG_STREAM} is ${first.type}`)
  return codec.decode(first.type, schemaVersion, first.data).data as Opened & { readonly secretCheck: string }
}

const neverOpened = async (store: EventStore): Promise<StartRefused> =>
  (await store.head())
    ? new StartRefused(
        'LOG_NOT_OPENED',
        { stream: LOG_STREAM },
        {
          en: `The store holds events but no ${LOG_STREAM}: this is not a log of this program.`,
          fr: `Le magasin contient des événements mais pas de ${LOG_STREAM} : ce n'est pas un journal de ce programme.`,
        },
      )
    : new StartRefused(
        'LOG_EMPTY',
        { stream: LOG_STREAM },
        {
          en: 'The log is empty: it was never opened.',
          fr: "Le journal est vide : il n'a jamais été ouvert.",
        },
      )

const productionIsReal = (): StartRefused =>
  new StartRefused(
    'CLOCK_SIMULATED_IN_PRODUCTION',
    {},
    {
      en: 'This is a production log: it runs on the real clock only.',
      fr: "C'est un journal de production : il ne connaît que l'horloge réelle.",
    },
  )

const otherSecret = (name: string): StartRefused =>
  new StartRefused(
    'VAULT_OF_ANOTHER_LOG',
    { log: name },
    {
      en: `The vault does not belong to the log ${name}: its secret is another. Name the log that it belongs to (--log), or restore the vault of this one.`,
      fr: `Le coffre n'appartient pas au journal ${name} : son secret est un autre. Nommez le journal auquel il appartient (--log), ou restaurez le coffre de celui-ci.`,
    },
  )
