import pg from 'pg'
import { embeddedPostgres, type EmbeddedOptions } from './embedded-postgres/embedded-postgres.ts'
import { exitCodes, Failure } from './failure.ts'
import { homeOf } from './home.ts'

/** The log used when `--log` names none: one for the embedded server's own, one for what lies on another server. */
const defaultLog = { embedded: 'main', elsewhere: 'eventstore' } as const

/** The oldest PostgreSQL the program runs on, as `server_version_num` counts. */
const oldestServer = 150_000

export type Database = {
  /** A connection string for pg. */
  readonly url: string
  /** The name of the log, which names the file of its master key, too. */
  readonly log: string
  /** Whether the program runs the server itself; only such a log is filled with the demonstration unasked. */
  readonly embedded: boolean
  /** Resolves when the embedded server is gone although nobody stopped it. */
  readonly lost: Promise<Failure>
  readonly stop: () => Promise<void>
}

export type DatabaseRequest = Pick<EmbeddedOptions, 'command' | 'whenRunning' | 'say'> & {
  /** Which log of the embedded server; each has a database of its own. Undefined: `main`. */
  readonly log: string | undefined
  /** Where the log itself lies, if not in this database, which then holds what is read from it. */
  readonly eventStoreUrl?: string | undefined
  /** Whether a log that the embedded server does not have yet is given a database; else it is refused. */
  readonly create: boolean
  readonly environment: NodeJS.ProcessEnv
}

/**
 * The database of a log: in the server that DATABASE_URL names, or else in the embedded one, started if need be.
 * @throws Failure with one sentence when there is none to be had.
 */
export const openDatabase = async (request: DatabaseRequest): Promise<Database> => {
  const given = request.environment['DATABASE_URL']
  if (given) return externalDatabase(given, request.log)
  const log = request.log ?? defaultLog[request.eventStoreUrl === undefined ? 'embedded' : 'elsewhere']
  const name = databaseOf(log)
  const server = await embeddedPostgres({ ...request, home: homeOf(request.environment) })
  try {
    const databases = request.create ? [name] : await server.databases()
    if (!databases.includes(name)) throw unknownLog(log, logsAmong(databases))
    return {
      url: await server.ensureDatabase(name),
      log,
      embedded: true,
      lost: server.lost,
      stop: server.stop,
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

const PREFIX = 'grandlivre_'

const logsAmong = (databases: readonly string[]): readonly string[] =>
  databases.filter(name => name.startsWith(PREFIX)).map(name => name.slice(PREFIX.length))

const unknownLog = (log: string, logs: readonly string[]): Failure => {
  const found = logs.join(', ')
  return new Failure(
    'LOG_UNKNOWN',
    {
      en: `There is no log named "${log}"; ${found ? `--log may name: ${found}` : 'there is none yet'}. "start" opens the first one; "import", "init --production" and "start --demo" open others.`,
      fr: `Aucun journal ne se nomme « ${log} » ; ${found ? `--log peut nommer : ${found}` : 'il n’en existe encore aucun'}. « start » ouvre le premier ; « import », « init --production » et « start --demo » en ouvrent d’autres.`,
    },
    { facts: { log, found }, exitCode: exitCodes.refused },
  )
}

const databaseOf = (log: string): string => {
  if (/^[a-z][a-z0-9_]{0,39}$/.test(log)) return `${PREFIX}${log}`
  throw new Failure(
    'LOG_NAME_INVALID',
    {
      en: `--log takes a name of at most 40 small letters, digits and _, beginning with a letter; "${log}" is not one.`,
      fr: `--log attend un nom d’au plus 40 minuscules, chiffres et _, commençant par une lettre ; « ${log} » n’en est pas un.`,
    },
    { facts: { log }, exitCode: exitCodes.usage },
  )
}

const externalDatabase = async (url: string, log: string | undefined): Promise<Database> => {
  if (log !== undefined) {
    throw new Failure(
      'LOG_NOT_CHOSEN_HERE',
      {
        en: 'DATABASE_URL names the database, and with it the log; leave out --log.',
        fr: 'DATABASE_URL désigne la base, et avec elle le journal ; retirez --log.',
      },
      { exitCode: exitCodes.usage },
    )
  }
  refuseUnfit(await askServer(url))
  return {
    url,
    log: defaultLog.embedded,
    embedded: false,
    lost: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  }
}

/** What matters of a server: `server_version_num` and the encoding of the database. */
type ServerFacts = { readonly version: number; readonly encoding: string }

/** @throws Failure when the log could not live on such a server. */
export const refuseUnfit = ({ version, encoding }: ServerFacts): void => {
  if (version < oldestServer) throw tooOld(version)
  if (encoding !== 'UTF8') throw wrongEncoding(encoding)
}

const askServer = async (url: string): Promise<ServerFacts> => {
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
    client.on('error', () => undefined)
    await client.connect()
    try {
      const { rows } = await client.query<ServerFacts>(
        `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
      )
      return rows[0] ?? { version: 0, encoding: '' }
    } finally {
      await client.end()
    }
  } catch (cause) {
    throw unreachable(url, cause)
  }
}

/** Names the server without its password; the reason is what the driver said. */
const unreachable = (url: string, cause: unknown): Failure => {
  const server = URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'DATABASE_URL'
  const error = cause as { message?: string; code?: string }
  const reason = error.message ? error.message : (error.code ?? 'unknown')
  return new Failure(
    'DATABASE_UNREACHABLE',
    {
      en: `The database ${server} of DATABASE_URL cannot be used (${reason}); check that the server runs and that DATABASE_URL is right.`,
      fr: `La base ${server} de DATABASE_URL ne peut être utilisée (${reason}) ; vérifiez que le serveur tourne et que DATABASE_URL est juste.`,
    },
    { facts: { server, reason }, cause },
  )
}

const tooOld = (version: number): Failure => {
  const major = Math.trunc(version / 10_000)
  return new Failure(
    'DATABASE_TOO_OLD',
    {
      en: `The server of DATABASE_URL is PostgreSQL ${major}; version 15 or later is needed.`,
      fr: `Le serveur de DATABASE_URL est un PostgreSQL ${major} ; il faut la version 15 ou une plus récente.`,
    },
    { facts: { found: major, expected: 15 }, exitCode: exitCodes.refused },
  )
}

const wrongEncoding = (encoding: string): Failure =>
  new Failure(
    'DATABASE_ENCODING',
    {
      en: `The database of DATABASE_URL is encoded in ${encoding}; create one with encoding UTF8.`,
      fr: `La base de DATABASE_URL est encodée en ${encoding} ; créez-en une en encodage UTF8.`,
    },
    { facts: { encoding }, exitCode: exitCodes.refused },
  )
