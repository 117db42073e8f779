import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { answeringOf, rolesOf } from '../../cli/commands/start-options.ts'
import { exitCodes } from '../../cli/failure.ts'
import { main } from '../../cli/main.ts'
import { SECRET_SETTINGS, withSecretFiles } from '../../cli/settings.ts'

/** What `start` is told, before it opens anything: what is understood, and what is refused in one sentence. */

const run = async (args: string, environment: NodeJS.ProcessEnv = {}) => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const streams = { stdout, stderr } as unknown as { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream }
  const code = await main(args.split(' '), { environment, ...streams })
  stderr.end()
  return { code, said: await text(stderr) }
}

/** The refusal as a program reads it, and one sentence in each language. */
const expectRefusal = async (
  args: string,
  expected: { readonly exitCode: number; readonly code: string },
  environment: NodeJS.ProcessEnv = {},
): Promise<void> => {
  const { code, said } = await run(`${args} --json`, environment)
  expect({ exitCode: code, said: JSON.parse(said) as unknown }).toMatchObject({
    exitCode: expected.exitCode,
    said: { error: { code: expected.code } },
  })
  const english = (await run(`${args} --lang en`, environment)).said
  const french = (await run(`${args} --lang fr`, environment)).said
  for (const sentence of [english, french]) expect(sentence).toMatch(/^\S.*\.\n$/)
  expect(french).not.toBe(english)
}

describe('options of start that are refused', () => {
  it.each([
    ['--roles api,jobs', 'ROLES_INVALID'],
    ['--roles api,api', 'ROLES_INVALID'],
    ['--roles ,', 'ROLES_INVALID'],
    ['--port 0', 'PORT_INVALID'],
    ['--port http', 'PORT_INVALID'],
    ['--roles reactions --health-port 70000', 'PORT_INVALID'],
    ['--health-port 4690', 'HEALTH_PORT_OF_THE_API'],
    ['--host localhost', 'HOST_INVALID'],
    ['--host 300.1.1.1', 'HOST_INVALID'],
    ['--proxy everybody', 'PROXY_INVALID'],
    ['--proxy 0.0.0.0/0', 'PROXY_INVALID'],
    ['--proxy 10.0.0.0/33', 'PROXY_INVALID'],
    ['--proxy 10.0.0.1,', 'PROXY_INVALID'],
    ['--roles projections --port 4680', 'OPTION_OF_THE_API'],
    ['--roles reactions --host 127.0.0.1', 'OPTION_OF_THE_API'],
    ['--roles projections,reactions --proxy 10.0.0.1', 'OPTION_OF_THE_API'],
    ['--requests-per-minute 0', 'REQUESTS_INVALID'],
    ['--requests-per-minute many', 'REQUESTS_INVALID'],
    ['--roles reactions --requests-per-minute 9', 'OPTION_OF_THE_API'],
    ['--demo --roles api', 'DEMO_NEEDS_ROLES'],
    ['--demo --roles api,projections', 'DEMO_NEEDS_ROLES'],
  ])('%s is a misuse', (options, code) =>
    expectRefusal(`start ${options}`, { exitCode: exitCodes.usage, code }),
  )

  it.each(['0.0.0.0', '::', '192.0.2.1'])('plain HTTP in the open, on %s', host =>
    expectRefusal(`start --host ${host}`, { exitCode: exitCodes.refused, code: 'HOST_IN_THE_OPEN' }),
  )
})

describe('where the API answers', () => {
  it('is loopback, unless a proxy that ends TLS is named', () => {
    expect(answeringOf({})).toStrictEqual({ port: 4680, host: '127.0.0.1' })
    expect(answeringOf({ host: '127.0.0.2', port: 81 })).toStrictEqual({ port: 81, host: '127.0.0.2' })
    expect(answeringOf({ requestsPerMinute: 60 })).toMatchObject({ requestsPerMinuteMax: 60 })
    expect(answeringOf({ host: '::1' })).toMatchObject({ host: '::1' })
    expect(answeringOf({ host: '0.0.0.0', proxy: ['10.0.0.0/24'] })).toStrictEqual({
      port: 4680,
      host: '0.0.0.0',
      proxies: ['10.0.0.0/24'],
    })
  })

  it('is nowhere where the process has other roles', () => {
    expect(answeringOf({ roles: rolesOf('reactions, projections') })).toBeUndefined()
  })
})

describe('a setting in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grandlivre-settings-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, contents: string): string => {
    writeFileSync(join(folder, name), contents)
    return join(folder, name)
  }

  it('stands for the variable, without the end of its line', () => {
    const given = { LANG: 'fr', DATABASE_URL_FILE: file('url', 'postgres://somewhere\n') }
    expect(withSecretFiles(given)).toStrictEqual({ ...given, DATABASE_URL: 'postgres://somewhere' })
    expect(withSecretFiles({ LANG: 'fr' })).toStrictEqual({ LANG: 'fr' })
  })

  it('is what a command works with', async () => {
    const DATABASE_URL_FILE = file('database', 'postgres://user:secret@127.0.0.1:1/books')
    const { said, code } = await run('replay verify --lang en', { DATABASE_URL_FILE })
    expect(said).toContain('The database 127.0.0.1:1/books of DATABASE_URL cannot be used')
    expect(said).not.toContain('secret')
    expect(code).toBe(exitCodes.failure)
    const EVENTSTORE_URL_FILE = file('log', 'esdb://ledger:x@127.0.0.1:1?tls=false')
    const paths = `--admin-password-file ${DATABASE_URL_FILE} --ops-password-file ${DATABASE_URL_FILE}`
    expect((await run(`log prepare ${paths} --json`, { EVENTSTORE_URL_FILE })).said).toContain(
      'EVENTSTORE_WITHOUT_TLS',
    )
  })

  const misuse = (code: string) => ({ exitCode: exitCodes.usage, code })
  it.each(SECRET_SETTINGS)('%s is refused beside the variable itself', name =>
    expectRefusal('replay verify', misuse('SETTING_TWICE'), { [name]: 'x', [`${name}_FILE`]: '/y' }),
  )
  it('is refused where there is no file, or nothing in it', async () => {
    const unreadable = misuse('SETTING_FILE_UNREADABLE')
    await expectRefusal('replay verify', unreadable, { DATABASE_URL_FILE: join(folder, 'missing') })
    await expectRefusal('replay verify', unreadable, { EVENTSTORE_URL_FILE: file('empty', '\n') })
    const EVENTSTORE_URL = 'esdb://ledger:x@127.0.0.1:1'
    const passwords = '--admin-password-file /nowhere/a --ops-password-file /nowhere/b'
    await expectRefusal(`log prepare ${passwords}`, unreadable, { EVENTSTORE_URL })
  })
})

describe('a server to prepare', () => {
  const passwords = '--admin-password-file a --ops-password-file b'
  it('must be named', () =>
    expectRefusal(`log prepare ${passwords}`, { exitCode: exitCodes.usage, code: 'EVENTSTORE_URL_MISSING' }))
})
