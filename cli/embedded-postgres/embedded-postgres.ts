import {
  closeSync,
  fchownSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Failure, Sentence } from '../failure.ts'
import type { Home } from '../home.ts'
import { packagedBinaries, reachableBinaries } from './binaries.ts'
import {
  chooseAccess,
  inspectData,
  keptAccess,
  locate,
  settleHome,
  systemFolder,
  type Location,
} from './location.ts'
import { alreadyRunning, folderInUse, passwordLost, serverLost, startFailure } from './failures.ts'
import { takeLock, type Holder } from './lock.ts'
import {
  createCluster,
  databaseUrl,
  isAlive,
  isReady,
  readPostmaster,
  spawnServer,
  waitUntil,
  type Access,
  type Cluster,
} from './server.ts'

export type EmbeddedPostgres = {
  /** The URL of a database of the server; creates the database when it is missing. */
  readonly ensureDatabase: (name: string) => Promise<string>
  /** Names of the databases there are. */
  readonly databases: () => Promise<readonly string[]>
  /** Resolves when the server is gone although nobody stopped it. Never, for a server another program runs. */
  readonly lost: Promise<Failure>
  /** Stops the server, if this program runs it, and lets the folder go. */
  readonly stop: () => Promise<void>
}

export type EmbeddedOptions = {
  readonly home: Home
  /** The command at work, for the sentence another instance will print. */
  readonly command: string
  /** Another instance at work: refuse, or use the server it runs. */
  readonly whenRunning: 'refuse' | 'share'
  /** Told what a person should know, for instance that the data is kept outside the project. */
  readonly say: (sentence: Sentence) => void
}

/** Generous: after a power cut the server reads its journal before it answers. */
const startTimeoutMs = 300_000
const stopTimeoutMs = 60_000
const never = new Promise<never>(() => undefined)

/**
 * Starts the PostgreSQL that comes with the program on the data of `home`, creating what is missing, or goes on
 * with a server that a killed program left behind.
 * @throws Failure, one for each way this cannot be; the data is never touched then.
 */
export const embeddedPostgres = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const home = settleHome(options.home)
  const self = { pid: process.pid, command: options.command }
  const lock = await takeLock(home.folder, self)
  if (!lock.taken) {
    if (options.whenRunning === 'refuse') throw alreadyRunning(home, lock.holder)
    return guestOf(home, lock.holder)
  }
  let release = lock.release
  try {
    const location = locate(home)
    // A home that was copied names the same data as its original, when they lie outside of it.
    const dataLock = await takeLock(location.data, self)
    if (!dataLock.taken) throw alreadyRunning(home, dataLock.holder)
    release = () => {
      dataLock.release()
      lock.release()
    }
    const server = await runServer({ ...options, home }, location)
    return { ...server, stop: () => server.stop().finally(release) }
  } catch (error) {
    release()
    throw error
  }
}

/** Uses the server of the program that holds the folder, as soon as it answers. */
const guestOf = async (home: Home, holder: Holder | undefined): Promise<EmbeddedPostgres> => {
  const answers = await waitUntil(async () => {
    const access = keptAccess(home)
    return access !== undefined && (await answersTo(access))
  }, startTimeoutMs)
  const access = keptAccess(home)
  if (!answers || !access) throw alreadyRunning(home, holder)
  return { ...databasesOn(access), lost: never, stop: () => Promise.resolve() }
}

const runServer = async (options: EmbeddedOptions, location: Location): Promise<EmbeddedPostgres> => {
  const packaged = packagedBinaries()
  const found = inspectData(location.data, packaged.major)
  const kept = keptAccess(options.home)
  if (found === 'cluster' && !kept) throw passwordLost(options.home, location.data)
  if (location.notice && !kept) options.say(location.notice)

  const binaries = reachableBinaries(packaged, location.account, systemFolder)
  const cluster: Cluster = { binaries, account: location.account, data: location.data }
  const access = kept ?? (await chooseAccess(options.home, location.data))
  if (found === 'empty') createCluster(cluster, access.password)

  const log = join(options.home.folder, 'postgres.log')
  let stopping = false
  const pid = (await adoptOrphan(cluster, access)) ?? (await launch(cluster, access, log))
  const release = stopWithProgram(pid)
  return {
    ...databasesOn(access),
    lost: gone(pid).then(() => (stopping ? never : serverLost(log))),
    stop: () => {
      stopping = true
      return stopServer(pid).finally(release)
    },
  }
}

/**
 * However the program exits, the server does not stay behind: it is asked to stop, which is all that a program
 * without time can do, and goes on to its own end. Undone once it has stopped.
 */
const stopWithProgram = (pid: number): (() => void) => {
  const stop = (): void => {
    if (isAlive(pid)) process.kill(pid, 'SIGINT')
  }
  process.once('exit', stop)
  return () => process.off('exit', stop)
}

/**
 * A killed program leaves its server running. If it runs our binaries on our port and answers to our password, it is
 * ours again; any other server on our folder is stopped, so that a new one can start. Returns the pid adopted.
 */
const adoptOrphan = async ({ binaries, data }: Cluster, access: Access): Promise<number | undefined> => {
  const postmaster = readPostmaster(data)
  if (postmaster && worksIn(String(postmaster.pid), data)) {
    // After a new installation the path of its program reads "… (deleted)".
    const current =
      linkOf(String(postmaster.pid), 'exe') === join(realpathSync(binaries.folder), 'bin', 'postgres')
    const same = current && postmaster.port === access.port
    if (same && (await waitUntil(() => answersTo(access), 5_000))) return postmaster.pid
    await stopServer(postmaster.pid)
  }
  // Children of a server that was itself killed end by themselves; until then a new server would refuse to start.
  const free = await waitUntil(() => !readdirSync('/proc').some(entry => worksIn(entry, data)), stopTimeoutMs)
  if (!free) throw folderInUse(data)
  // What the file still names is not a server on this folder: its number was given to another process.
  rmSync(join(data, 'postmaster.pid'), { force: true })
  return undefined
}

/** Whether the process, by its entry in /proc, is one of a server on that folder: all have it as working directory. */
const worksIn = (process: string, data: string): boolean =>
  linkOf(process, 'cwd') === data && linkOf(process, 'exe')?.includes('/bin/postgres') === true

/** Where a link of a process leads; undefined when it has ended, or is none of our business. */
const linkOf = (process: string, link: 'cwd' | 'exe'): string | undefined => {
  try {
    return readlinkSync(`/proc/${process}/${link}`)
  } catch {
    return undefined
  }
}

const launch = async (cluster: Cluster, access: Access, logFile: string): Promise<number> => {
  const log = openLog(logFile)
  if (cluster.account) fchownSync(log, cluster.account.uid, cluster.account.gid)
  const begin = fstatSync(log).size
  const server = spawnServer(cluster, access.port, log)
  const release = server.pid === undefined ? () => undefined : stopWithProgram(server.pid)
  closeSync(log)
  let failure: string | undefined
  server.once('error', error => (failure = error.message))
  server.once('exit', () => (failure ??= ''))
  await waitUntil(() => failure !== undefined || isReady(cluster.data), startTimeoutMs)
  release()
  if (failure === undefined && server.pid !== undefined && isReady(cluster.data)) return server.pid
  if (server.pid !== undefined && isAlive(server.pid)) await stopServer(server.pid)
  const said =
    failure !== undefined && failure !== '' ? failure : readFileSync(logFile).subarray(begin).toString()
  throw startFailure(said, access.port, logFile)
}

/** The server's own messages; one older file is kept, so that they never fill a disk. */
const openLog = (file: string): number => {
  const tooLong = 10_000_000
  const log = openSync(file, 'a', 0o600)
  if (fstatSync(log).size < tooLong) return log
  closeSync(log)
  renameSync(file, `${file}.old`)
  return openSync(file, 'a', 0o600)
}

/** Fast shutdown: clients are thrown out, everything is written; immediate only when that takes too long. */
const stopServer = async (pid: number): Promise<void> => {
  const signal = (name: NodeJS.Signals): void => {
    if (isAlive(pid)) process.kill(pid, name)
  }
  signal('SIGINT')
  if (await waitUntil(() => !isAlive(pid), stopTimeoutMs)) return
  signal('SIGQUIT')
  await waitUntil(() => !isAlive(pid), stopTimeoutMs)
}

/** Resolves when the process has ended, whoever its parent is; does not keep the program running. */
const gone = (pid: number): Promise<void> =>
  new Promise(resolve => {
    const watch = setInterval(() => {
      if (isAlive(pid)) return
      clearInterval(watch)
      resolve()
    }, 500).unref()
  })

const answersTo = async (access: Access): Promise<boolean> => {
  const client = new pg.Client({
    connectionString: databaseUrl(access, 'postgres'),
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

const databasesOn = (access: Access): Pick<EmbeddedPostgres, 'ensureDatabase' | 'databases'> => ({
  ensureDatabase: async name => {
    try {
      await onServer(access, async client => {
        const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
        if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`)
      })
    } catch (error) {
      // Two programs may create it at the same moment: one of them finds it made.
      const made = ['42P04', '23505'].includes((error as { code?: string }).code ?? '')
      if (!made) throw error
    }
    return databaseUrl(access, name)
  },
  databases: () =>
    onServer(access, async client => {
      const { rows } = await client.query<{ datname: string }>('select datname from pg_database order by 1')
      return rows.map(({ datname }) => datname)
    }),
})

const onServer = async <T>(access: Access, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: databaseUrl(access, 'postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
