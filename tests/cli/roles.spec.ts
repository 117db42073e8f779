import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerAdministrator } from '../../cli/administrator.ts'
import { openProgram } from '../../cli/composition.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { until } from '../support/wait.ts'

/** Two processes on one log, each with its roles, as compose.yaml runs them. */

const administrator = { login: 'admin@exemple.fr', name: 'Alice', password: 'un mot de passe assez long' }
/** Each start may have to build the screens first. */
const TWO_STARTS_MS = 180_000
const port = 4_900 + (process.pid % 90)
const healthPort = port + 90

let database: FreshDatabase
let home: string
beforeAll(async () => {
  database = await freshDatabase()
  home = await mkdtemp(join(tmpdir(), 'grandlivre-roles-'))
  await mkdir(join(home, 'vault'), { mode: 0o700 })
  const program = await openProgram({
    databaseUrl: database.url,
    masterKeyFile: join(home, 'vault', 'main.key'),
    create: { kind: 'sandbox', name: 'essai' },
    roles: [],
    sandboxTime: 'machine',
    onFault: () => undefined,
  })
  await registerAdministrator(program, administrator)
  await program.close()
})
const started: ChildProcess[] = []
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await database.drop()
  await rm(home, { recursive: true })
})

/** Starts the program in a process of its own; resolves when it has said that. */
const start = async (options: string, saying: string) => {
  const program = new URL('../../cli/grandlivre.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, 'start', ...options.split(' ')], {
    env: { PATH: process.env['PATH'], LANG: 'en', DATABASE_URL: database.url, GRANDLIVRE_HOME: home },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  started.push(child)
  let said = ''
  await new Promise<void>(resolve => {
    child.once('close', () => resolve())
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
      if (said.includes(saying)) resolve()
    })
  })
  expect(said).toContain(saying)
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'close')
      return child.exitCode
    },
  }
}

/** Ports on which a process listens, by what the system says of its sockets. */
const portsOf = async (pid: number): Promise<readonly number[]> => {
  const folder = `/proc/${pid}/fd`
  const links = (await readdir(folder)).map(fd => readlink(join(folder, fd)).catch(() => ''))
  const sockets = new Set(
    (await Promise.all(links)).flatMap(link => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []),
  )
  const tables = await Promise.all(['tcp', 'tcp6'].map(name => readFile(`/proc/${pid}/net/${name}`, 'utf8')))
  const rows = tables.flatMap(table => table.split('\n').map(row => row.trim().split(/\s+/)))
  return rows
    .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(inode ?? ''))
    .map(([, local]) => Number.parseInt(local?.split(':').at(-1) ?? '', 16))
}

it(
  'a worker opens no port but that of its health, and makes what an API process, behind its proxy, shows',
  async () => {
    const worker = await start(
      `--roles projections,reactions --health-port ${healthPort}`,
      `At work on the log essai: projections, reactions. http://127.0.0.1:${healthPort}/ready says whether it works.`,
    )
    const api = await start(
      `--roles api --port ${port} --proxy 127.0.0.1`,
      `Ready: answers at http://127.0.0.1:${port} to the proxy at 127.0.0.1.`,
    )
    expect(await portsOf(worker.pid)).toStrictEqual([healthPort])
    await until('the worker is ready', async () => (await fetch(`http://127.0.0.1:${healthPort}/ready`)).ok)
    expect(await portsOf(api.pid)).toStrictEqual([port])
    const address = `http://127.0.0.1:${port}`
    expect((await fetch(`${address}/ready`)).status).toBe(200)
    const { login, password } = administrator
    const signedIn = await fetch(`${address}/api/session`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-requested-with': 'test',
        'x-forwarded-proto': 'https',
      },
      body: JSON.stringify({ login, password }),
    })
    expect(signedIn.status).toBe(200)
    const [set = ''] = signedIn.headers.getSetCookie()
    expect(set).toContain('Secure')
    expect(signedIn.headers.get('strict-transport-security')).toMatch(/^max-age=/)
    const headers = { cookie: set.split(';')[0] ?? '' }
    await until('the worker has made the table of users', async () => {
      const answer = await fetch(`${address}/api/organisation/users`, { headers })
      return answer.status === 200 && (await answer.text()).includes('"administrator"')
    })
    expect(await api.stop()).toBe(0)
    expect(await worker.stop()).toBe(0)
  },
  TWO_STARTS_MS,
)
