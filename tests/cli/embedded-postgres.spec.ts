import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountCan, serverAccount } from '../../cli/embedded-postgres/account.ts'
import { packagedBinaries, reachableBinaries } from '../../cli/embedded-postgres/binaries.ts'
import { isAlive, readPostmaster, waitUntil } from '../../cli/embedded-postgres/server.ts'
import { ask, copyOf, failureOf, holdServer, openFolder, removeFolders, startOn } from './homes.ts'

const isRoot = process.getuid?.() === 0
const folders: string[] = []
const remember = (folder: string): string => {
  folders.push(folder)
  return folder
}
type Settings = { readonly data: string; readonly port: number; readonly password: string }
const settingsOf = (home: string): Settings =>
  JSON.parse(readFileSync(join(home, 'postgres.json'), 'utf8')) as Settings
const serverOf = (home: string): number => readPostmaster(join(home, 'postgres'))?.pid ?? 0

/** A home with a cluster, made once by the launcher itself; tests work on copies of it. */
const made = remember(openFolder())
const aHome = (): string => {
  const home = copyOf(made)
  remember(join(home, '..'))
  return home
}

beforeAll(async () => {
  const locale = process.env['LANG']
  process.env['LANG'] = 'C'
  const server = await startOn(made)
  process.env['LANG'] = locale
  await ask(await server.ensureDatabase('held'), `create table kept as select 'été €' as words`)
  await server.stop()
})
afterAll(() => removeFolders(...folders))

describe('a server of one’s own', () => {
  it('is UTF-8 with the builtin collation though LANG is C, durable, on loopback only', async () => {
    const server = await startOn(aHome())
    const url = await server.ensureDatabase('held')
    const setting = (name: string): Promise<unknown> =>
      ask(url, `select current_setting('${name}') as answer`)
    expect(await setting('server_encoding')).toBe('UTF8')
    expect(await ask(url, `select datlocale as answer from pg_database where datname = 'held'`)).toBe(
      'C.UTF-8',
    )
    expect(await ask(url, `select words as answer from kept`)).toBe('été €')
    expect(await setting('fsync')).toBe('on')
    expect(await setting('synchronous_commit')).toBe('on')
    expect(await setting('full_page_writes')).toBe('on')
    expect(await setting('listen_addresses')).toBe('127.0.0.1')
    await server.stop()
  })

  it('keeps its password in a file nobody else reads and lets nobody in without it', async () => {
    const home = aHome()
    expect(statSync(join(home, 'postgres.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'postgres')).mode & 0o777).toBe(0o700)
    const server = await startOn(home)
    const url = new URL(await server.ensureDatabase('held'))
    url.password = 'guessed'
    await expect(ask(url.href, 'select 1 as answer')).rejects.toThrow(/password authentication failed/)
    await server.stop()
  })

  it('writes no value of a row into its messages', async () => {
    const home = aHome()
    const server = await startOn(home)
    const url = await server.ensureDatabase('held')
    await ask(url, `create unique index on kept (words)`)
    await expect(ask(url, `insert into kept values ('été €')`)).rejects.toThrow(/duplicate key/)
    await server.stop()
    const messages = readFileSync(join(home, 'postgres.log'), 'utf8')
    expect(messages).toContain('duplicate key')
    expect(messages).not.toContain('été')
  })

  it('works in a folder whose path is longer than a socket may be named', async () => {
    const home = join(remember(openFolder()), 'long'.repeat(40))
    const server = await startOn(home)
    expect(await ask(await server.ensureDatabase('held'), 'select 1 as answer')).toBe(1)
    await server.stop()
  })

  it('begins anew where a creation was interrupted', async () => {
    const home = aHome()
    rmSync(join(home, 'postgres'), { recursive: true })
    mkdirSync(join(home, 'postgres.new', 'half'), { recursive: true })
    const server = await startOn(home)
    expect(await ask(await server.ensureDatabase('held'), 'select 1 as answer')).toBe(1)
    await server.stop()
  })

  it('leaves nothing running and nothing locked when stopped', async () => {
    const home = aHome()
    const server = await startOn(home)
    const pid = serverOf(home)
    expect(isAlive(pid)).toBe(true)
    await server.stop()
    expect(isAlive(pid)).toBe(false)
    await (await startOn(home)).stop()
  })

  it('tells when it is gone although nobody stopped it', async () => {
    const home = aHome()
    const server = await startOn(home)
    process.kill(serverOf(home), 'SIGKILL')
    expect((await server.lost).code).toBe('POSTGRES_LOST')
    await server.stop()
    const again = await startOn(home)
    expect(await ask(await again.ensureDatabase('held'), `select words as answer from kept`)).toBe('été €')
    await again.stop()
  })
})

describe('a program that is killed', () => {
  it('leaves its server to the next one, which goes on with it', async () => {
    const home = aHome()
    const holder = holdServer(home)
    expect(await holder.line()).toMatch(/^ready /)
    const pid = serverOf(home)
    holder.process.kill('SIGKILL')
    await holder.ended
    expect(isAlive(pid)).toBe(true)
    const server = await startOn(home)
    expect(serverOf(home)).toBe(pid)
    expect(await ask(await server.ensureDatabase('held'), `select words as answer from kept`)).toBe('été €')
    await server.stop()
    expect(isAlive(pid)).toBe(false)
  })

  it('leaves a server that does not answer on our port: it is stopped and another one started', async () => {
    const home = aHome()
    const holder = holdServer(home)
    await holder.line()
    const pid = serverOf(home)
    holder.process.kill('SIGKILL')
    await holder.ended
    const settings = settingsOf(home)
    writeFileSync(
      join(home, 'postgres.json'),
      JSON.stringify({ ...settings, data: 'postgres', port: settings.port + 1 }),
    )
    const server = await startOn(home)
    expect(isAlive(pid)).toBe(false)
    expect(new URL(await server.ensureDatabase('held')).port).toBe(String(settings.port + 1))
    await server.stop()
  })

  it('does not stand in the way when its server’s number was given to another process', async () => {
    const home = aHome()
    const stale = join(home, 'postgres', 'postmaster.pid')
    writeFileSync(stale, `${process.pid}\n${home}/postgres\n0\n${settingsOf(home).port}\n\n\n\nready   \n`)
    await (await startOn(home)).stop()
  })

  it('takes its server along when it ends without having stopped it', async () => {
    const home = remember(openFolder())
    const first = holdServer(home)
    await first.line()
    const server = serverOf(home)
    first.process.kill('SIGHUP')
    expect(await first.ended).toBe(129)
    expect(await waitUntil(() => !isAlive(server), 60_000)).toBe(true)
  })

  it('does not take its server along when the terminal interrupts both', async () => {
    const home = aHome()
    const holder = holdServer(home)
    const [, , url = ''] = (await holder.line()).split(' ')
    process.kill(-(holder.process.pid ?? 0), 'SIGINT')
    expect(await holder.line()).toBe('interrupted')
    expect(await ask(url, 'select 1 as answer')).toBe(1)
    const pid = serverOf(home)
    holder.process.kill('SIGTERM')
    expect(await holder.line()).toBe('stopped')
    expect(await holder.ended).toBe(0)
    expect(isAlive(pid)).toBe(false)
  })
})

describe('a second instance', () => {
  it('is refused by a sentence that names the first, which goes on', async () => {
    const home = aHome()
    const first = await startOn(home)
    const refusal = await failureOf(home)
    expect(refusal.code).toBe('ALREADY_RUNNING')
    expect(refusal.sentence.fr).toContain(`(test, pid ${process.pid})`)
    expect(refusal.exitCode).not.toBe(0)
    expect(await ask(await first.ensureDatabase('held'), 'select 1 as answer')).toBe(1)
    await first.stop()
  })

  it('may use the server of the first, and leaves it running', async () => {
    const home = aHome()
    const first = await startOn(home)
    const guest = await startOn(home, 'share')
    expect(await guest.ensureDatabase('held')).toBe(await first.ensureDatabase('held'))
    await guest.stop()
    expect(await ask(await first.ensureDatabase('held'), 'select 1 as answer')).toBe(1)
    await first.stop()
  })
})

describe('what cannot be is said in one sentence and damages nothing', () => {
  it('data of another version', async () => {
    const home = aHome()
    writeFileSync(join(home, 'postgres', 'PG_VERSION'), '17\n')
    const failure = await failureOf(home)
    expect(failure.code).toBe('DATA_FOLDER_OTHER_VERSION')
    expect(failure.facts).toMatchObject({ found: 17, expected: packagedBinaries().major })
    writeFileSync(join(home, 'postgres', 'PG_VERSION'), `${packagedBinaries().major}\n`)
    const server = await startOn(home)
    expect(await ask(await server.ensureDatabase('held'), `select words as answer from kept`)).toBe('été €')
    await server.stop()
  })

  it('a folder that holds something else', async () => {
    const home = remember(openFolder())
    mkdirSync(join(home, 'postgres'))
    writeFileSync(join(home, 'postgres', 'letters.txt'), 'dear')
    expect((await failureOf(home)).code).toBe('DATA_FOLDER_FOREIGN')
    expect(readFileSync(join(home, 'postgres', 'letters.txt'), 'utf8')).toBe('dear')
  })

  it('data whose password is gone, or cannot be read', async () => {
    const home = aHome()
    writeFileSync(join(home, 'postgres.json'), '{"port": 1')
    expect((await failureOf(home)).code).toBe('POSTGRES_SETTINGS_UNREADABLE')
    rmSync(join(home, 'postgres.json'))
    expect((await failureOf(home)).code).toBe('POSTGRES_PASSWORD_LOST')
    expect(existsSync(join(home, 'postgres.json'))).toBe(false)
  })

  it('a taken port', async () => {
    const home = aHome()
    const { port } = settingsOf(home)
    const other = createServer().listen(port, '127.0.0.1')
    await once(other, 'listening')
    const failure = await failureOf(home)
    expect(failure.code).toBe('POSTGRES_PORT_TAKEN')
    expect(failure.sentence.en).toContain(String(port))
    other.close()
    await once(other, 'close')
    await (await startOn(home)).stop()
  })

  it('a folder that cannot be made', async () => {
    const file = join(remember(openFolder()), 'file')
    writeFileSync(file, '')
    expect((await failureOf(join(file, 'home'))).code).toBe('HOME_UNUSABLE')
  })

  it.skipIf(!isRoot)('a chosen folder that the account of the server cannot enter', async () => {
    const closed = remember(openFolder())
    chmodSync(closed, 0o700)
    const failure = await failureOf(join(closed, 'home'))
    expect(failure.code).toBe('FOLDER_NOT_ENTERABLE')
    expect(failure.sentence.en).toContain(serverAccount()?.name)
  })

  it.skipIf(!isRoot)('data that has become unreachable, beside which no empty place is opened', async () => {
    const home = aHome()
    const parent = join(home, '..')
    chmodSync(parent, 0o700)
    expect((await failureOf({ folder: home, chosen: false })).code).toBe('FOLDER_NOT_ENTERABLE')
    chmodSync(parent, 0o755)
    await (await startOn(home)).stop()
  })
})

describe('root', () => {
  it.skipIf(!isRoot)('runs the server as another account', async () => {
    const home = aHome()
    const server = await startOn(home)
    const account = serverAccount()
    expect(account?.uid).not.toBe(0)
    expect(statSync(`/proc/${serverOf(home)}`).uid).toBe(account?.uid)
    await server.stop()
  })

  it.skipIf(!isRoot)(
    'keeps the data of a closed project where the account can reach it, says so, and finds it again',
    async () => {
      const project = remember(openFolder())
      chmodSync(project, 0o700)
      const home = { folder: join(project, '.grandlivre'), chosen: false }
      const server = await startOn(home)
      const kept = remember(join(settingsOf(home.folder).data, '..'))
      expect(kept).toMatch(/^\/var\/lib\/grandlivre\//)
      expect(server.said.map(({ en }) => en)).toStrictEqual([expect.stringContaining(`is kept in ${kept}`)])
      await ask(await server.ensureDatabase('held'), 'create table here as select 1 as answer')
      await server.stop()
      const again = await startOn(home)
      expect(again.said).toStrictEqual([])
      expect(await ask(await again.ensureDatabase('held'), 'table here')).toBe(1)
      const copied = copyOf(home.folder)
      remember(join(copied, '..'))
      expect((await failureOf({ folder: copied, chosen: false })).code).toBe('ALREADY_RUNNING')
      await again.stop()

      rmSync(home.folder, { recursive: true })
      const anew = await startOn(home)
      const other = remember(join(settingsOf(home.folder).data, '..'))
      expect(other).not.toBe(kept)
      await anew.stop()
    },
  )

  it.skipIf(!isRoot)('copies the binaries out of a folder the account cannot enter', () => {
    const closed = remember(openFolder())
    const packaged = packagedBinaries()
    const hidden = copyOf(packaged.folder)
    chmodSync(remember(join(hidden, '..')), 0o700)
    spawnSync('chmod', ['-R', 'go=', hidden])
    const account = serverAccount()
    const copy = reachableBinaries({ ...packaged, folder: hidden }, account, closed)
    expect(copy.folder).toBe(join(closed, `postgresql-${packaged.version}`))
    expect(accountCan(account, '-x', join(copy.folder, 'bin', 'postgres'))).toBe(true)
    expect(reachableBinaries(packaged, account, closed)).toStrictEqual(packaged)
  })

  it.skipIf(!isRoot)('is not needed: any other user runs the server himself', async () => {
    const home = remember(openFolder())
    const account = serverAccount()
    if (!account) throw new Error('no account to run as')
    chownSync(home, account.uid, account.gid)
    const holder = holdServer(home, { uid: account.uid, gid: account.gid })
    expect(await holder.line()).toMatch(/^ready \d+ /)
    holder.process.kill('SIGTERM')
    expect(await holder.line()).toBe('stopped')
    expect(await holder.ended).toBe(0)
  })
})
