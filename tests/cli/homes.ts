import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { embeddedPostgres, type EmbeddedPostgres } from '../../cli/embedded-postgres/embedded-postgres.ts'
import { Failure, type Sentence } from '../../cli/failure.ts'
import type { Home } from '../../cli/home.ts'

/** A temporary folder that every account may enter. */
export const openFolder = (): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'grandlivre-home-')))
  chmodSync(folder, 0o755)
  return folder
}

/** A copy of a home with its data, owners kept; the server must not run on it. */
export const copyOf = (home: string): string => {
  const copy = join(openFolder(), 'home')
  spawnSync('cp', ['-a', home, copy])
  return copy
}

export const removeFolders = (...folders: readonly string[]): void => {
  spawnSync('rm', ['-rf', ...folders])
}

export type Started = EmbeddedPostgres & { readonly said: readonly Sentence[] }

/** Starts the embedded server of a folder in this process. */
export const startOn = async (
  home: string | Home,
  whenRunning: 'refuse' | 'share' = 'refuse',
): Promise<Started> => {
  const said: Sentence[] = []
  const server = await embeddedPostgres({
    home: typeof home === 'string' ? { folder: home, chosen: true } : home,
    command: 'test',
    whenRunning,
    say: sentence => said.push(sentence),
  })
  return { ...server, said }
}

/** The failure a start ends with; the server is stopped, and the test fails, when it starts after all. */
export const failureOf = async (home: string | Home): Promise<Failure> => {
  try {
    const server = await startOn(home)
    await server.stop()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('the server started')
}

export const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

export type Holder = {
  readonly process: ChildProcess
  /** The next line the holder says. */
  readonly line: () => Promise<string>
  readonly ended: Promise<number | null>
}

/** Runs `hold-server.ts` in a process group of its own. */
export const holdServer = (
  home: string,
  options: { uid?: number; gid?: number; whenRunning?: string } = {},
): Holder => {
  const { whenRunning = 'refuse', ...account } = options
  const program = join(import.meta.dirname, 'hold-server.ts')
  const child = spawn(process.execPath, [program, home, whenRunning], {
    ...account,
    cwd: '/',
    detached: true,
    env: { PATH: process.env['PATH'], LANG: 'C' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    line: async () => String((await lines.next()).value),
    ended: new Promise(resolve => child.once('exit', code => resolve(code))),
  }
}
