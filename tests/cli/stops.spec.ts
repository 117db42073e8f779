import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerAdministrator } from '../../cli/administrator.ts'
import { openProgram } from '../../cli/composition.ts'
import type { Program } from '../../cli/composition.ts'
import { serve } from '../../cli/serve.ts'
import { organisation } from '../../commands/organisation/index.ts'
import { openWriteSide } from '../../commands/write-side.ts'
import { eventDefinitions } from '../../domain/events.ts'
import { createCodec } from '../../event-store/codec.ts'
import { createLog, openLog } from '../../event-store/log.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { fieldRevealer } from '../../event-store/vault/reveal-field.ts'
import { openVault } from '../../event-store/vault/vault.ts'
import { verify } from '../../replay/verify.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'

/** What stops the program, and what the pages tell an operator to do about it (docs/log.md, docs/backup.md): tried. */

const administrator = { login: 'anne@exemple.fr', name: 'Anne Martin', password: 'une clé assez longue' }
const ASLEEP_MS = 40 * 24 * 60 * 60 * 1_000

let database: FreshDatabase
let folder: string
let masterKeyFile: string
let pool: pg.Pool

/** A production log in which nothing was recorded for 40 days. */
beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'grandlivre-stops-'))
  masterKeyFile = join(folder, 'main.key')
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  const then = Date.now() - ASLEEP_MS
  const now = () => new Date(then).toISOString()
  const store = await openPostgresStore({ connectionString: database.url })
  const vault = await openVault({ connectionString: database.url, masterKeyFile })
  const clock = { kind: 'real', serverNow: () => Promise.resolve(then), localNow: () => then } as const
  const options = { store, codec: createCodec(eventDefinitions), protection: vault, clock }
  await createLog(options, { kind: 'production', name: 'main', recordedAt: now() })
  const log = await openLog(options)
  const writeSide = await openWriteSide({
    log,
    pool,
    databaseUrl: database.url,
    contexts: [organisation],
    now,
    hmac: (kind, text) => vault.hmac(kind, text),
    personalKeys: () => Promise.resolve([]),
    reveal: fieldRevealer(vault, log.id),
    registrars: false,
    reactions: false,
  })
  await registerAdministrator({ log, vault, writeSide }, administrator)
  await writeSide.stop()
  await Promise.all([store.close(), vault.close()])
})
afterAll(async () => {
  await pool.end()
  await database.drop()
  await rm(folder, { recursive: true })
})

const start = (roles: Parameters<typeof openProgram>[0]['roles'] = []): Promise<Program> =>
  openProgram({
    databaseUrl: database.url,
    masterKeyFile,
    roles,
    sandboxTime: 'machine',
    onFault: () => undefined,
  })

describe('start', () => {
  const aside = () => `${masterKeyFile}.backup`
  const backUp = (): Promise<void> => rename(masterKeyFile, aside())
  const putBack = (): Promise<void> => rename(aside(), masterKeyFile)

  /** Code, what happened, and what the page says to do. */
  it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
    ['VAULT_MASTER_KEY_MISSING', backUp, putBack],
    ['VAULT_MASTER_KEY_OPEN', () => chmod(masterKeyFile, 0o644), () => chmod(masterKeyFile, 0o600)],
    [
      'VAULT_MASTER_KEY_INVALID',
      async () => {
        await backUp()
        await writeFile(masterKeyFile, 'no key\n', { mode: 0o600 })
      },
      putBack,
    ],
    [
      'VAULT_MASTER_KEY_WRONG',
      async () => {
        await backUp()
        await writeFile(masterKeyFile, `${'A'.repeat(43)}\n`, { mode: 0o600 })
      },
      putBack,
    ],
    [
      'VAULT_KEYS_MISSING',
      // A vault from before the log: it knows neither the keys nor how far the log was read for them.
      () =>
        pool.query(
          'create table kept as table vault.keys; delete from vault.keys; delete from vault.checkpoints',
        ),
      () => pool.query('insert into vault.keys table kept; drop table kept'),
    ],
    [
      'LOG_NOT_OPENED',
      () => pool.query(`${UNDERNEATH} update log.events set stream = 'x-main' where stream = 'log-main'`),
      () => pool.query(`update log.events set stream = 'log-main' where stream = 'x-main'`),
    ],
  ])('is refused by %s, and does what the page says mend it', async (code, breakIt, mendIt) => {
    await breakIt()
    await expect(start()).rejects.toMatchObject({ name: 'StartRefused', code })
    await mendIt()
    const program = await start()
    await program.close()
  })
})

/** The owner of the server can do whatever he likes. */
const UNDERNEATH = 'alter table log.events disable trigger append_only;'

describe('a program that records nothing', () => {
  /** The administrator, signed in over HTTP; what he sends, and what is answered. */
  const atWork = async (work: (send: Send, ready: Ready) => Promise<void>): Promise<void> => {
    const program = await start(['reactions'])
    const { address, close } = await serve(program, { port: 0, logging: { level: 'silent' } })
    const post = (path: string, body: object, headers: Record<string, string>): Promise<Response> =>
      fetch(`${address}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-requested-with': 'test', ...headers },
        body: JSON.stringify(body),
      })
    const { login, password } = administrator
    const session = await post('/api/session', { login, password }, {})
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const send: Send = async (command, input) => {
      const headers = { cookie, 'idempotency-key': randomUUID() }
      const response = await post(`/api/commands/${command}`, input, headers)
      return {
        status: response.status,
        detail: ((await response.json()) as { detail?: string }).detail ?? '',
      }
    }
    const ready: Ready = async () => (await fetch(`${address}/ready`)).json()
    await work(send, ready).finally(async () => {
      await close()
      await program.close()
    })
  }
  type Send = (
    command: string,
    input: object,
  ) => Promise<{ readonly status: number; readonly detail: string }>
  type Ready = () => Promise<unknown>
  const register = (send: Send) => {
    const [userId, login] = [randomUUID(), `${randomUUID()}@exemple.fr`]
    return send('organisation.registerUser', { userId, kind: 'human', login, name: 'Luc', grants: [] })
  }

  it('PROTOCOL 10: behind a silence of 40 days goes on when an administrator confirms the clock as it says', async () => {
    await atWork(async send => {
      const refused = await register(send)
      expect(refused.status).toBe(503)
      const [, from, previousMaximum] =
        /« from » (\S+), « previousMaximum » (\S+)\.$/.exec(refused.detail) ?? []
      const confirmation = { from, previousMaximum, explanation: 'Fermeture annuelle' }
      expect((await send('organisation.confirmClock', confirmation)).status).toBe(200)
      expect((await register(send)).status).toBe(200)
    })
  })

  it('PROTOCOL 15: on a log that is not the one read before goes on when an administrator says on which event', async () => {
    await pool.query('update commands.checkpoints set event_id = gen_random_uuid()')
    await pool.query('update commands.reaction set event_id = gen_random_uuid()')
    await atWork(async (send, ready) => {
      const refused = await register(send)
      expect(await ready()).toMatchObject({ logDangers: ['LOG_REPLACED'] })
      expect(refused).toMatchObject({
        status: 503,
        detail: expect.stringContaining('organisation.resumeLog') as string,
      })
      const store = await openPostgresStore({ connectionString: database.url })
      const { lastEventId, lastEventHash } = await verify({ store, codec: createCodec(eventDefinitions) })
      await store.close()
      const decision = {
        headEventId: lastEventId,
        headHash: lastEventHash,
        explanation: 'Sauvegarde du matin',
      }
      expect((await send('organisation.resumeLog', decision)).status).toBe(200)
      expect(await ready()).toMatchObject({ logDangers: [] })
      expect((await register(send)).status).toBe(200)
    })
  })
})
