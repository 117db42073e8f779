import { spawn } from 'node:child_process'
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProgram } from '../../cli/composition.ts'
import { exitCodes } from '../../cli/failure.ts'
import { serve } from '../../cli/serve.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'

/** `grandlivre user create-admin`, as an operator runs it. */

const PASSWORD = 'première clé du coffre'
const LOGIN = 'alice@exemple.fr'
const program = new URL('../../cli/grandlivre.ts', import.meta.url).pathname

let database: FreshDatabase
let home: string

beforeAll(async () => {
  database = await freshDatabase()
  home = await mkdtemp(join(tmpdir(), 'grandlivre-admin-'))
})
afterAll(async () => {
  await database.drop()
  await rm(home, { recursive: true })
})

const createAdmin = (
  password: string,
  login = LOGIN,
): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve, reject) => {
    const args = [
      'user',
      'create-admin',
      '--login',
      login,
      '--name',
      'Alice Martin',
      '--json',
      '--lang',
      'en',
    ]
    const child = spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env['PATH'], DATABASE_URL: database.url, GRANDLIVRE_HOME: home },
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.once('error', reject)
    child.once('close', code => resolve({ code, out, err }))
    child.stdin.end(`${password}\n`)
  })

const openHere = async () => {
  await mkdir(join(home, 'vault'), { recursive: true, mode: 0o700 })
  return openProgram({
    databaseUrl: database.url,
    masterKeyFile: join(home, 'vault', 'main.key'),
    create: { kind: 'sandbox', name: 'essai' },
    roles: [],
    sandboxTime: 'machine',
    onFault: () => undefined,
  })
}

describe('grandlivre user create-admin', () => {
  it('says of an empty log how it is opened, and leaves it empty', async () => {
    const { code, err } = await createAdmin(PASSWORD)
    expect(code).toBe(exitCodes.refused)
    expect(JSON.parse(err)).toMatchObject({
      error: {
        code: 'LOG_EMPTY',
        message: expect.stringMatching(/start --demo.*init --production/) as string,
      },
    })
  })

  it('registers somebody who can sign in; repeated, it changes nothing; another one under the login is refused', async () => {
    await (await openHere()).close()
    const first = await createAdmin(PASSWORD)
    expect(first.err).toBe('')
    expect(first.code).toBe(exitCodes.ok)
    const { userId } = JSON.parse(first.out) as { userId: string }

    const opened = await openHere()
    const { address, close } = await serve(opened, { port: 0, logging: { level: 'silent' } })
    const response = await fetch(`${address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: LOGIN, password: PASSWORD }),
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ userId, name: 'Alice Martin' })
    await close()
    await opened.close()

    expect(await createAdmin(PASSWORD)).toStrictEqual(first)
    const second = await createAdmin('une tout autre clé')
    expect(second.code).toBe(exitCodes.refused)
    expect(JSON.parse(second.err)).toMatchObject({ error: { code: 'KEY_TAKEN' } })
  })

  it('refuses a short password by its length, and never shows it', async () => {
    const { code, out, err } = await createAdmin('court', 'bob@exemple.fr')
    expect(code).toBe(exitCodes.usage)
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'PASSWORD_REFUSED' } })
    expect(out + err).not.toContain('court')
  })

  it('refuses a password of several lines, such as one piped twice', async () => {
    const { code, err } = await createAdmin('un mot de passe long\nun mot de passe long', 'carole@exemple.fr')
    expect(code).toBe(exitCodes.usage)
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'PASSWORD_OF_SEVERAL_LINES' } })
  })
})
