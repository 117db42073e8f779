import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asAccount, serverAccount } from '../../cli/embedded-postgres/account.ts'
import { packagedBinaries, reachableBinaries } from '../../cli/embedded-postgres/binaries.ts'
import {
  createCluster,
  databaseUrl,
  freePort,
  isReady,
  serverCommand,
  waitUntil,
  type Cluster,
} from '../../cli/embedded-postgres/server.ts'

/** A real PostgreSQL in a temporary folder; nothing of it outlives the process that started it. */
export type ThrowawayServer = {
  /** The maintenance database, as superuser. */
  readonly url: string
  readonly port: number
  /** Stops cleanly (clients are thrown out); the data stays, `start` goes on with it on the same port. */
  readonly halt: () => Promise<void>
  /** Kills the server at once, as a crash does. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  /** Stops and removes everything. */
  readonly stop: () => Promise<void>
}

/**
 * Runs the server below a shell that reads from a pipe held by this process: however this process ends, also by
 * `kill -9`, the pipe closes, the server is stopped and its folder removed. Detached, so that the terminal's
 * Ctrl-C reaches us and not the server.
 */
const supervisor = `
  folder=$1; shift
  "$@" >>"$folder/log" 2>&1 </dev/null &
  server=$!
  # TERM ends a server that has no handlers yet; where it has, INT ends it without waiting for its clients.
  halt() { kill -s TERM "$server"; kill -s INT "$server"; wait "$server"; }
  read -r order || { halt; rm -rf "$folder"; exit 0; }
  case $order in
    halt) halt ;;
    # Its children notice a moment later, and hold the shared memory until then: nobody can start before.
    kill)
      children=$(cat "/proc/$server/task/$server/children")
      kill -s KILL "$server"; wait "$server"
      for child in $children; do while kill -0 "$child" 2>/dev/null; do sleep 0.02; done; done ;;
  esac
`

export const startThrowawayServer = async (options: {
  readonly durable: boolean
}): Promise<ThrowawayServer> => {
  const account = serverAccount()
  const folder = mkdtempSync(join(tmpdir(), 'grandlivre-test-'))
  if (account) chownSync(folder, account.uid, account.gid)
  const binaries = reachableBinaries(packagedBinaries(), account, folder)
  const cluster: Cluster = { binaries, account, data: join(folder, 'data') }
  const access = { port: await freePort(), password: randomBytes(12).toString('hex') }
  createCluster(cluster, access.password, false)

  let supervised: ChildProcess | undefined
  const start = async (): Promise<void> => {
    const command = serverCommand(cluster, access.port, options.durable)
    supervised = spawn('/bin/sh', ['-c', supervisor, 'sh', folder, ...command], {
      ...asAccount(account),
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    supervised.unref()
    if (!(await waitUntil(() => isReady(cluster.data), 20_000))) {
      throw new Error(`PostgreSQL did not start: ${readFileSync(join(folder, 'log'), 'utf8')}`)
    }
  }
  const end = async (order: string | undefined): Promise<void> => {
    const shell = supervised
    if (shell?.exitCode !== null) return
    const ended = new Promise<void>(resolve => shell.once('exit', () => resolve()))
    shell.ref()
    shell.stdin?.end(order)
    await ended
  }
  await start()
  return {
    url: databaseUrl(access, 'postgres'),
    port: access.port,
    start,
    halt: () => end('halt\n'),
    kill: () => end('kill\n'),
    stop: () => end(undefined),
  }
}
