import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProgram } from '../../cli/composition.ts'
import { exitCodes } from '../../cli/failure.ts'
import { main } from '../../cli/main.ts'
import { masterKeyFile } from '../../cli/vault-key.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { openFolder, removeFolders, startOn } from './homes.ts'

/** Moves from and to logs of the embedded server, which one command opens once, however often it names them. */

const home = openFolder()
let server: EventStoreDbServer
beforeAll(async () => {
  server = await startEventStoreDb()
  const embedded = await startOn(home)
  await embedded.ensureDatabase('grandlivre_other')
  const program = await openProgram({
    databaseUrl: await embedded.ensureDatabase('grandlivre_books'),
    masterKeyFile: masterKeyFile({ GRANDLIVRE_HOME: home }, 'books'),
    create: { kind: 'sandbox', name: `essai-${randomUUID()}` },
    roles: [],
    sandboxTime: 'still',
    onFault: () => undefined,
  })
  await program.close()
  await embedded.stop()
})
afterAll(async () => {
  await server.stop()
  removeFolders(home)
})

const run = async (...args: readonly string[]) => {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() }
  const code = await main(['log', ...args, '--json'], {
    environment: { GRANDLIVRE_HOME: home, LANG: 'en' },
    ...(streams as unknown as { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream }),
  })
  const [out, err] = [streams.stdout.end(), streams.stderr.end()].map(stream => text(stream))
  return { code, said: JSON.parse((await out) || (await err)!) as unknown }
}

describe('a log of the embedded server', () => {
  it('is no place to move to from itself', async () => {
    expect(await run('copy', '--from', 'books', '--to', 'books')).toMatchObject({
      code: exitCodes.usage,
      said: { error: { code: 'SAME_PLACE' } },
    })
  })

  it('is opened beside another one of the server', async () => {
    expect(await run('copy', '--from', 'books', '--to', 'other', '--log', 'books')).toMatchObject({
      code: exitCodes.usage,
      said: { error: { code: 'PLACE_WITHOUT_VAULT' } },
    })
  })

  it('is moved away and back, and opened again, named as a place and as the log', async () => {
    const away = ['--from', 'books', '--to', server.connectionString, '--log', 'books']
    expect(await run('copy', ...away)).toMatchObject({ code: 0, said: { outcome: 'moved' } })
    const back = ['--from', server.connectionString, '--to', 'books', '--log', 'books', '--settle', '0']
    expect(await run('copy', ...back)).toMatchObject({ code: 0, said: { outcome: 'moved' } })
    expect(await run('reopen', '--at', 'books', '--log', 'books')).toMatchObject({
      code: 0,
      said: { at: 'books', wasShut: false },
    })
  })
})
