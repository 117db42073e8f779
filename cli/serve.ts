import type { FastifyInstance } from 'fastify'
import { createApi } from '../api/app.ts'
import { defaultSettings } from '../api/dependencies.ts'
import type { ApiDependencies, ApiLog } from '../api/dependencies.ts'
import { createAccounts } from '../api/sign-in/accounts.ts'
import { projections } from '../projections/all.ts'
import { schemaOf } from '../projections/definition.ts'
import type { Program } from './composition.ts'
import { Failure } from './failure.ts'

const LOOPBACK = '127.0.0.1'

export interface Serving {
  readonly port: number
  readonly logging: ApiLog
  /** Folder of the built screens; absent: the API alone. */
  readonly screens?: string | undefined
  /** Users of the demonstration that the log was filled with. */
  readonly demonstration?: ApiDependencies['demonstration']
}

/**
 * Puts the API in front of a program, on loopback: what comes from elsewhere comes through a proxy that ends TLS.
 * @returns the address to open, and how to stop
 * @throws Failure PORT_TAKEN
 */
export const serve = async (
  program: Program,
  { port, ...serving }: Serving,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> => {
  const api = apiOf(program, serving)
  try {
    return { address: await api.listen({ host: LOOPBACK, port }), close: () => api.close() }
  } catch (cause) {
    await api.close()
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new Failure(
      'PORT_TAKEN',
      {
        en: `Port ${port} is taken by another program; name another one with --port.`,
        fr: `Le port ${port} est pris par un autre programme ; indiquez-en un autre avec --port.`,
      },
      { facts: { port }, cause },
    )
  }
}

const apiOf = (
  program: Program,
  { logging, screens, demonstration }: Omit<Serving, 'port'>,
): FastifyInstance => {
  const { log, vault, writeSide, readModels, watch } = program
  return createApi({
    registry: writeSide.registry,
    commands: writeSide.handler,
    accounts: createAccounts({ streams: writeSide.streams, log, vault }),
    vault,
    audit: writeSide.audit,
    readModels,
    replay: replayOf(program),
    watch,
    isPosition: text => log.store.isPosition(text),
    logEnd: program.logEnd,
    checks: {
      database: async () => (await readModels.query('select 1')).rowCount === 1,
      log: async () => (await log.store.head()) !== undefined,
      registrars: () => Promise.resolve(writeSide.registrars().every(({ state }) => state === 'running')),
      projections: async () => standing(await watch.current()),
      reactions: () => Promise.resolve(writeSide.reactions().every(({ state }) => state === 'running')),
    },
    log: { kind: log.kind, name: log.name },
    ...(screens !== undefined && { screens }),
    ...(demonstration && { demonstration }),
    settings: defaultSettings,
    logging,
  })
}

/** Whether none of this program's projections has stopped; what other versions left is not its business. */
const standing = (progress: Awaited<ReturnType<Program['watch']['current']>>): boolean =>
  projections.every(projection => progress.get(schemaOf(projection))?.state !== 'stopped')

/** The auditor's routes read the log itself, and compare it with the read models. */
const replayOf = ({ log, vault, databaseUrl }: Program): NonNullable<ApiDependencies['replay']> => {
  const reveal: NonNullable<ApiDependencies['replay']>['reveal'] = fields => vault.reveal(log.id, fields)
  const { store, codec } = log
  return { store, codec, vault, reveal, readModels: { databaseUrl, projections, reveal } }
}
