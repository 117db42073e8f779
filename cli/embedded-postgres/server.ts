import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Failure } from '../failure.ts'
import { asAccount, type Account } from './account.ts'
import type { Binaries } from './binaries.ts'

/** The superuser of the embedded server; its databases belong to it. */
export const serverUser = 'grandlivre'

/** Where PostgreSQL listens and how to enter: loopback only, by password. */
export type Access = { readonly port: number; readonly password: string }

export type Cluster = {
  readonly binaries: Binaries
  readonly account: Account | undefined
  /** The data folder (PGDATA), owned by the account, mode 0700. */
  readonly data: string
}

/** Only what the server needs: neither PG… variables nor the user's locale reach it. */
const serverEnvironment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' }

export const databaseUrl = (access: Access, database: string): string =>
  `postgres://${serverUser}:${access.password}@127.0.0.1:${access.port}/${database}`

/**
 * Creates the data folder. UTF-8 with the builtin C.UTF-8 collation whatever the machine's LANG says: an
 * initdb under LANG=C would make an SQL_ASCII cluster for ever. Made beside and renamed, so that an
 * interrupted creation never looks like a cluster.
 */
export const createCluster = (cluster: Cluster, password: string, sync = true): void => {
  const unfinished = `${cluster.data}.new`
  const passwordFile = `${cluster.data}.password`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (cluster.account) {
    chownSync(unfinished, cluster.account.uid, cluster.account.gid)
    chownSync(passwordFile, cluster.account.uid, cluster.account.gid)
  }
  const initdb = spawnSync(
    join(cluster.binaries.folder, 'bin', 'initdb'),
    [
      ...['--pgdata', unfinished, '--username', serverUser, '--pwfile', passwordFile],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...(sync ? [] : ['--no-sync']),
    ],
    { ...asAccount(cluster.account), cwd: '/', env: serverEnvironment, encoding: 'utf8' },
  )
  rmSync(passwordFile, { force: true })
  if (initdb.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true })
    throw creationFailure(cluster.data, initdb.error?.message ?? lastLine(initdb.stderr))
  }
  renameSync(unfinished, cluster.data)
}

const creationFailure = (data: string, reason: string): Failure =>
  new Failure(
    'POSTGRES_CREATION_FAILED',
    {
      en: `PostgreSQL could not create its data folder ${data}: ${reason}`,
      fr: `PostgreSQL n’a pas pu créer son dossier de données ${data} : ${reason}`,
    },
    { facts: { data, reason } },
  )

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

/** Sized for a small machine of two cores; the log relies on `fsync` and `synchronous_commit`. */
const settings = (port: number, durable: boolean): Readonly<Record<string, string | number>> => ({
  listen_addresses: '127.0.0.1',
  port,
  // Loopback with a password instead: a socket's path must stay under 108 bytes, a folder's need not.
  unix_socket_directories: '',
  fsync: durable ? 'on' : 'off',
  synchronous_commit: durable ? 'on' : 'off',
  full_page_writes: durable ? 'on' : 'off',
  max_connections: durable ? 100 : 300,
  shared_buffers: durable ? '256MB' : '128MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  random_page_cost: 1.1,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  // No statement and no value of a row in the server's messages: they are kept longer than a person may be.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
})

/** The command that runs the server in the foreground. Without `durable` a power cut may lose data: tests only. */
export const serverCommand = (cluster: Cluster, port: number, durable: boolean): readonly string[] => [
  join(cluster.binaries.folder, 'bin', 'postgres'),
  ...['-D', cluster.data],
  ...Object.entries(settings(port, durable)).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
]

/**
 * Starts the server in a session of its own, so that the terminal's Ctrl-C does not reach it: the program
 * stops it itself, after its own connections. Its messages go to the opened file `log`.
 */
export const spawnServer = (cluster: Cluster, port: number, log: number): ChildProcess => {
  const [command = '', ...args] = serverCommand(cluster, port, true)
  const child = spawn(command, args, {
    ...asAccount(cluster.account),
    cwd: '/',
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  return child
}

/** What postmaster.pid says: who runs on the data folder, and how far it has come. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly status: string }

export const readPostmaster = (data: string): Postmaster | undefined => {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() }
  } catch {
    return undefined
  }
}

/** Whether a process of that number lives, whoever owns it. One that has ended but was not yet collected does not. */
export const isAlive = (pid: number): boolean => {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)
    return afterName?.startsWith('Z') === false
  } catch {
    return false
  }
}

/** Whether the server on that folder accepts connections; the file of one that was killed stays and counts for nothing. */
export const isReady = (data: string): boolean => {
  const postmaster = readPostmaster(data)
  return postmaster?.status === 'ready' && isAlive(postmaster.pid)
}

/** Waits until `reached` holds, looking every few milliseconds; false when it did not come in time. */
export const waitUntil = async (
  reached: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> => {
  const giveUpAt = performance.now() + timeoutMs
  while (!(await reached())) {
    if (performance.now() > giveUpAt) return false
    await delay(5)
  }
  return true
}

/**
 * A loopback port that nobody listens on at this moment: any, or one between two bounds. A port to be kept is
 * taken below the range from which the kernel serves outgoing connections, which would take it now and then.
 */
export const freePort = async (from = 0, to = from): Promise<number> => {
  const wanted = from === 0 ? 0 : randomInt(from, to + 1)
  return (await portIfFree(wanted)) ?? freePort(from, to)
}

const portIfFree = (port: number): Promise<number | undefined> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
