import type { FastifyInstance } from 'fastify'
import { createApi } from '../api/app.ts'
import { defaultSettings, requestBounds } from '../api/dependencies.ts'
import type { ApiDependencies, ApiLog } from '../api/dependencies.ts'
import { openPreferences } from '../api/preferences/preferences.ts'
import type { Condition } from '../api/routes/operations.ts'
import { createAccounts } from '../api/sign-in/accounts.ts'
import type { IdentityProvider } from '../api/sign-in/identity-provider.ts'
import { LOG_REPLACED } from '../event-store/same-log.ts'
import { projections } from '../projections/all.ts'
import { schemaOf } from '../projections/definition.ts'
import type { Program } from './composition.ts'
import { Failure } from './failure.ts'

const LOOPBACK = '127.0.0.1'

export interface Serving {
  readonly port: number
  /** Address to listen on; loopback when absent. */
  readonly host?: string
  /** Addresses of what ends TLS before it: believed who calls, and cookies are for TLS alone. */
  readonly proxies?: readonly string[]
  /** Requests of one address in a minute, where the bound is another than usual. */
  readonly requestsPerMinuteMax?: number | undefined
  readonly logging: ApiLog
  /** Folder of the built screens; absent: the API alone. */
  readonly screens?: string | undefined
  /** Users of the demonstration that the log was filled with. */
  readonly demonstration?: ApiDependencies['demonstration']
  /** Through which people may sign in besides passwords. */
  readonly provider?: IdentityProvider | undefined
}

/**
 * Puts the API in front of a program, on loopback unless it is told where a proxy that ends TLS stands before it.
 * @returns the address to open, and how to stop
 * @throws Failure PORT_TAKEN, HOST_NOT_HERE
 */
export const serve = async (
  program: Program,
  { port, host = LOOPBACK, ...serving }: Serving,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> => {
  const api = apiOf(program, serving, await openPreferences(program.readModels))
  try {
    return { address: await api.listen({ host, port }), close: () => api.close() }
  } catch (cause) {
    await api.close()
    throw listenFailure(cause, { host, port, option: '--port' })
  }
}

/** Why a port could not be opened, as a failure that says what to do; what it was not that is given back. */
export const listenFailure = (
  cause: unknown,
  { host, port, option }: { readonly host: string; readonly port: number; readonly option: string },
): unknown => {
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new Failure(
      'PORT_TAKEN',
      {
        en: `Port ${port} is taken by another program; name another one with ${option}.`,
        fr: `Le port ${port} est pris par un autre programme ; indiquez-en un autre avec ${option}.`,
      },
      { facts: { port }, cause },
    )
  if (code === 'EADDRNOTAVAIL')
    return new Failure(
      'HOST_NOT_HERE',
      {
        en: `This machine does not have the address ${host} of --host.`,
        fr: `Cette machine n’a pas l’adresse ${host} de --host.`,
      },
      { facts: { host }, cause },
    )
  return cause
}

const apiOf = (
  program: Program,
  {
    logging,
    screens,
    demonstration,
    provider,
    proxies,
    requestsPerMinuteMax,
  }: Omit<Serving, 'port' | 'host'>,
  preferences: ApiDependencies['preferences'],
): FastifyInstance => {
  const { log, vault, writeSide, readModels, watch } = program
  return createApi({
    registry: writeSide.registry,
    commands: writeSide.handler,
    accounts: createAccounts({ streams: writeSide.streams, log, vault }),
    vault,
    audit: writeSide.audit,
    preferences,
    readModels,
    replay: replayOf(program),
    watch,
    isPosition: text => log.store.isPosition(text),
    head: async () => (await log.store.head())?.position,
    logEnd: program.logEnd,
    ...conditionOf(program),
    log: { kind: log.kind, name: log.name },
    ...(screens !== undefined && { screens }),
    ...(demonstration && { demonstration }),
    ...(provider && { provider }),
    settings: {
      ...defaultSettings,
      ...(proxies && { secureCookies: true, trustedProxies: proxies }),
      ...(requestsPerMinuteMax !== undefined && requestBounds(requestsPerMinuteMax)),
    },
    logging,
  })
}

/** What says of a program how it is, to whoever restarts it, waits for it or watches over it. */
export const conditionOf = (program: Program): Condition => ({
  checks: checksOf(program),
  logDangers: () => dangersOf(program),
})

/** The log may also have been found replaced by its checkpoints, at the start or by another process. */
const dangersOf = ({ log, writeSide }: Program): readonly string[] => {
  const known = log.store.knownDangers().map(({ code }) => code)
  const isReplaced = writeSide.held() === 'replaced' && !known.includes(LOG_REPLACED)
  return isReplaced ? [...known, LOG_REPLACED] : known
}

/** What has to answer, or to run, for a process to do its work; of the roles, those that it plays. */
const checksOf = ({ log, writeSide, readModels, watch }: Program): Condition['checks'] => ({
  database: async () => (await readModels.query('select 1')).rowCount === 1,
  log: async () => log.store.appendsFail?.() !== true && (await log.store.head()) !== undefined,
  registrars: () => Promise.resolve(writeSide.registrars().every(({ state }) => state === 'running')),
  projections: async () => standing(await watch.current()),
  reactions: () => Promise.resolve(writeSide.reactions().every(({ state }) => state === 'running')),
})

/** Whether none of this program's projections has stopped; what other versions left is not its business. */
const standing = (progress: Awaited<ReturnType<Program['watch']['current']>>): boolean =>
  projections.every(projection => progress.get(schemaOf(projection))?.state !== 'stopped')

/** The auditor's routes read the log itself, and compare it with the read models. */
const replayOf = ({ log, vault, databaseUrl }: Program): NonNullable<ApiDependencies['replay']> => {
  const reveal: NonNullable<ApiDependencies['replay']>['reveal'] = fields => vault.reveal(log.id, fields)
  const { store, codec } = log
  return { store, codec, vault, reveal, readModels: { databaseUrl, projections, reveal } }
}
