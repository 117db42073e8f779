import pg from 'pg'
import { areHosts } from '../../../event-store/eventstoredb/connection-string.ts'
import { isPostgres } from '../../open-store.ts'
import type { Context } from '../../context.ts'
import { Failure, exitCodes } from '../../failure.ts'

/** A place where a log can be: what the operator named, and how it is reached. */
export interface NamedPlace {
  /** Without user, password and parameters: it is recorded in the log. */
  readonly name: string
  readonly url: string
  /** The embedded server's log of that name; absent for an address. */
  readonly log?: string
}

const NAME_MAX = 300
const ADDRESS =
  /^((?:postgres|postgresql|esdb|esdb\+discover):\/\/)(?:[^/?#]*@)?([^/?#@]+)(\/[^?#@]*)?(?:[?#][^@]*)?$/
const LOG_NAME = /^[a-z][a-z0-9_]{0,39}$/

/** The options that name places, each with the variable that does so where everybody may read the command line. */
export const PLACE_VARIABLES = { from: 'LOG_FROM', to: 'LOG_TO', at: 'LOG_AT' } as const

/**
 * What the option was given, or else its variable holds, or the file that this names.
 * @throws Failure PLACE_MISSING
 */
export const givenPlace = (
  context: Context,
  option: keyof typeof PLACE_VARIABLES,
  given: string | undefined,
): string => {
  const variable = PLACE_VARIABLES[option]
  const place = given ?? context.environment[variable]
  if (place) return place
  throw new Failure(
    'PLACE_MISSING',
    {
      en: `No place is named: give it by --${option}, ${variable} or ${variable}_FILE.`,
      fr: `Aucun lieu n’est indiqué : donnez-le par --${option}, ${variable} ou ${variable}_FILE.`,
    },
    { facts: { option, variable }, exitCode: exitCodes.usage },
  )
}

/** What holds a secret, or could: a password, and what else stands in its place. */
const SECRET = /\/\/[^/?#]*:[^/?#]*@|password|passfile|sslkey/i

/**
 * How another command is told of a place, as it can be pasted into the same shell: by the variable or the file that told
 * this one, or by the address where nothing of it is secret.
 */
export const sameAddress = (
  { environment }: Pick<Context, 'environment'>,
  option: keyof typeof PLACE_VARIABLES,
  given: string | undefined,
): { readonly before: string; readonly option: string } => {
  const variable = PLACE_VARIABLES[option]
  if (given === undefined) {
    const file = environment[`${variable}_FILE`]
    const before = file ? `EVENTSTORE_URL_FILE=${quoted(file)} ` : `EVENTSTORE_URL="$${variable}" `
    return { before, option: '' }
  }
  if (!SECRET.test(given)) return { before: '', option: ` --eventstore ${quoted(given)}` }
  return { before: `EVENTSTORE_URL='…' `, option: '' }
}

/** One word for a shell. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

export interface PlaceRequest {
  readonly command: string
  /** What to do where a program works on the embedded server. */
  readonly whenRunning: 'refuse' | 'share'
}

/** @throws Failure PLACE_INVALID, or what the embedded server says */
export type FindPlace = (text: string) => Promise<NamedPlace>

/**
 * How one command finds its places. The first log of the embedded server that it names starts that server, or is refused
 * as the request says; any other is a guest there, and one that is named twice is opened once.
 */
export const placesOf = (context: Context, { command, whenRunning }: PlaceRequest): FindPlace => {
  const urls = new Map<string, string>()
  const urlOf = async (log: string): Promise<string> => {
    const { url } = await context.openDatabase({
      command,
      log,
      create: false,
      whenRunning: urls.size === 0 ? whenRunning : 'share',
    })
    urls.set(log, url)
    return url
  }
  return async text => {
    const name = addressName(text)
    if (name !== undefined) return { name, url: text }
    if (!LOG_NAME.test(text) || context.environment['DATABASE_URL']) throw placeInvalid(text)
    return { name: text, url: urls.get(text) ?? (await urlOf(text)), log: text }
  }
}

/** The address without what is secret or passing. */
export const addressName = (text: string): string | undefined => {
  const [, scheme, hosts, path] = ADDRESS.exec(text) ?? []
  if (scheme === undefined || hosts === undefined || !areHosts(hosts)) return undefined
  const name = `${scheme}${hosts}${path === undefined || path === '/' ? '' : path}`
  return name.length > NAME_MAX ? undefined : name
}

/** The database of vault and read models of a log, and the name of its master key. */
export interface Home {
  readonly url: string
  readonly log: string
  /** Whether it is the embedded server's: then `--log` names it. */
  readonly embedded: boolean
}

/**
 * Finds the database that holds the vault: the one that DATABASE_URL names, the log that `--log` names, or the first
 * of the places that has one; a move leaves it where it is.
 * @throws Failure VAULT_NOT_FOUND
 */
export const vaultHomeOf = async (
  context: Context,
  log: string | undefined,
  places: readonly NamedPlace[],
  find: FindPlace,
): Promise<Home> => {
  const given = context.environment['DATABASE_URL']
  const named = log === undefined ? undefined : await find(log)
  const candidates = given ? [{ name: 'DATABASE_URL', url: given }] : named ? [named] : places
  for (const place of candidates) if (isPostgres(place.url) && (await hasVault(place))) return homeAt(place)
  throw vaultNotFound()
}

const homeAt = ({ url, log }: NamedPlace): Home => ({ url, log: log ?? 'main', embedded: log !== undefined })

const hasVault = async ({ name, url }: NamedPlace): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('vault.secrets') is not null as there`,
    )
    return rows[0]?.there === true
  } catch (cause) {
    throw unreachable(name, cause)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Says of a place that it cannot be used, without its password. */
export const unreachable = (place: string, cause: unknown): Failure => {
  const error = cause as { message?: string; code?: string }
  const reason = error.message ? error.message : (error.code ?? 'unknown')
  return new Failure(
    'PLACE_UNREACHABLE',
    {
      en: `${place} cannot be used (${reason}); check that the server runs and that the address is right.`,
      fr: `${place} ne peut être utilisé (${reason}) ; vérifiez que le serveur tourne et que l’adresse est juste.`,
    },
    { facts: { place, reason }, cause },
  )
}

const placeInvalid = (text: string): Failure => {
  // What is no address may hold a password all the same, wherever a slip of the hand put it.
  const shown = /^[\w.-]+$/.test(text) ? text : `${/^[a-z+]+:\/\//i.exec(text)?.[0] ?? ''}…`
  return new Failure(
    'PLACE_INVALID',
    {
      en: `"${shown}" is no place of a log: expected postgres://…, esdb://…, or, without DATABASE_URL, the name of a log of the embedded server.`,
      fr: `« ${shown} » n’est pas un lieu de journal : attendu postgres://…, esdb://…, ou, sans DATABASE_URL, le nom d’un journal du serveur embarqué.`,
    },
    { facts: { found: shown }, exitCode: exitCodes.usage },
  )
}

/** A log of the embedded server is opened with the vault in its own database: another place needs an address. */
export const refuseForeignName = (place: NamedPlace, home: Home): void => {
  if (place.log === undefined || place.url === home.url) return
  throw new Failure(
    'PLACE_WITHOUT_VAULT',
    {
      en: `The vault of this log is in the database of ${home.log}: of the embedded server, that is the one place it can be moved to. Name another one by its address.`,
      fr: `Le coffre de ce journal est dans la base de ${home.log} : sur le serveur embarqué, c’est le seul lieu où le déplacer. Indiquez-en un autre par son adresse.`,
    },
    { facts: { place: place.name, vault: home.log }, exitCode: exitCodes.usage },
  )
}

const vaultNotFound = (): Failure =>
  new Failure(
    'VAULT_NOT_FOUND',
    {
      en: 'No database that was named holds the vault of the log: name it by DATABASE_URL, or its log of the embedded server by --log.',
      fr: 'Aucune base indiquée ne tient le coffre du journal : indiquez-la par DATABASE_URL, ou son journal du serveur embarqué par --log.',
    },
    { exitCode: exitCodes.usage },
  )
